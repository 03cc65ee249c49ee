"""Six counties against the standard: the command, the page and the workbook say what a second count says."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings
from typer.testing import CliRunner

from tenfold.engines.standards.commands import app
from tenfold.foundation.exchange import services
from tenfold.foundation.scope import as_system
from tenfold.site.demo import load
from tenfold.site.demo.words import Plan

from . import independent as second
from .evidence import sheets

pytestmark = pytest.mark.slow

STANDARD, PERIOD = "balanced-compulsory-2017", "2023-24"
COUNTIES = ("421202", "421221", "421222", "421223", "421224", "421281")
RESOURCES = dict(
    zip(
        second.SEVEN,
        "highly_qualified_teachers backbone_teachers pe_arts_teachers teaching_area sports_area equipment "
        "network_rooms".split(),
        strict=True,
    )
)
ITEMS = {
    "rooms": ("music_art_rooms", 0), "size": ("school_size", 0), "over.primary": ("class_size", 0),
    "over.junior": ("class_size", 1), "hours": ("trained_360h", 0), "exchange": ("rotation", 0),
    "exchange_backbone": ("rotation", 1), "certified": ("certified", 0), "zone.primary": ("near_enrolment", 0),
    "zone.junior": ("near_enrolment", 1), "migrants": ("left_behind_migrant", 0), "retention": ("retention", 0),
    "training": ("training_funds", 0),
}  # fmt: skip
COUNTS = ("rooms", "size", "over.primary", "over.junior")
LISTS = {"rooms": "music_art_rooms", "size": "school_size", "classes": "class_size", "hours": "trained_360h",
         "certified": "certified", "retention": "retention"}  # fmt: skip
BEHIND = {
    "rooms_short": "rooms", "size_over": "size", "classes_over": "over", "trained_360h": "hours",
    "rotation": "exchange", "rotation_backbone": "exchange_backbone", "certified": "certified",
    "near_enrolment": "zone", "migrants_public": "migrants", "retention": "retention", "training_money": "training",
}  # fmt: skip
"""What stands behind an item's figure on the page: the last word of its indicator's code."""
VERDICTS = {"pass": True, "fail": False, "unknown": None}
WORDS = {"pass": "达到", "fail": "未达到", "unknown": "待定"}
STATES = {"met": "达标", "near": "85%以上", "below": "不足85%", "unknown": "待填"}


class Compared:
    """What two counts say of the same thing, and where they differ."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.count = 0

    def same(self, what: str, mine: Any, theirs: Any) -> None:
        """Equal, numbers to the last digit but three of a float."""
        self.count += 1
        if isinstance(mine, (Fraction, float)) and isinstance(theirs, (int, float)):
            if abs(float(mine) - theirs) <= 1e-12 * max(1.0, abs(theirs)):
                return
        elif mine == theirs:
            return
        self.faults.append(f"{what}: counted {mine}, told {theirs}")

    def shown(self, what: str, mine: Any, cell: str) -> None:
        """A number as a page shows it: rounded to the decimals that stand there, money in 万元."""
        found = NUMBER.search(cell)
        if mine is None or found is None:
            self.same(what, mine, found and found[1])
            return
        self.count += 1
        text, unit = found[1].replace(",", ""), found[2] or ""
        step = Fraction(10_000 if unit.startswith("万") else 1)
        half = Fraction(1, 2 * 10 ** len(text.partition(".")[2]))
        if abs(Fraction(mine) / step - Fraction(text)) > half + Fraction(1, 10**12):
            self.faults.append(f"{what}: counted {float(mine)}, shown {text} {unit}")


NUMBER = re.compile(r'class="tf-f-n">([\d,.]+)</span>(?:<span class="tf-u">([^<]*)<)?')
ROW = re.compile(r"<tr>(.*?)</tr>", re.S)
SCHOOL = re.compile(r"/schools/(\d+)/")
BEHIND_A_FIGURE = re.compile(r'href="/indicators/alliances\.(\w+)/source\?([^"]*)"[^>]*>(.*?)</a>', re.S)


