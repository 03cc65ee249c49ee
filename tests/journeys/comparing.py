"""Two counts held against each other: what the command, the workbook and the pages say, number by number.

Of each answer every number is compared: what one side tells and the other does not is a fault.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any

from django.test import Client
from typer.testing import CliRunner

from tenfold.engines.standards.commands import app

from . import independent as second
from . import independent_items as further

STANDARD, OLDER, PERIOD = "balanced-compulsory-2017", "basic-balanced-2012", "2023-24"
RESOURCES = dict(
    zip(
        second.SEVEN,
        "highly_qualified_teachers backbone_teachers pe_arts_teachers teaching_area sports_area equipment "
        "network_rooms".split(),
        strict=True,
    )
)
OLD_RESOURCES = dict(
    zip(
        second.EIGHT,
        "teaching_area sports_area equipment computers books teachers_per_pupil highly_qualified_teachers "
        "titled_teachers".split(),
        strict=True,
    )
)
GUARANTEES = (
    "planning four_unities music_art_rooms school_size class_size small_schools_funded special_funds teacher_pay "
    "trained_360h posts_by_county rotation certified near_enrolment senior_places left_behind_migrant"
).split()
QUALITY = (
    "retention disabled_enrolled charters training_funds technology_used moral_education curriculum burden monitoring"
).split()
VETOES = (
    "entrance_examination school_choice key_schools recognition_failed posts_unfilled grave_events falsification"
).split()
ITEMS = {
    "basic_balance": "precondition", **dict.fromkeys(GUARANTEES, "guarantee"), **dict.fromkeys(QUALITY, "quality"),
    "recognition": "recognition", **dict.fromkeys(VETOES, "veto"),
}  # fmt: skip
"""All further items by the part of the standard in which they stand, in its order."""
COUNTED = {"music_art_rooms": "rooms", "school_size": "size", "class_size": "classes", "trained_360h": "hours",
           "rotation": "exchange", "certified": "certified", "near_enrolment": "zone",
           "left_behind_migrant": "migrants", "retention": "retention", "training_funds": "training"}  # fmt: skip
"""Those that the return decides, by what the second count calls them. Nothing has been entered."""
VERDICTS = {"pass": True, "fail": False, "unknown": None}
WORDS = {"pass": "达到", "fail": "未达到", "unknown": "待定"}
STATES = {"met": "达标", "near": "85%以上", "below": "不足85%", "unknown": "待填"}
TEXTS = ("standard document place place_name period name note unit decided remark").split()
"""Words of an answer that no count gives."""


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

    def tree(self, what: str, mine: Any, theirs: Any) -> None:
        """Equal in every leaf, texts apart."""
        mine, theirs = dict(leaves(mine)), dict(leaves(theirs))
        for path in mine.keys() | theirs.keys():
            self.same(f"{what} {path}", mine.get(path, "nothing"), theirs.get(path, "nothing"))

    def numbers(self, what: str, mine: Iterable[Any], html: str) -> None:
        """A piece of a page shows these numbers in this order and no other; an unknown one is none."""
        wanted, seen = [n for n in mine if n is not None], NUMBER.findall(html)
        if len(wanted) != len(seen):
            told = [float(n) for n in wanted]
            self.faults.append(f"{what}: counted {told}, shown {[text for text, _unit in seen]}")
        for number, (text, unit) in zip(wanted, seen, strict=False):
            self.shown(what, number, text, unit)

    def shown(self, what: str, mine: Any, text: str, unit: str) -> None:
        """A number as a page shows it: rounded to the decimals that stand there, money in 万元."""
        self.count += 1
        step = Fraction(10_000 if unit.startswith("万") else 1)
        half = Fraction(1, 2 * 10 ** len(text.partition(".")[2]))
        if abs(Fraction(mine) / step - Fraction(text.replace(",", ""))) > half + Fraction(1, 10**12):
            self.faults.append(f"{what}: counted {float(mine)}, shown {text} {unit}")

    def none_left(self) -> None:
        """Fail with what differs."""
        assert not self.faults, f"{len(self.faults)} of {self.count}\n" + "\n".join(self.faults[:25])


NUMBER = re.compile(r'class="tf-f-n">([\d,.]+)</span>(?:<span class="tf-u">([^<]*)<)?')


def leaves(told: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every number, finding and state of an answer by its path; rows of a list by what names them."""
    if isinstance(told, dict):
        for key, value in told.items():
            if key not in TEXTS and not (key == "part" and isinstance(value, str)):
                yield from leaves(value, f"{path}.{key}")
    elif isinstance(told, list):
        for place, one in enumerate(told):
            names = [str(one[n]) for n in ("school", "stage", "resource") if isinstance(one, dict) and n in one]
            named = names and not isinstance(one.get("school"), (int, Fraction))
            yield from leaves(one, f"{path}[{'/'.join(names) if named else one.get('resource', place)}]"
                              if isinstance(one, dict) else f"{path}[{place}]")  # fmt: skip
    else:
        yield path, told


