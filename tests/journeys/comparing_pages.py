"""The pages of the self-assessment against the second count: every number of each, in the order in which it stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from fractions import Fraction
from html import unescape
from pathlib import Path
from typing import Any

from . import independent as second
from . import independent_items as further
from .comparing import (
    COUNTED,
    ITEMS,
    OLD_RESOURCES,
    RESOURCES,
    STANDARD,
    WORDS,
    Compared,
    as_older,
    expected,
    item_states,
    resources,
    stage_passes,
    state_of,
)

FILES = Path(__file__).resolve().parents[2] / "standards"
ROW = re.compile(r"<tr\b[^>]*>(.*?)</tr>", re.S)
SCHOOL = re.compile(r"/schools/(\d+)/")
FIELD = re.compile(r'<input class="tf-input tf-std-add" name="([\w.]+)" value="([^"]*)"')


def pieces(html: str) -> dict[str, str]:
    """The sections of a page by their ids, what stands before them as ``lead``; drawings are left out."""
    main = html.partition("<main")[2].partition("</main>")[0]
    lead, *sections = re.sub(r"<svg.*?</svg>", "", main, flags=re.S).split("<section")
    found = {"lead": lead}
    for place, section in enumerate(sections):
        head = section.partition(">")[0]
        name = re.search(r'id="(\w+)"', head)
        found[name[1] if name else "foot" if "tf-std-foot" in head else f"section {place}"] = section
    return found


def rows(section: str) -> tuple[str, list[str]]:
    """What stands above a table's body, and the rows of it."""
    head, _body, tail = section.partition("<tbody>")
    return head, ROW.findall(tail.partition("</tbody>")[0])


def text(html: str) -> str:
    """What is read of a piece of a page."""
    return unescape(re.sub(r"<[^>]*>", "", html)).strip()


def readings(standard: str) -> list[str]:
    """The numbers of the readings of a standard's file, as they stand there."""
    names = [r["name"] for r in tomllib.loads((FILES / f"{standard}.toml").read_text("utf-8"))["readings"].values()]
    return [number for name in names for number in re.findall(r"\d+(?:\.\d+)?", name)]


# --- a county -------------------------------------------------------------------------------------------


def on_the_page(
    found: Compared,
    stage: str,
    schools: list[second.School],
    html: str,
    years: Sequence[list[second.School]],
    silent: Sequence[str],
    beyond: Sequence[str] = (),
) -> None:
    """Every number of a county's page. ``years``: its schools in each year; ``beyond``: out of the reader's scope."""
    page, parts = pieces(html), second.parts(schools, stage)
    lines, limit = resources(parts, stage), float(second.SPREADS[stage])
    over = {i: line["spread"] - limit for i, line in lines.items() if line["within"] is False}
    left_out = [second.points(schools, stage) or None, sum(p["code"] in beyond for p in parts) or None]
    states = [p["state"] for p in parts]
    within = sum(line["within"] is True for line in lines.values())
    spreads = [n for i in over for n in (lines[i]["spread"], over[i])]
    found.numbers(
        f"page {stage} lead",
        [len(parts), states.count("pass"), states.count("fail"), states.count("unknown") or None, 7, within, *spreads,
         6, 1, 85, *left_out, len(silent) or None],
        page.pop("lead"),
    )  # fmt: skip
    of_a_stage(found, stage, [p for p in parts if p["code"] not in beyond], page, parts)
    the_items(found, schools, page)
    the_years(found, stage, years, page.pop("years"))
    found.same("page readings", readings(STANDARD), re.findall(r'class="tf-f-n">([\d.]+)<', page.pop("foot")))
    for name, rest in page.items():
        found.numbers(f"page {name}", [], rest)


def of_a_stage(
    found: Compared,
    stage: str,
    shown: list[second.School],
    page: dict[str, str],
    counted: list[second.School] | None = None,
) -> None:
    """The seven, the schools, and what is missing."""
    parts = shown if counted is None else counted
    lines, sums = resources(parts, stage), second.sums(parts, stage, second.least)
    limit = second.SPREADS[stage]
    over = {i: line["spread"] - float(limit) for i, line in lines.items() if line["within"] is False}
    head, seven = rows(page.pop("section 0"))
    found.numbers(f"page {stage} seven, head", [85, 85, 85, 85, limit], head)
    for (item, line), row in zip(lines.items(), seven, strict=True):
        asked = [line[key] for key in ("threshold", "mean", "below", "below_floor", "spread")]
        need = sums[item][0] if item in sums else None
        found.numbers(f"page {stage} {item}", [*asked, over.get(item), need], row)
    the_schools(found, stage, shown, page.pop("schools"))
    head, lacks = rows(page.pop("missing"))
    wanted: list[list[Any]] = [[own, all_ if all_ != own else None, n] for own, all_, n in sums.values()]
    found.numbers(f"page {stage} missing, head", [], head)
    found.same(f"page {stage} missing", len(wanted) + len(over), len(lacks))
    for mine, row in zip([*wanted, *([n] for n in over.values())], lacks, strict=False):
        found.numbers(f"page {stage} missing {text(row)}", mine, row)