@pytest.fixture(scope="module")
def clients(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[dict[str, Client]]:
    """A small sample city of all six counties, with the city's and one county's officer signed in."""
    words = {**settings.TENFOLD, "DEMO": True, "VAR": tmp_path_factory.mktemp("var"), "TODAY": "2023-11-20"}
    plan = Plan(counties=COUNTIES, scale=float(os.environ.get("TENFOLD_TEST_SCALE", "0.25")), years=(2023,))
    with django_db_blocker.unblock(), override_settings(TENFOLD=words), transaction.atomic():
        with as_system("tests"):
            signed = {one.username: one.password for one in load.load(lambda line: None, plan)}
        found = {}
        for name in ("demo-officer", "demo-county"):
            found[name] = Client()
            found[name].post("/accounts/login/", {"login": name, "password": signed[name]})
        yield found
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def city(clients: dict[str, Client]) -> dict[str, list[second.School]]:
    """The schools of each county, read from the files that were sent."""
    folder = settings.TENFOLD["VAR"] / "demo"
    known = second.directory([folder / "机构名录.xlsx"])
    sent = second.returns(sorted(folder.glob("*2023学年初学校年报.xlsx")))
    return {county: second.joined(known, sent, county) for county in COUNTIES}


@pytest.mark.parametrize("county", COUNTIES)
def test_command_page_and_workbook_say_what_a_second_count_says(
    county: str, clients: dict[str, Client], city: dict[str, list[second.School]]
) -> None:
    found = Compared()
    parts = {stage: second.parts(city[county], stage) for stage in second.STAGES}
    told(found, county, city[county], parts)
    client = clients["demo-county" if county == "421223" else "demo-officer"]
    for stage in second.STAGES:
        address = f"/standards/{STANDARD}/?place={county}&period={PERIOD}&stage={stage}&all=1"
        on_the_page(found, stage, parts[stage], city[county], client.get(address).content.decode())
    book = client.get(f"/standards/{STANDARD}/table.xlsx?place={county}&period={PERIOD}")
    in_the_workbook(found, city[county], parts, sheets(book.content))
    assert not found.faults, f"{len(found.faults)} of {found.count}\n" + "\n".join(found.faults[:25])
    print(f"{county}: {found.count} numbers and states")
    assert found.count > 40 * sum(map(len, parts.values()))


# --- the command ----------------------------------------------------------------------------------------


def told(found: Compared, county: str, schools: list[second.School], parts: dict[str, list[second.School]]) -> None:
    words = ["assess", STANDARD, "--place", county, "--period", PERIOD, "--json"]
    answer = json.loads(CliRunner().invoke(app, words).stdout)
    for stage, mine in parts.items():
        theirs = answer["stages"][stage]
        for word, state in (("passing", "pass"), ("failing", "fail"), ("open", "unknown")):
            found.same(f"{stage} {word}", sum(p["state"] == state for p in mine), theirs[word])
        for item, line in resources(mine, stage).items():
            other = theirs["resources"][RESOURCES[item]]
            for key in ("threshold", "mean", "below", "below_floor", "unknown", "spread", "within"):
                found.same(f"{stage} {item} {key}", line[key], other[key])
        for key, kind in (("missing", "least"), ("missing_to_threshold", "full")):
            sums = {RESOURCES[i]: s for i, s in together(mine, stage, kind).items()}
            found.same(f"{stage} {key}", sums, {m["resource"]: (m["part"], m["school"]) for m in theirs[key]})
        rows = {row["school"]: row for row in theirs["rows"]}
        found.same(f"{stage} schools", {p["code"] for p in mine}, set(rows))
        for part in mine:
            one_row(found, stage, part, rows.get(part["code"]) or {"resources": {}})
    total = {RESOURCES[item]: n for item, n in second.must_add(parts).items()}
    found.same("must add", total, answer["must_add"])
    for item, value in second.further(schools).items():
        if item in ITEMS:
            code, place = ITEMS[item]
            found.same(item, as_told(item, value), answer["items"][code]["clauses"][place]["value"])
    for item, names in second.named(schools).items():
        theirs = {(f["school"], f["stage"]) for f in answer["items"][LISTS[item]]["failing"]}
        found.same(f"schools short of {item}", sorted(names), sorted(theirs))


def one_row(found: Compared, stage: str, part: second.School, row: dict[str, Any]) -> None:
    what = f"{stage} {part['code']}"
    found.same(f"{what} pupils", part["pupils"], row.get("pupils"))
    found.same(f"{what} share", str(part["share"]), row.get("share"))
    found.same(f"{what} passes", VERDICTS[part["state"]], row.get("passes"))
    for item, code in RESOURCES.items():
        other = row["resources"].get(code, {})
        found.same(f"{what} {item} amount", part["amounts"][item], other.get("top"))
        found.same(f"{what} {item}", part["values"][item], other.get("value"))
        found.same(f"{what} {item} state", state_of(part, item, stage), other.get("state") or "unknown")
    for key, needs in (("least", second.least(part, stage)), ("to_threshold", full(part, stage))):
        mine = {RESOURCES[item]: both for item, both in needs.items()}
        found.same(f"{what} {key}", mine, {n["resource"]: (n["part"], n["school"]) for n in row.get(key, [])})


def state_of(part: second.School, item: str, stage: str) -> str:
    """met, near, below or unknown."""
    value, asked = part["values"][item], second.asked(item, stage)
    if value is None:
        return "unknown"
    return "met" if value >= asked else "near" if value >= asked * second.FLOOR else "below"


def full(part: second.School, stage: str) -> dict[str, tuple[int, int]]:
    """What a school lacks to each threshold."""
    return {item: both for item in second.SEVEN if (both := second.missing(part, item, stage))[0]}


def together(parts: list[second.School], stage: str, kind: str) -> dict[str, tuple[int, int]]:
    """The same of all schools of a stage."""
    sums: dict[str, tuple[int, int]] = {}
    for part in parts:
        for item, both in (second.least if kind == "least" else full)(part, stage).items():
            before = sums.get(item, (0, 0))
            sums[item] = (before[0] + both[0], before[1] + both[1])
    return sums


def resources(parts: list[second.School], stage: str) -> dict[str, dict[str, Any]]:
    """What is said of each of the seven for a stage."""
    spreads, lines = second.spreads(parts, stage), {}
    for item, (_p, _j, per) in second.SEVEN.items():
        states = [state_of(part, item, stage) for part in parts]
        known = [part for part in parts if part["amounts"][item] is not None]
        pupils = sum(part["pupils"] for part in known)
        lines[item] = {
            "threshold": second.asked(item, stage),
            "mean": sum(part["amounts"][item] for part in known) * per / pupils if pupils else None,
            "below": states.count("near") + states.count("below"),
            "below_floor": states.count("below"),
            "unknown": states.count("unknown"),
            "spread": spreads[item][0],
            "within": VERDICTS[spreads[item][1]],
        }
    return lines


def as_told(item: str, value: Fraction | None) -> Fraction | None:
    """Shares are told in per cent."""
    return value if value is None or item in COUNTS else value * 100


# --- the page -------------------------------------------------------------------------------------------


def on_the_page(
    found: Compared, stage: str, parts: list[second.School], schools: list[second.School], html: str
) -> None:
    html = re.sub(r"<svg.*?</svg>", "", html, flags=re.S)
    seven = [cells(row) for row in ROW.findall(section(html, "tf-std-seven"))]
    sums = together(parts, stage, "least")
    for (item, line), row in zip(resources(parts, stage).items(), seven, strict=True):
        for key, cell in (("threshold", 2), ("mean", 3), ("below", 5), ("below_floor", 6), ("spread", 7)):
            found.shown(f"page {stage} {item} {key}", line[key], row[cell])
        found.shown(f"page {stage} {item} need", sums[item][0] if item in sums else None, row[9])
    grid = {code[1]: cells(row) for row in ROW.findall(section(html, 'id="schools"')) if (code := SCHOOL.search(row))}
    found.same(f"page {stage} schools", sorted(p["code"] for p in parts), sorted(grid))
    for part in parts:
        row, what = grid.get(part["code"], [""] * 11), f"page {stage} {part['code']}"
        found.shown(f"{what} pupils", part["pupils"], row[2])
        for place, item in enumerate(second.SEVEN, 3):
            found.shown(f"{what} {item}", part["values"][item], row[place])
        found.same(f"{what} finding", WORDS[part["state"]], re.sub(r"<[^>]*>", "", f"<{row[10]}").strip())
        needs = [max(both) for both in second.least(part, stage).values()]
        shown = [f'class="tf-f-n">{n}</span><span class="tf-u">{u}<' for n, u in NUMBER.findall(row[11])]
        found.same(f"{what} needs", len(needs), len(shown))
        for need, cell in zip(needs, shown, strict=False):
            found.shown(f"{what} need", need, cell)
    mine = second.further(schools)
    seen = set()
    for code, query, cell in BEHIND_A_FIGURE.findall(html.partition('id="items"')[2].partition('id="years"')[0]):
        item = BEHIND[code] + "".join(f".{s}" for s in second.STAGES if f"stage%3D{s}" in query)
        seen.add(item)
        found.shown(f"page {item}", as_told(item, mine[item]), cell)
    found.same("page items", sorted(ITEMS), sorted(seen))


def section(html: str, sign: str) -> str:
    """A table of the page, by what stands before it."""
    return html.partition(sign)[2].partition("</table>")[0].partition("<tbody>")[2]


def cells(row: str) -> list[str]:
    """The cells of a row; the first is its heading."""
    return re.split(r"<td", row)


# --- the workbook ---------------------------------------------------------------------------------------


def in_the_workbook(
    found: Compared, schools: list[second.School], parts: dict[str, list[second.School]], book: dict[str, Any]
) -> None:
    tables = [table[next(i for i, row in enumerate(table) if row[1]) + 1 :] for table in book.values()]
    for place, (stage, mine) in enumerate(parts.items()):
        rows = {row[1]: row for row in tables[2 * place]}
        found.same(f"xlsx {stage} schools", sorted(p["code"] for p in mine), sorted(rows))
        for part in mine:
            a_line(found, stage, part, rows.get(part["code"]) or [None] * 40)
        least, whole = (together(mine, stage, kind) for kind in ("least", "full"))
        for (item, line), row in zip(resources(mine, stage).items(), tables[2 * place + 1], strict=True):
            what = f"xlsx {stage} {item}"
            for key, column in (("threshold", 2), ("mean", 3), ("below", 4), ("below_floor", 5), ("unknown", 6),
                                ("spread", 7)):  # fmt: skip
                found.same(f"{what} {key}", line[key], row[column])
            found.same(f"{what} missing", (*least.get(item, (0, 0)), *whole.get(item, (0, 0))), tuple(row[11:15]))
    mine = second.further(schools)
    values = [row[5] for row in tables[4] if row[7] is not None]
    found.same("xlsx items", len(ITEMS), len(values))
    for item, value in zip(ITEM_ORDER, values, strict=False):
        found.same(f"xlsx {item}", as_told(item, mine[item]), value)


ITEM_ORDER = ("rooms", "size", "over.primary", "over.junior", "hours", "exchange", "exchange_backbone", "certified",
              "zone.primary", "zone.junior", "migrants", "retention", "training")  # fmt: skip


def a_line(found: Compared, stage: str, part: second.School, row: list[Any]) -> None:
    what = f"xlsx {stage} {part['code']}"
    found.same(f"{what} pupils", part["pupils"], row[3])
    found.same(f"{what} finding", WORDS[part["state"]], row[4])
    least, whole = second.least(part, stage), full(part, stage)
    for place, item in enumerate(second.SEVEN):
        found.same(f"{what} {item}", part["values"][item], row[5 + 2 * place])
        found.same(f"{what} {item} state", STATES[state_of(part, item, stage)], row[6 + 2 * place])
        gap, few = whole.get(item, (None, None)), least.get(item, (None, None))
        found.same(f"{what} {item} lacks", (*gap, few[1]), tuple(row[19 + 3 * place : 22 + 3 * place]))


# --- golden, of the second count ------------------------------------------------------------------------


def test_the_second_count_holds_the_golden_tests() -> None:
    pupils, books = (45, 37, 89, 76, 55), (279, 137, 935, 160, 402)
    g1 = second.spread((Fraction(x), Fraction(p)) for x, p in zip(books, pupils, strict=True))
    assert round(g1 or 0, 4) == 0.5153
    g2 = {"pupils.primary": Fraction(166), "pupils.junior": Fraction(210)}
    assert [round(float(second.share(g2, s) * 23226), 1) for s in second.STAGES] == [9711.6, 13514.4]
    g3 = {"pupils.primary": Fraction(600), "pupils.junior": Fraction(300), "pupils.senior": Fraction(300)}
    assert [round(float(second.share(g3, s) * 5400), 2) for s in second.WEIGHTS] == [2443.44, 1343.89, 1612.67]
    just = {item: second.asked(item, "primary") for item in second.SEVEN}
    for sports, rooms, state in (("6.375", "2.3", "pass"), ("6.374", "2.3", "fail"), ("6.375", "2.2", "fail")):
        assert second.rule({**just, "sports": Fraction(sports), "rooms": Fraction(rooms)}, "primary") == state
    sizes = {size: second.band(size) for size in (45, 46, 50, 51, 55, 56, 65, 66)}
    assert [n for n, band in sizes.items() if band in second.LARGE["primary"]] == [46, 50, 51, 55, 56, 65, 66]
    assert [n for n, band in sizes.items() if band in second.LARGE["junior"]] == [51, 55, 56, 65, 66]
    assert (sizes[55], sizes[56], sizes[65], sizes[66]) == ("51_55", "56_60", "61_65", "ge66")
    assert round(float(second.retention(980, 20, 30, 1000, 1) or 0) * 100, 2) == 99.10


# --- a real municipality --------------------------------------------------------------------------------

RIO = "schools/rio_claro_2017_school_level.csv"
MAPPINGS = Path(__file__).resolve().parents[1] / "mappings"
UNDIVIDED = ("teachers_pe", "teachers_arts")
"""The convention gives the stage's pupils as all regular pupils, and these to the stage."""


@pytest.mark.django_db
@pytest.mark.parametrize("stage", second.STAGES)
def test_rio_claro_by_its_convention(
    stage: str, small_county: Any, few_indicators: None, real_data: Callable[[str], Path], tmp_path: Path
) -> None:
    path = real_data(RIO)
    mine = [school for school in second.rio_claro(path) if school[f"pupils.{stage}"] >= 50]
    held = {school["code"] for school in mine}
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    content = "".join(line for line in lines if line.partition(",")[0] in held | {"CO_ENTIDADE"}).encode()
    mapping = (MAPPINGS / "rio-claro-school-return.toml").read_text(encoding="utf-8")
    mapping = re.sub(r'^"(pupils|classes)\..*\n', "", mapping, flags=re.M)
    for field in UNDIVIDED:
        mapping = mapping.replace(f"{field} =", f'"{field}.{stage}" =')
    whole = f'[columns]\n"pupils.{stage}" = "students_in_regular_classes"'
    nobody = f'[constants]\n"teachers_music.{stage}" = "0"\n"teachers_art.{stage}" = "0"\n'
    mapping = f"{mapping.replace('[columns]', whole)}\n{nobody}"
    with override_settings(TENFOLD={**settings.TENFOLD, "VAR": tmp_path}), as_system("tests"):
        for kind, words in (("organisations", None), ("school-return", mapping)):
            words = words or (MAPPINGS / f"rio-claro-{kind}.toml").read_text(encoding="utf-8")
            batch = services.receive([content], path.name, kind, under="990100", period="2017-18", mapping=words)
            assert services.write(services.check(batch, ask=False), warnings_seen=True).counts["written"] == len(mine)
        words = ["assess", STANDARD, "--place", "990100", "--period", "2017-18", "--json"]
        answer = json.loads(CliRunner().invoke(app, words).stdout)["stages"][stage]
    found = Compared()
    rows = {row["school"]: row["resources"] for row in answer["rows"]}
    found.same("schools", sorted(held), sorted(rows))
    for item in ("pe_arts", "rooms"):
        known = [school for school in mine if school[item] is not None]
        theirs = answer["resources"][RESOURCES[item]]
        found.same(f"{item} spread", second.spread((s[item], s["pupils.all"]) for s in known), theirs["spread"])
        pupils = sum(school["pupils.all"] for school in known)
        found.same(f"{item} mean", sum(s[item] for s in known) * 100 / pupils, theirs["mean"])
        found.same(f"{item} unknown", len(mine) - len(known), theirs["unknown"])
        for school in mine:
            value = None if school[item] is None else school[item] * 100 / school["pupils.all"]
            found.same(f"{item} {school['code']}", value, rows[school["code"]][RESOURCES[item]]["value"])
    assert not found.faults, "\n".join(found.faults[:25])