# --- what the second count expects ----------------------------------------------------------------------


def state_of(part: second.School, item: str, stage: str) -> str:
    """met, near, below or unknown."""
    value, asked = part["values"][item], second.asked(item, stage)
    if value is None:
        return "unknown"
    return "met" if value >= asked else "near" if value >= asked * second.FLOOR else "below"


def resources(parts: list[second.School], stage: str) -> dict[str, dict[str, Any]]:
    """What is said of each of the seven for a stage."""
    spreads, lines = second.spreads(parts, stage), {}
    for item, (_p, _j, per) in second.SEVEN.items():
        states = [state_of(part, item, stage) for part in parts]
        lines[item] = {
            "threshold": second.asked(item, stage),
            "mean": second.mean_of(parts, item, per),
            "below": states.count("near") + states.count("below"),
            "below_floor": states.count("below"),
            "unknown": states.count("unknown"),
            "spread": spreads[item][0],
            "within": VERDICTS[spreads[item][1]],
        }
    return lines


def whole(verdicts: Iterable[bool | None]) -> bool | None:
    """False with one that fails, else open with one that is open."""
    known = list(verdicts)
    return False if False in known else None if None in known else True


def stage_passes(parts: list[second.School], stage: str) -> bool | None:
    """Every school and every spread."""
    within = [line["within"] for line in resources(parts, stage).values()]
    return whole([*(VERDICTS[p["state"]] for p in parts), *within])


def as_needs(needs: dict[str, tuple[int, int, bool]]) -> list[dict[str, Any]]:
    return [
        {"resource": RESOURCES[item], "part": own, "school": all_, "to_floor": spared}
        for item, (own, all_, spared) in needs.items()
    ]


def as_missing(sums: dict[str, tuple[int, int, int]]) -> list[dict[str, Any]]:
    return [
        {"resource": RESOURCES[item], "part": own, "school": all_, "schools": n}
        for item, (own, all_, n) in sums.items()
    ]


def as_row(part: second.School, stage: str) -> dict[str, Any]:
    return {
        "school": part["code"], "pupils": part["pupils"], "share": str(part["share"]),
        "passes": VERDICTS[part["state"]],
        "resources": {
            code: {"top": part["amounts"][i], "value": part["values"][i], "state": state_of(part, i, stage)}
            for i, code in RESOURCES.items()
        },
        "least": as_needs(second.least(part, stage)), "to_threshold": as_needs(second.full(part, stage)),
    }  # fmt: skip


def as_stage(schools: list[second.School], stage: str) -> dict[str, Any]:
    parts = second.parts(schools, stage)
    states = [p["state"] for p in parts]
    return {
        "schools": len(parts), "passing": states.count("pass"), "failing": states.count("fail"),
        "open": states.count("unknown"), "left_out": second.points(schools, stage),
        "passes": stage_passes(parts, stage), "limit": second.SPREADS[stage],
        "resources": {RESOURCES[item]: line for item, line in resources(parts, stage).items()},
        "missing": as_missing(second.sums(parts, stage, second.least)),
        "missing_to_threshold": as_missing(second.sums(parts, stage, second.full)),
        "rows": [as_row(part, stage) for part in parts],
    }  # fmt: skip


def item_states(told: dict[str, further.Told]) -> dict[str, str]:
    """The state of every further item while nobody has entered anything."""
    found = {item: told[COUNTED[item]].state if item in COUNTED else "open" for item in ITEMS}
    if found["left_behind_migrant"] != "failed":  # its verdict is entered
        found["left_behind_migrant"] = "open"
    return found


def as_item(item: str, number: int, told: further.Told | None, state: str) -> dict[str, Any]:
    clauses, short = (told.clauses, told.short) if told else ([], [])
    return {
        "number": number, "state": state, "entered": None, "moved": [],
        "clauses": [
            {"value": c.value, "asked": c.asked, "state": c.state, "counted": c.counted, "missing": c.missing}
            for c in clauses
        ],
        "failing": [{"school": s.code, "stage": s.stage, "value": s.value, "asked": s.asked} for s in short],
    }  # fmt: skip


