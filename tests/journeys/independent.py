"""The balanced standard counted a second time, from its wording alone; nothing here comes from the product.

Schools are plain dictionaries, read from the tables that a county sends; every number is a fraction until it is shown.
``None`` is what nobody knows. A school's figures stand under ``field`` or ``field.stage``.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import ceil, sqrt
from typing import Any

School = dict[str, Any]
Number = Fraction | None

STAGES = ("primary", "junior")
WEIGHTS = {"primary": Fraction(1), "junior": Fraction(11, 10), "senior": Fraction(132, 100)}
SEVEN: dict[str, tuple[Fraction, Fraction, int]] = {
    "qualified": (Fraction("4.2"), Fraction("5.3"), 100),
    "backbone": (Fraction(1), Fraction(1), 100),
    "pe_arts": (Fraction("0.9"), Fraction("0.9"), 100),
    "teaching": (Fraction("4.5"), Fraction("5.8"), 1),
    "sports": (Fraction("7.5"), Fraction("10.2"), 1),
    "equipment": (Fraction(2000), Fraction(2500), 1),
    "rooms": (Fraction("2.3"), Fraction("2.4"), 100),
}
"""Asked of a primary school, of a junior school, and per how many pupils."""
DIVIDED = ("teaching", "sports", "equipment", "rooms")
SPREADS = {"primary": Fraction("0.50"), "junior": Fraction("0.45")}
FLOOR = Fraction(85, 100)
ROUNDED = {"equipment": 1000}
PRICES = {"qualified": 60_000, "backbone": 60_000, "pe_arts": 60_000, "teaching": 3_000, "sports": 300, "equipment": 1,
          "rooms": 30_000}  # fmt: skip
"""Settings of the standard's file: to what shortfalls are rounded up, and what a unit costs."""


# --- the seven -----------------------------------------------------------------------------------------


def share(school: School, stage: str) -> Number:
    """Which part of what a whole-through school does not divide by stage belongs to one of its stages."""
    weights = {s: school.get(f"pupils.{s}") or 0 for s in WEIGHTS}
    total = sum(WEIGHTS[s] * n for s, n in weights.items())
    return WEIGHTS[stage] * weights[stage] / total if total else None


def added(*parts: Number) -> Number:
    """A sum; unknown where a part is."""
    return None if any(part is None for part in parts) else sum((Fraction(p or 0) for p in parts), Fraction(0))


def amount(school: School, item: str, stage: str) -> Number:
    """What stands above the line for a stage of a school."""

    def of(*fields: str) -> Number:
        return added(*(school.get(f"{field}.{stage}") for field in fields))

    if item == "qualified":
        graduates = ("teachers_bachelor", "teachers_postgraduate")
        return of(*graduates, "teachers_specialist") if stage == "primary" else of(*graduates)
    if item == "backbone":
        return of("teachers_backbone")
    if item == "pe_arts":
        heads = of("teachers_pe", "teachers_music", "teachers_art", "teachers_arts")
        small = 50 <= compulsory(school, "pupils", ("primary", "junior", "senior")) <= 99
        roving = school.get(f"shared_pe_arts.{stage}")
        return added(heads, roving) if small and rural(school) and roving is not None else heads
    whole = {
        "teaching": added(school.get("area_teaching"), negative(school.get("area_indoor_sports"))),
        "sports": school.get("area_sports"),
        "equipment": school.get("equipment_value"),
        "rooms": school.get("network_rooms"),
    }[item]
    part = share(school, stage)
    return None if whole is None or part is None else whole * part


def negative(number: Number) -> Number:
    return None if number is None else -number


def rural(school: School) -> bool:
    return str(school.get("locale") or "").startswith("2")


def compulsory(school: School, field: str, stages: Iterable[str] = STAGES) -> Fraction:
    """A sum over stages; a stage that a school does not have stays blank."""
    return sum((school.get(f"{field}.{stage}") or Fraction(0) for stage in stages), Fraction(0))


def left_out(school: School) -> bool:
    """Teaching points under 50 pupils."""
    return bool(school["type"] == "218" and compulsory(school, "pupils", ("primary", "junior", "senior")) < 50)


def asked(item: str, stage: str) -> Fraction:
    return SEVEN[item][STAGES.index(stage)]


