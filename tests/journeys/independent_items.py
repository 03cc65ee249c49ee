"""The further items of the balanced standard counted a second time: rooms, sizes, classes, teachers, places, funds."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import ceil
from typing import Any, NamedTuple

from .independent import STAGES, Number, School, added, compulsory, left_out, negative, rural

BANDS = ("le25", "26_30", "31_35", "36_40", "41_45", "46_50", "51_55", "56_60", "61_65", "ge66")
SMALL = BANDS[:2]
"""A setting of the standard's file: which bands hold no class of thirty."""
LARGE = {"primary": BANDS[5:], "junior": BANDS[6:]}


def over_size(school: School, stage: str, bands: Iterable[str] = ()) -> Number:
    """How many classes of a stage lie in bands; those above its limit unless told otherwise."""
    return added(*(school.get(f"classes_{band}.{stage}") for band in bands or LARGE[stage]))


def band(pupils: int) -> str:
    """The band of a class of so many."""
    if pupils <= 25:
        return "le25"
    if pupils >= 66:
        return "ge66"
    low = (pupils - 1) // 5 * 5 + 1
    return f"{low}_{low + 4}"


def _sizes(school: School) -> tuple[Fraction, int, int, bool | None]:
    """Compulsory pupils, the usual limit, the relaxed one, and whether it is relaxed: built by 2010, or most of the
    compulsory pupils are migrants."""
    pupils = compulsory(school, "pupils")
    migrants, old = of(school, "pupils_migrant"), school.get("built_by_2010")
    limit, most = (2500, 3000) if school["type"] in ("312", "345") else (2000, 2400)
    many = None if migrants is None else migrants * 2 > pupils
    return pupils, limit, most, True if old or many else None if old is None or many is None else False


def size_limit(school: School) -> Fraction:
    """How many pupils a school may have at most."""
    _pupils, limit, most, relaxed = _sizes(school)
    return Fraction(most if relaxed else limit)


def school_size(school: School) -> str:
    """A primary or junior school at most 2,000, the compulsory part of a whole-through school 2,500, or relaxed."""
    pupils, limit, most, relaxed = _sizes(school)
    if relaxed is None and limit < pupils <= most:
        return "unknown"
    return "pass" if pupils <= (most if relaxed else limit) else "fail"


def rooms_needed(school: School) -> int | None:
    """For every twelve classes one; unknown where the classes of a stage that it teaches are."""
    classes = added(*(school.get(f"classes.{stage}") for stage in STAGES if school.get(f"pupils.{stage}")))
    return None if classes is None else ceil(classes / 12)


def room_areas(school: School, kind: str) -> set[int]:
    """What a music or art room must measure; several where a blank leaves open which relaxation holds."""
    counts = {b: [school.get(f"classes_{b}.{s}") for s in STAGES if school.get(f"pupils.{s}")] for b in BANDS}
    large = [n for b, numbers in counts.items() if b not in SMALL for n in numbers]
    built = school.get("built_by_2016")
    usual = {True: {"music": 73, "art": 67}, False: {"music": 96, "art": 90}}
    areas = {usual[old][kind] for old in ((True, False) if built is None else (built,))}
    small = 61 if school.get("pupils.junior") else 54
    if not rural(school) or any(large):
        return areas
    return areas | {small} if None in [n for numbers in counts.values() for n in numbers] else {small}


def special_rooms(school: School, kind: str) -> str:
    """Whether there are enough rooms of a kind and these are large enough."""
    rooms, area, needed = school.get(f"{kind}_rooms"), school.get(f"{kind}_area"), rooms_needed(school)
    if needed == 0:
        return "pass"
    if needed is None or rooms is None:
        return "unknown"
    if rooms < needed:
        return "fail"
    if area is None:
        return "unknown"
    answers = {area >= needed * least for least in room_areas(school, kind)}
    return "unknown" if len(answers) > 1 else "pass" if answers == {True} else "fail"


class Clause(NamedTuple):
    """A number of an item: what is asked of it, on how many schools it rests, how many did not tell, its state."""

    name: str
    value: Number
    asked: Number
    counted: int
    missing: int
    state: str


class Short(NamedTuple):
    """A school that falls short of an item: where, by what it holds, and what is asked of it."""

    code: str
    stage: str
    value: Number
    asked: Number


class Told(NamedTuple):
    """What the returns say of an item."""

    clauses: list[Clause]
    short: list[Short]

    @property
    def state(self) -> str:
        """The worst of its numbers."""
        states = {clause.state for clause in self.clauses}
        return next((state for state in ("failed", "open", "met") if state in states), "none")


Rows = list[tuple[str, Number, Number]]


def of(school: School, field: str, stages: Iterable[str] = STAGES) -> Number:
    """A sum over the stages that a school teaches; unknown where one of them is."""
    return added(*(school.get(f"{field}.{stage}") for stage in stages if school.get(f"pupils.{stage}")))