def the_schools(found: Compared, stage: str, parts: list[second.School], section: str) -> None:
    """Every school in its row."""
    head, lines = rows(section)
    found.numbers(f"page {stage} schools, head", [second.asked(item, stage) for item in second.SEVEN], head)
    grid = {code[1]: line for line in lines if (code := SCHOOL.search(line))}
    found.same(f"page {stage} schools", sorted(p["code"] for p in parts), sorted(grid))
    for part in parts:
        what, row = f"page {stage} {part['code']}", grid.get(part["code"], "")
        needs = [whole for _own, whole, _spared in second.least(part, stage).values()]
        found.numbers(what, [part["pupils"], *part["values"].values(), *needs], row)
        found.same(f"{what} finding", True, f">{WORDS[part['state']]}<" in row)


def the_items(found: Compared, schools: list[second.School], page: dict[str, str]) -> None:
    """The further items: how many are met, not met and open, and the numbers of those that the return decides."""
    told = further.items(schools)
    states = item_states(told)
    for part in dict.fromkeys(ITEMS.values()):
        here = [states[item] for item, other in ITEMS.items() if other == part]
        counts = [sum(s in ("met", "none") for s in here), here.count("failed"), here.count("open")]
        names = [COUNTED[item] for item, other in ITEMS.items() if other == part and item in COUNTED]
        values = [clause.value for name in names for clause in told[name].clauses]
        section = page.pop("items" if part == "guarantee" else part)
        found.numbers(f"page {part}", [*(n or None for n in counts), *values], section)


def the_years(found: Compared, stage: str, years: Sequence[list[second.School]], section: str) -> None:
    """Spreads and the share of schools that pass, year by year."""
    head, lines = rows(section)
    by_year = [second.parts(schools, stage) for schools in years]
    wanted: list[list[Any]] = [[second.spreads(parts, stage)[i][0] for parts in by_year] for i in second.SEVEN]
    wanted.append([second.passing(parts) for parts in by_year])
    found.numbers(f"page {stage} years, head", [], head)
    for mine, line in zip(wanted, lines, strict=True):
        found.numbers(f"page {stage} years {text(line)[:12]}", mine, line)


def on_an_item(found: Compared, item: str, told: further.Told, html: str) -> None:
    """The page of an item: its numbers, and the schools that fall short of it."""
    page = pieces(html)
    section = next((part for name, part in page.items() if name.startswith("section")), "")
    tables = section.partition("<h3>")
    mine = [n for c in told.clauses for n in (c.value, c.asked, *_on_how_many(c))]
    found.numbers(f"item {item}", mine, tables[0])
    lines = {code[1] + text(row.partition("<td>")[2].partition("</td>")[0]): row
             for row in rows(tables[2])[1] if (code := SCHOOL.search(row))}  # fmt: skip
    words = {"primary": "小学", "junior": "初中", "": ""}
    found.same(f"item {item} schools", sorted(s.code + words[s.stage] for s in told.short), sorted(lines))
    for short in told.short:
        row = lines.get(short.code + words[short.stage], "")
        found.numbers(f"item {item} {short.code}", [short.value, short.asked], row)


def _on_how_many(clause: further.Clause) -> list[int]:
    return [clause.counted, clause.counted + clause.missing] if clause.missing else []


# --- what a school's repair would do ----------------------------------------------------------------------


def proposed(parts: dict[str, second.School]) -> dict[str, Fraction]:
    """What lets a school pass in all its stages, by the names of the trial's form."""
    adds: dict[str, Fraction] = {}
    for stage, part in parts.items():
        for item, (_own, whole, _spared) in second.least(part, stage).items():
            name = RESOURCES[item] if item in second.DIVIDED or len(parts) == 1 else f"{RESOURCES[item]}.{stage}"
            adds[name] = max(adds.get(name, Fraction(0)), Fraction(whole))
    return adds


def adds_of(adds: dict[str, Fraction], stage: str) -> dict[str, Fraction]:
    """What of it a stage is given or shares."""
    codes = {item: (RESOURCES[item], f"{RESOURCES[item]}.{stage}") for item in second.SEVEN}
    return {item: adds[name] for item, names in codes.items() for name in names if name in adds}