def expected(schools: list[second.School], silent: Sequence[str]) -> dict[str, Any]:
    """All that is said of a county."""
    stages = {stage: as_stage(schools, stage) for stage in second.STAGES}
    parts = {stage: second.parts(schools, stage) for stage in second.STAGES}
    told = further.items(schools)
    states, numbers = item_states(told), {}
    for item, part in ITEMS.items():
        numbers[item] = 1 + sum(numbers_part == part for numbers_part in [ITEMS[i] for i in numbers])
    resources_result = whole(stage["passes"] for stage in stages.values())
    verdicts = {"met": True, "none": True, "failed": False, "open": None}
    return {
        "result": whole([resources_result, *(verdicts[state] for state in states.values())]),
        "resources_result": resources_result, "stages": stages,
        "must_add": {RESOURCES[item]: n for item, n in second.must_add(parts).items()},
        "items": {i: as_item(i, numbers[i], told.get(COUNTED.get(i, "")), states[i]) for i in ITEMS},
        "no_return": sorted(silent),
    }  # fmt: skip


def as_older(schools: list[second.School]) -> dict[str, Any]:
    """The same of the older standard: no school is judged, the mean of the eight is open while one is unknown."""
    stages = {}
    for stage in second.STAGES:
        parts = second.eight(schools, stage)
        spreads, (mean, known_mean, known) = second.spreads_of_eight(parts), second.composite(parts)
        stages[stage] = {
            "schools": len(parts), "passing": 0, "failing": 0, "open": len(parts),
            "left_out": second.points(schools, stage),
            "passes": None if mean is None else mean <= second.COMPOSITE[stage], "limit": second.COMPOSITE[stage],
            "composite": mean, "composite_of_known": known_mean, "known": known,
            "resources": {
                code: {
                    "threshold": None, "mean": second.mean_of(parts, item, second.EIGHT[item]), "below": 0,
                    "below_floor": 0, "unknown": sum(p["amounts"][item] is None for p in parts),
                    "spread": spreads[item],
                    "within": None if spreads[item] is None else spreads[item] <= second.COMPOSITE[stage],
                }
                for item, code in OLD_RESOURCES.items()
            },
            "rows": [
                {
                    "school": p["code"], "pupils": p["pupils"], "share": str(p["share"]), "passes": None,
                    "resources": {
                        code: {"top": p["amounts"][i], "state": "", "value": None if p["amounts"][i] is None
                               else p["amounts"][i] * second.EIGHT[i] / p["pupils"]}
                        for i, code in OLD_RESOURCES.items()
                    },
                }
                for p in parts
            ],
        }  # fmt: skip
    return {"result": None, "resources_result": None, "stages": stages}


# --- the command ----------------------------------------------------------------------------------------


def asked_of_the_command(county: str, standard: str = STANDARD, period: str = PERIOD) -> dict[str, Any]:
    words = ["assess", standard, "--place", county, "--period", period, "--json"]
    answer: dict[str, Any] = json.loads(CliRunner().invoke(app, words).stdout)
    answer["no_return"] = sorted(answer["no_return"])
    return answer


def told(found: Compared, county: str, schools: list[second.School], silent: Sequence[str]) -> None:
    """Every number and finding of the command."""
    found.tree("command", expected(schools, silent), asked_of_the_command(county))


def older_told(found: Compared, county: str, schools: list[second.School], silent: Sequence[str]) -> None:
    """The same of the older standard."""
    mine = as_older(schools) | {"no_return": sorted(silent)}
    found.tree("command, older", mine, asked_of_the_command(county, OLDER))


# --- at the door ----------------------------------------------------------------------------------------


def ask(client: Client, path: str, county: str, standard: str = STANDARD, **words: str) -> bytes:
    answer = client.get(f"/standards/{standard}/{path}", {"place": county, "period": PERIOD, **words})
    assert answer.status_code == 200, (path, county, answer.status_code)
    return bytes(answer.content)


# --- the workbook ---------------------------------------------------------------------------------------


def table(book: dict[str, Any], place: int) -> list[list[Any]]:
    """The rows of a sheet below its headings."""
    rows = list(book.values())[place]
    return list(rows[next(i for i, row in enumerate(rows) if row[1]) + 1 :])