def summed(name: str, rows: Rows, asked_: Any, fails: str = "failed") -> tuple[Clause, list[Short]]:
    """Sum over sum in per cent, of the schools that know both sides; and the schools whose own share is too low."""
    known = [(code, top, bottom) for code, top, bottom in rows if top is not None and bottom is not None]
    limit, unknown = Fraction(asked_), len(rows) - len(known)
    below = sum((bottom for _code, _top, bottom in known), Fraction(0))
    if not below:
        return Clause(name, None, limit, len(known), unknown, "open" if unknown else "none"), []
    value = sum((top for _code, top, _bottom in known), Fraction(0)) * 100 / below
    short = [Short(code, "", top * 100 / b, limit) for code, top, b in known if b and top * 100 / b < limit]
    return Clause(name, value, limit, len(known), unknown, "met" if value >= limit else fails), short


def each(states: list[tuple[Short, str]]) -> Told:
    """What must hold of every school: the number is how many fail it."""
    short = [one for one, state in states if state == "fail"]
    unknown = sum(state == "unknown" for _one, state in states)
    state = "failed" if short else "open" if unknown else "met" if states else "none"
    counted = len(states) - unknown
    return Told([Clause("schools", Fraction(len(short)) if counted else None, None, counted, unknown, state)], short)


def retention(graduates: Any, came: Any, left: Any, intake: Any, deaths: Any) -> Number:
    below = Fraction(intake) - Fraction(deaths)
    return (Fraction(graduates) - came + left) / below if below else None


def items(schools: Iterable[School]) -> dict[str, Told]:
    """What the returns of a county say of the further items."""
    held = [s for s in schools if any(s.get(f"pupils.{stage}") for stage in STAGES)]

    def shares(name: str, above: str, below: str, limit: int) -> tuple[Clause, list[Short]]:
        return summed(name, [(s["code"], of(s, above), of(s, below)) for s in held], limit)

    moved, _short = shares("moved", "teachers_moved", "teachers_eligible", 10)
    backbone, _short = shares("backbone", "teachers_moved_backbone", "teachers_moved", 20)
    found = {
        "rooms": each([room for s in held if not left_out(s) if (room := _rooms(s))]),
        "size": each([(Short(s["code"], "", compulsory(s, "pupils"), size_limit(s)), school_size(s)) for s in held]),
        "classes": classes(held),
        "exchange": Told([moved, backbone], []),
        "zone": near_enrolment(held),
        "migrants": migrants_placed(held),
    }
    stayed = [
        (s["code"], added(of_("graduates_g9"), negative(of_("transfers_in")), of_("transfers_out")),
         added(of_("intake_g7"), negative(of_("deaths"))))
        for s in held if s.get("pupils.junior") for of_ in [lambda name, s=s: s.get(f"{name}.junior")]
    ]  # fmt: skip
    funds = [(s["code"], s.get("training_spent"), s.get("funds_budget")) for s in held]
    for item, (clause, short) in {
        "hours": shares("trained_360h", "teachers_360h", "teachers", 100),
        "certified": shares("certified", "teachers_certified", "teachers", 100),
        "retention": summed("retention", stayed, 95),
        "training": summed("training_funds", funds, 5),
    }.items():
        found[item] = Told([clause], short)
    return found


def _rooms(school: School) -> tuple[Short, str] | None:
    """Music and art rooms of a school: how many are missing, and whether there are enough; none where none is asked."""
    needed, held = rooms_needed(school), [school.get("music_rooms"), school.get("art_rooms")]
    if needed == 0:
        return None
    states = {special_rooms(school, "music"), special_rooms(school, "art")}
    lacks = None if needed is None or None in held else sum((max(Fraction(0), needed - n) for n in held), Fraction(0))
    state = next(state for state in ("fail", "unknown", "pass") if state in states)
    return Short(school["code"], "", lacks, None), state


def classes(schools: Iterable[School]) -> Told:
    """Classes above the size of their stage."""
    clauses, short = [], []
    for stage, limit in (("primary", 45), ("junior", 50)):
        counts = [(s["code"], over_size(s, stage)) for s in schools if s.get(f"pupils.{stage}")]
        known = [n for _code, n in counts if n is not None]
        if counts:
            state = "failed" if sum(known) else "open" if len(known) < len(counts) else "met"
            value = sum(known, Fraction(0)) if known else None
            clauses.append(Clause(stage, value, None, len(known), len(counts) - len(known), state))
        short += [Short(code, stage, n, Fraction(limit)) for code, n in counts if n]
    return Told(clauses, short)


def near_enrolment(schools: Iterable[School]) -> Told:
    """Urban and town schools, public, not boarding, by stage."""
    held = [s for s in schools if str(s.get("locale"))[:1] == "1" and s["sector"] == "public" and not s["boarding"]]
    clauses, short = [], []
    for stage, limit in (("primary", 100), ("junior", 95)):
        here = [s for s in held if s.get(f"pupils.{stage}")]
        clause, below = summed(stage, [(s["code"], of(s, "pupils_in_zone", [stage]), of(s, "pupils", [stage]))
                                       for s in here], limit)  # fmt: skip
        clauses.append(clause)
        short += [one._replace(stage=stage) for one in below]
    return Told(clauses, short)


def migrants_placed(schools: Iterable[School]) -> Told:
    """The share in public schools. Too low, it stays open: places may be purchased."""
    rows = []
    for school in schools:
        here = of(school, "pupils_migrant")
        rows.append((school["code"], here if school["sector"] == "public" or here is None else Fraction(0), here))
    clause, _short = summed("migrant_places", rows, 85, "open")
    return Told([clause], [])