def parts(schools: Iterable[School], stage: str) -> list[School]:
    """The schools of a stage as the standard sees them: each part of a whole-through school is one."""
    found = []
    for school in schools:
        pupils = school.get(f"pupils.{stage}")
        if not pupils or left_out(school):
            continue
        amounts = {item: amount(school, item, stage) for item in SEVEN}
        part = {"code": school["code"], "pupils": pupils, "share": share(school, stage), "amounts": amounts}
        found.append(judged(part, stage))
    return found


def judged(part: School, stage: str) -> School:
    """A part with what it has per pupil, and what the rule says of that."""
    values = {i: None if a is None else a * SEVEN[i][2] / part["pupils"] for i, a in part["amounts"].items()}
    return part | {"values": values, "state": rule(values, stage)}


def points(schools: Iterable[School], stage: str) -> int:
    """How many teaching points stay out of a stage."""
    return sum(1 for school in schools if school.get(f"pupils.{stage}") and left_out(school))


def rule(values: dict[str, Number], stage: str) -> str:
    """pass, fail or unknown: six at the threshold, the other at 85 % of it; compared exactly."""
    known = {item: value for item, value in values.items() if value is not None}
    below = [item for item, value in known.items() if value < asked(item, stage)]
    if len(below) > 1 or any(known[item] < FLOOR * asked(item, stage) for item in below):
        return "fail"
    return "pass" if len(known) == len(SEVEN) else "unknown"


def missing(part: School, item: str, stage: str, times: Fraction = Fraction(1)) -> tuple[int, int]:
    """What is missing to the threshold (or a share of it): for the part, and for the undivided school."""
    held = part["amounts"][item]
    if held is None:
        return 0, 0
    lacks = max(Fraction(0), times * asked(item, stage) * part["pupils"] / SEVEN[item][2] - held)
    unit = ROUNDED.get(item, 1)
    whole = lacks / part["share"] if item in DIVIDED else lacks
    return ceil(lacks / unit) * unit, ceil(whole / unit) * unit


def least(part: School, stage: str) -> dict[str, tuple[int, int, bool]]:
    """The least that lets a school pass: one of those below stays at 85 %, the one that saves most money. For the
    part, for the undivided school, and whether it stays there.
    """
    below = [item for item in SEVEN if missing(part, item, stage)[0]]
    if part["state"] != "fail":
        return {}

    def saved(item: str) -> int:
        return PRICES[item] * (missing(part, item, stage)[1] - missing(part, item, stage, FLOOR)[1])

    spared = max(below, key=saved, default="")
    wanted = {item: missing(part, item, stage, FLOOR if item == spared else Fraction(1)) for item in below}
    return {item: (*both, item == spared) for item, both in wanted.items() if both[0]}


def full(part: School, stage: str) -> dict[str, tuple[int, int, bool]]:
    """All that a school lacks to the thresholds."""
    return {item: (*both, False) for item in SEVEN if (both := missing(part, item, stage))[0]}


def sums(parts_: Iterable[School], stage: str, kind: Any) -> dict[str, tuple[int, int, int]]:
    """What all schools of a stage lack: the parts, the undivided schools, and how many they are."""
    found: dict[str, tuple[int, int, int]] = {}
    for part in parts_:
        for item, (own, whole, _spared) in kind(part, stage).items():
            before = found.get(item, (0, 0, 0))
            found[item] = (before[0] + own, before[1] + whole, before[2] + 1)
    return {item: found[item] for item in SEVEN if item in found}


def passing(parts_: Iterable[School]) -> Number:
    """The share of schools that meet the rule, in per cent, of those of which it is known."""
    states = [part["state"] for part in parts_ if part["state"] != "unknown"]
    return Fraction(100 * states.count("pass"), len(states)) if states else None


def repaired(parts_: list[School], code: str, adds: dict[str, Fraction], stage: str) -> list[School]:
    """The schools of a stage after one of them was given something: what it holds undivided is shared out among its
    stages, teachers are counted in the stage that they teach.
    """
    found = []
    for part in parts_:
        if part["code"] == code:
            amounts = {
                i: None if a is None else a + adds.get(i, Fraction(0)) * (part["share"] if i in DIVIDED else 1)
                for i, a in part["amounts"].items()
            }
            part = judged(part | {"amounts": amounts}, stage)
        found.append(part)
    return found


