"""The further items that the return decides, for a county: each rule of a standards file, with what fails it.

What must hold of every school fails with the first school known to fail it, and is open while one is
unknown. What is a sum of the county is judged on the schools that know both sides; ``missing`` says how
many do not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from .conditions import Conditions, near, rooms, size
from .demands import Demand
from .standard import Standard

MET, FAILED, OPEN, NONE = "met", "failed", "open", "none"
"""States of an item: 达到, 未达到, 待填, and not asked of anybody here."""


@dataclass(frozen=True)
class Failing:
    """A school that fails an item: its value, what is asked of it, of which stage."""

    code: str
    value: Fraction | None
    asked: Fraction | None = None
    stage: str = ""


@dataclass(frozen=True)
class Clause:
    """One sentence of an item: a value against what is asked. ``value`` counts where ``asked`` is None."""

    name: str
    value: Fraction | None
    asked: Fraction | None
    state: str
    counted: int = 0
    missing: int = 0


@dataclass(frozen=True)
class Found:
    """What the return says of an item."""

    demand: Demand
    clauses: tuple[Clause, ...]
    failing: tuple[Failing, ...] = ()

    @property
    def state(self) -> str:
        """The worst of its sentences."""
        states = {clause.state for clause in self.clauses}
        return next((state for state in (FAILED, OPEN, MET) if state in states), NONE)

    @property
    def missing(self) -> int:
        """How many schools have not told what it asks."""
        return max((clause.missing for clause in self.clauses), default=0)


Schools = Sequence[Conditions]
RETENTION = ("graduates_g9", "transfers_in", "transfers_out", "intake_g7", "deaths")


def plus(known: Fraction | None, less: Fraction | None, more: Fraction | None = Fraction(0)) -> Fraction | None:
    """A sum with its signs, None where a side is unknown."""
    return None if known is None or less is None or more is None else known - less + more


def find(demand: Demand, schools: Schools, judged: Schools, standard: Standard) -> Found | None:
    """What the return says of a demand; None where it says nothing. ``judged``: without small teaching points."""
    rule = _RULES.get(demand.rule)
    return rule(demand, judged if demand.rule == "rooms" else schools, standard) if rule else None


def _every(demand: Demand, verdicts: Iterable[tuple[Failing, bool | None]], name: str = "schools") -> Found:
    """An item that must hold of every school; its value is how many fail it."""
    known = list(verdicts)
    failing = tuple(one for one, meets in known if meets is False)
    missing = sum(meets is None for _one, meets in known)
    state = FAILED if failing else OPEN if missing else MET if known else NONE
    counted = len(known) - missing
    value = Fraction(len(failing)) if counted else None
    return Found(demand, (Clause(name, value, None, state, counted, missing),), failing)


def _rooms(demand: Demand, schools: Schools, standard: Standard) -> Found:
    found = [(one, rooms(one, demand, standard)) for one in schools]
    return _every(
        demand,
        (
            (Failing(one.code, None if r.missing is None else Fraction(r.missing)), r.meets)
            for one, r in found
            if r.needed != 0
        ),
    )


def _school_size(demand: Demand, schools: Schools, standard: Standard) -> Found:
    found = [(one, size(one, demand, standard)) for one in schools]
    return _every(demand, ((Failing(one.code, s.pupils, Fraction(s.limit)), s.meets) for one, s in found))


def _class_size(demand: Demand, schools: Schools, standard: Standard) -> Found:
    """Classes above the limit, by stage; the value is the number of classes."""
    clauses, failing = [], []
    for stage, limit in standard.class_limit.items():
        counts = [(one, one.over(stage, standard)) for one in schools if stage in one.counts]
        known = [n for _one, n in counts if n is not None]
        if not counts:
            continue
        over, missing = sum(known), len(counts) - len(known)
        state = FAILED if over else OPEN if missing else MET
        value = Fraction(over) if known else None
        clauses.append(Clause(stage, value, None, state, len(known), missing))
        failing += [Failing(one.code, Fraction(n), Fraction(limit), stage) for one, n in counts if n]
    return Found(demand, tuple(clauses), tuple(failing))


def _share(
    name: str,
    pairs: Iterable[tuple[str, Fraction | None, Fraction | None]],
    asked: Fraction,
    fails: bool = True,
) -> tuple[Clause, list[Failing]]:
    """A share of the county in per cent, and the schools whose own share is below it."""
    above = below = Fraction(0)
    counted = missing = 0
    failing = []
    for code, top, bottom in pairs:
        if top is None or bottom is None:
            missing += 1
            continue
        counted += 1
        above, below = above + top, below + bottom
        if bottom > 0 and top * 100 < bottom * asked:
            failing.append(Failing(code, top * 100 / bottom, asked))
    if below <= 0:
        return Clause(name, None, asked, OPEN if missing else NONE, counted, missing), failing
    value = above * 100 / below
    state = MET if value >= asked else FAILED if fails else OPEN
    return Clause(name, value, asked, state, counted, missing), failing


def _of(top: str, bottom: str) -> Callable[[Demand, Schools, Standard], Found]:
    def rule(demand: Demand, schools: Schools, standard: Standard) -> Found:
        pairs = [(one.code, one.of(top), one.of(bottom)) for one in schools]
        clause, failing = _share(demand.rule, pairs, demand.numbers["at_least"])
        return Found(demand, (clause,), tuple(failing))

    return rule


def _rotation(demand: Demand, schools: Schools, standard: Standard) -> Found:
    moved = [(one.code, one.of("teachers_moved"), one.of("teachers_eligible")) for one in schools]
    backbone = [(one.code, one.of("teachers_moved_backbone"), one.of("teachers_moved")) for one in schools]
    first, _below = _share("moved", moved, demand.numbers["at_least"])
    second, _below = _share("backbone", backbone, demand.numbers["backbone"])
    return Found(demand, (first, second))


def _near_enrolment(demand: Demand, schools: Schools, standard: Standard) -> Found:
    clauses, failing = [], []
    for stage in ("primary", "junior"):
        pairs = []
        for one in schools:
            asked = near(one, demand) if stage in one.counts else False
            if asked is not False:
                known = one.of("pupils_in_zone", stage) if asked else None
                pairs.append((one.code, known, one.of("pupils", stage)))
        clause, below = _share(stage, pairs, demand.numbers[f"at_least.{stage}"])
        clauses.append(clause)
        failing += [Failing(f.code, f.value, f.asked, stage) for f in below]
    return Found(demand, tuple(clauses), tuple(failing))


def _migrant_places(demand: Demand, schools: Schools, standard: Standard) -> Found:
    """The share in public schools. Below what is asked, it is open: places may be purchased."""
    pairs = []
    for one in schools:
        migrants = one.of("pupils_migrant")
        public = None if not one.sector and migrants else migrants if one.sector == "public" else Fraction(0)
        pairs.append((one.code, None if migrants is None else public, migrants))
    clause, _below = _share("migrant_places", pairs, demand.numbers["at_least"], fails=False)
    return Found(demand, (clause,))


def _retention(demand: Demand, schools: Schools, standard: Standard) -> Found:
    """Of the county; schools below what is asked are listed."""
    pairs = []
    for one in schools:
        if "junior" in one.counts:
            known = {name: one.of_junior(name) for name in RETENTION}
            stayed = plus(known["graduates_g9"], known["transfers_in"], known["transfers_out"])
            began = plus(known["intake_g7"], known["deaths"])
            pairs.append((one.code, stayed, began))
    clause, failing = _share("retention", pairs, standard.retention * 100)
    return Found(demand, (clause,), tuple(failing))


def _training_funds(demand: Demand, schools: Schools, standard: Standard) -> Found:
    pairs = [(one.code, one.of_school("training_spent"), one.of_school("funds_budget")) for one in schools]
    clause, failing = _share("training_funds", pairs, demand.numbers["at_least"])
    return Found(demand, (clause,), tuple(failing))


_RULES: dict[str, Callable[[Demand, Schools, Standard], Found]] = {
    "rooms": _rooms,
    "school_size": _school_size,
    "class_size": _class_size,
    "trained_360h": _of("teachers_360h", "teachers"),
    "certified": _of("teachers_certified", "teachers"),
    "rotation": _rotation,
    "near_enrolment": _near_enrolment,
    "migrant_places": _migrant_places,
    "retention": _retention,
    "training_funds": _training_funds,
}