def same_row(found: Compared, what: str, mine: Sequence[Any], row: Sequence[Any] | None) -> None:
    """Every cell of a row; ``...`` where any text may stand."""
    row = list(row or [])
    row += [None] * (len(mine) - len(row))
    for place, (cell, other) in enumerate(zip(mine, row, strict=False)):
        if cell is not ...:
            found.same(f"{what}, column {place}", cell, other)
    found.same(f"{what}, beyond", [], [cell for cell in row[len(mine) :] if cell is not None])


def in_the_workbook(found: Compared, schools: list[second.School], book: dict[str, Any]) -> None:
    """Every number and finding of the workbook."""
    for place, stage in enumerate(second.STAGES):
        of_a_stage(found, stage, second.parts(schools, stage), book, 2 * place)
    items_in_the_workbook(found, schools, table(book, 4))


def of_a_stage(found: Compared, stage: str, mine: list[second.School], book: dict[str, Any], place: int) -> None:
    """The two sheets of a stage: its schools and the seven."""
    rows = {row[1]: row for row in table(book, place)}
    found.same(f"xlsx {stage} schools", sorted(p["code"] for p in mine), sorted(rows))
    for part in mine:
        same_row(found, f"xlsx {stage} {part['code']}", a_line(stage, part), rows.get(part["code"]))
    least, full = (second.sums(mine, stage, kind) for kind in (second.least, second.full))
    words = {True: "符合", False: "超出限值", None: "待定"}
    lines = resources(mine, stage).items()
    for (item, line), row in zip(lines, table(book, place + 1), strict=True):
        wanted = [..., ..., line["threshold"], line["mean"], line["below"], line["below_floor"], line["unknown"],
                  line["spread"], second.SPREADS[stage], words[line["within"]], ...,
                  *least.get(item, (0, 0))[:2], *full.get(item, (0, 0))[:2]]  # fmt: skip
        same_row(found, f"xlsx {stage} {item}", wanted, row)


def a_line(stage: str, part: second.School) -> list[Any]:
    line: list[Any] = [..., part["code"], ..., part["pupils"], WORDS[part["state"]]]
    for item in second.SEVEN:
        line += [part["values"][item], STATES[state_of(part, item, stage)]]
    least, full = second.least(part, stage), second.full(part, stage)
    for item in second.SEVEN:
        line += [*full.get(item, (None, None))[:2], least.get(item, (None, None))[1]]
    return line


def items_in_the_workbook(found: Compared, schools: list[second.School], rows: list[list[Any]]) -> None:
    told_ = further.items(schools)
    states, wanted, seen = item_states(told_), [], dict.fromkeys(ITEMS.values(), 0)
    words = {"met": "达到", "failed": "未达到", "open": "待填", "none": "本县无此项"}
    for item, part in ITEMS.items():
        seen[part] += 1
        head = [..., seen[part], ..., words[states[item]], ...]
        clauses = told_[COUNTED[item]].clauses if item in COUNTED else []
        wanted += [[*head, c.value, c.asked, c.counted, c.missing, None, ..., ...] for c in clauses]
        wanted += [] if clauses else [[*head, None, None, None, None, None, ..., ...]]
    found.same("xlsx items", len(wanted), len(rows))
    for mine, row in zip(wanted, rows, strict=False):
        same_row(found, f"xlsx {row[2]}", mine, row)


def older_in_the_workbook(found: Compared, schools: list[second.School], book: dict[str, Any]) -> None:
    """Values, means and spreads of the older standard's workbook."""
    mine = as_older(schools)["stages"]
    for place, stage in enumerate(second.STAGES):
        rows = {row[1]: row for row in table(book, 2 * place)}
        found.same(f"xlsx older {stage}", sorted(r["school"] for r in mine[stage]["rows"]), sorted(rows))
        for one in mine[stage]["rows"]:
            values = [v for code in OLD_RESOURCES.values() for v in (one["resources"][code]["value"], ...)]
            wanted = [..., one["school"], ..., one["pupils"], ..., *values, *[None] * 24]
            same_row(found, f"xlsx older {stage} {one['school']}", wanted, rows.get(one["school"]))
        lines = mine[stage]["resources"].items()
        for (code, line), row in zip(lines, table(book, 2 * place + 1), strict=True):
            wanted = [..., ..., None, line["mean"], 0, 0, line["unknown"], line["spread"], mine[stage]["limit"], ...,
                      ..., 0, 0, 0, 0]  # fmt: skip
            same_row(found, f"xlsx older {stage} {code}", wanted, row)