def on_a_school(found: Compared, code: str, schools: list[second.School], get: Any) -> None:
    """A school's own page, and what the repair that it proposes would do to every spread."""
    stages = {s: second.parts(schools, s) for s in second.STAGES}
    parts = {s: part for s, here in stages.items() for part in here if part["code"] == code}
    adds = proposed(parts)
    page = pieces(get({}))
    needs = [whole for stage, p in parts.items() for _own, whole, _spared in second.least(p, stage).values()]
    found.numbers(f"school {code} lead", needs, page["lead"])
    shown = {name: Fraction(value or 0) for name, value in FIELD.findall(page["trial"])}
    money = RESOURCES["equipment"]
    in_wan = {name: n / 10_000 if name == money else n for name, n in adds.items()}
    found.same(f"school {code} proposal", in_wan, {name: n for name, n in shown.items() if n})
    tried = pieces(get({"try": "yes", **{name: f"{float(n):g}" for name, n in in_wan.items()}}))
    after = {s: second.repaired(here, code, adds_of(adds, s), s) for s, here in stages.items()}
    for place, (stage, part) in enumerate(parts.items()):
        (now,) = [p for p in after[stage] if p["code"] == code]
        for item, row in zip(second.SEVEN, rows(tried[f"section {place}"])[1], strict=True):
            own, whole = second.missing(part, item, stage)
            lacks = [own or None, whole if own and whole != own else None]
            floor = 85 if state_of(part, item, stage) in ("near", "below") else None
            mine = [second.asked(item, stage), part["values"][item], floor, *lacks, now["values"][item]]
            found.numbers(f"school {code} {stage} {item}", mine, row)
        found.same(f"school {code} {stage} fails after it", False, now["state"] == "fail")
    effects = tried["trial"].split("<h3>")[1:]
    found.same(f"school {code} stages", len(parts), len(effects))
    for stage, effect in zip(parts, effects, strict=False):
        the_effect(found, f"school {code} {stage}", stage, (stages[stage], after[stage]), effect)


def the_effect(
    found: Compared, what: str, stage: str, both: tuple[list[second.School], list[second.School]], effect: str
) -> None:
    """How many schools pass and every spread, before and after."""
    passing = [sum(p["state"] == "pass" for p in parts) for parts in both]
    head, lines = rows(effect)
    found.numbers(f"{what} effect", [len(both[0]), *passing, second.SPREADS[stage]], head)
    states = {True: "达到", False: "未达到", None: "待定"}
    shown = [text(part) for part in head.partition("</p>")[0].rpartition("：")[2].split("→")]
    found.same(f"{what} findings", [states[stage_passes(parts, stage)] for parts in both], shown)
    spreads = [second.spreads(parts, stage) for parts in both]
    for item, row in zip(second.SEVEN, lines, strict=True):
        found.numbers(f"{what} {item} spread", [spread[item][0] for spread in spreads], row)


# --- the city, and the older standard ---------------------------------------------------------------------


def on_the_city(found: Compared, city: dict[str, list[second.School]], silent: dict[str, list[str]], html: str) -> None:
    """Every county's row."""
    page = pieces(html)
    told = {county: expected(schools, silent[county]) for county, schools in city.items()}
    found.numbers("city lead", [len(city), sum(one["result"] is True for one in told.values())], page["lead"])
    lines = {code: line for line in rows(page["section 0"])[1] for code in city if f"place={code}" in line}
    for county, one in told.items():
        states = [item["state"] for item in one["items"].values()]
        stages = [n for stage in one["stages"].values() for n in (stage["passing"], stage["schools"])]
        mine = [len(silent[county]) or None, *stages, states.count("failed"), states.count("open")]
        found.numbers(f"city {county}", mine, lines[county])


def on_the_older_page(
    found: Compared, stage: str, schools: list[second.School], html: str, silent: Sequence[str]
) -> None:
    """The page of the older standard: means, spreads, their mean, and every school."""
    page, mine = pieces(html), as_older(schools)["stages"][stage]
    count = mine["known"]
    lead = [mine["schools"], 8, count, mine["composite_of_known"], mine["limit"], second.points(schools, stage) or None]
    found.numbers(f"older {stage} lead", [*lead, len(silent) or None], page.pop("lead"))
    head, eight = rows(page.pop("section 0"))
    found.numbers(f"older {stage} head", [], head)
    for (code, line), row in zip(mine["resources"].items(), eight, strict=True):
        found.numbers(f"older {stage} {code}", [line["mean"], line["spread"]], row)
    head, lines = rows(page.pop("schools"))
    found.numbers(f"older {stage} schools, head", [], head)
    grid = {code[1]: line for line in lines if (code := SCHOOL.search(line))}
    found.same(f"older {stage} schools", sorted(r["school"] for r in mine["rows"]), sorted(grid))
    for row in mine["rows"]:
        values = [row["resources"][code]["value"] for code in OLD_RESOURCES.values()]
        found.numbers(f"older {stage} {row['school']}", [row["pupils"], *values], grid.get(row["school"], ""))
    foot = page.pop("foot")
    found.same("older readings", readings("basic-balanced-2012"), re.findall(r'class="tf-f-n">([\d.]+)<', foot))
    for name, rest in page.items():
        found.numbers(f"older {stage} {name}", [], rest)