def must_add(found: dict[str, list[School]]) -> dict[str, int]:
    """What all schools must add together: what a school holds undivided serves all its stages at once."""
    needs: dict[tuple[str, str], list[int]] = {}
    for stage, schools in found.items():
        for part in schools:
            for item, (_part, whole, _spared) in least(part, stage).items():
                needs.setdefault((item, part["code"]), []).append(whole)
    together: dict[str, int] = {}
    for (item, _code), amounts in needs.items():
        together[item] = together.get(item, 0) + (max(amounts) if item in DIVIDED else sum(amounts))
    return together


def spread(pairs: Iterable[tuple[Fraction, Fraction]]) -> float | None:
    """The coefficient of variation of (amount, pupils), each school weighing what its pupils weigh."""
    square = spread_squared(pairs)
    return None if square is None else sqrt(square)


def spread_squared(pairs: Iterable[tuple[Fraction, Fraction]]) -> Number:
    known = list(pairs)
    pupils = sum((p for _x, p in known), Fraction(0))
    mean = sum((x for x, _p in known), Fraction(0)) / pupils if pupils else Fraction(0)
    if not mean:
        return None
    return sum((p / pupils * (x / p - mean) ** 2 for x, p in known), Fraction(0)) / mean**2


def spreads(found: list[School], stage: str) -> dict[str, tuple[float | None, str]]:
    """The spread of each of the seven, and whether it keeps within the limit."""
    result: dict[str, tuple[float | None, str]] = {}
    for item in SEVEN:
        square = spread_squared((p["amounts"][item], p["pupils"]) for p in found if p["amounts"][item] is not None)
        state = "unknown" if square is None else "pass" if square <= SPREADS[stage] ** 2 else "fail"
        result[item] = (None if square is None else sqrt(square), state)
    return result


# --- the older standard: eight, and their mean ------------------------------------------------------------

EIGHT = {"teaching": 1, "sports": 1, "equipment": 1, "computers": 100, "books": 1, "teachers": 1, "qualified": 1,
         "titled": 1}  # fmt: skip
"""Per how many pupils each is told."""
UNDIVIDED = {"teaching": "area_teaching", "computers": "computers", "books": "books"}
COMPOSITE = {"primary": Fraction("0.65"), "junior": Fraction("0.55")}


def eight(schools: Iterable[School], stage: str) -> list[School]:
    """The schools of a stage with the eight; nobody is asked for professional titles, and halls are not taken off."""
    found = []
    for school in schools:
        if school.get(f"pupils.{stage}") and not left_out(school):
            part = share(school, stage)
            held = {
                "teaching": school.get("area_teaching"),
                **{name: school.get(name) for name in ("computers", "books")},
            }
            amounts = {item: amount(school, item, stage) for item in ("sports", "equipment", "qualified")}
            amounts |= {name: None if n is None or part is None else n * part for name, n in held.items()}
            amounts |= {"teachers": school.get(f"teachers.{stage}"), "titled": None}
            found.append({"code": school["code"], "pupils": school[f"pupils.{stage}"], "share": part,
                          "amounts": amounts})  # fmt: skip
    return found


def spreads_of_eight(parts_: list[School]) -> dict[str, float | None]:
    """The spread of each of the eight."""
    return {i: spread((p["amounts"][i], p["pupils"]) for p in parts_ if p["amounts"][i] is not None) for i in EIGHT}


def composite(parts_: list[School]) -> tuple[float | None, float | None, int]:
    """The mean of the eight spreads, unknown while one is; the mean of those that are known, and how many they are."""
    values = spreads_of_eight(parts_)
    known = [value for value in values.values() if value is not None]
    mean = sum(known) / len(known) if known else None
    return (mean if len(known) == len(EIGHT) else None), mean, len(known)


def mean_of(parts_: Iterable[School], item: str, per: int) -> Number:
    """All together over all pupils, of the schools that tell it."""
    known = [part for part in parts_ if part["amounts"][item] is not None]
    pupils = sum((part["pupils"] for part in known), Fraction(0))
    return sum((part["amounts"][item] for part in known), Fraction(0)) * per / pupils if pupils else None
