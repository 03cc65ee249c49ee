"""How well the schools of a county are off, measured by the standard: what each county of the sample city is like.

Every figure that the standard asks for is made as a multiple of what it asks. Schools that are well off have at
least once; of those that are short some figures lie below. What a county is like stands in ``PROFILES``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil, floor
from random import Random

from .words import School

ITEMS = ("qualified", "backbone", "pe_arts", "teaching", "sports", "equipment", "rooms")
ASKED = {
    "qualified": {"primary": 4.2, "junior": 5.3},
    "backbone": {"primary": 1.0, "junior": 1.0},
    "pe_arts": {"primary": 0.9, "junior": 0.9},
    "teaching": {"primary": 4.5, "junior": 5.8},
    "sports": {"primary": 7.5, "junior": 10.2},
    "equipment": {"primary": 2000.0, "junior": 2500.0},
    "rooms": {"primary": 2.3, "junior": 2.4},
}
"""What the invented figures are multiples of; the standard itself stands in standards/."""

WEIGHTS = {"primary": 1.0, "junior": 1.1, "senior": 1.32}
"""What a pupil of a stage weighs where a whole-through school is divided."""

GROWTH = {"qualified": 0.985, "backbone": 0.98, "pe_arts": 0.98, "teaching": 0.995, "sports": 0.997, "equipment": 0.965,
          "rooms": 0.965}  # fmt: skip
"""What a figure was a year before, beside one."""

USUAL = {"qualified": 1.17, "backbone": 1.25, "pe_arts": 1.16, "teaching": 1.18, "sports": 1.2, "equipment": 1.14,
         "rooms": 1.15}  # fmt: skip
PLENTY = {"urban": 0.97, "town": 1.0, "rural": 1.12}
"""Schools of villages lose pupils faster than buildings."""


@dataclass(frozen=True)
class Skew:
    """A spread brought to a value: some schools are given so much more of an item."""

    item: str
    stage: str
    spread: float


@dataclass(frozen=True)
class Profile:
    """What a county is like. ``short``: which share of the schools fails; ``crowded``: of those in the seat;
    ``skews``: what is divided unequally; ``holes``: so many schools leave columns blank, so many send nothing;
    ``moved``: teachers rotated per eligible one; ``training``: per yuan of public funds; ``hours``: of 360.
    """

    short: float
    crowded: float = 0.0
    skews: tuple[Skew, ...] = ()
    holes: int = 0
    silent: int = 0
    moved: float = 0.125
    training: float = 0.056
    hours: float = 1.0
    kept: float = 0.992


PROFILES = {
    "421202": Profile(0.05, crowded=0.2, moved=0.13, training=0.058),
    "421281": Profile(0.04, moved=0.12),
    "421221": Profile(0.0, skews=(Skew("equipment", "junior", 0.468),)),
    "421222": Profile(0.06, holes=11, silent=2, hours=0.998),
    "421223": Profile(0.25, crowded=0.1, skews=(Skew("sports", "primary", 0.524),), moved=0.08, hours=0.99),
    "421224": Profile(
        0.55, crowded=0.3, skews=(Skew("equipment", "primary", 0.63), Skew("rooms", "junior", 0.52)), moved=0.05,
        training=0.041, hours=0.96, kept=0.955,
    ),
}  # fmt: skip
"""Two near the standard, one where a single spread fails, one with holes, one half-way, one far."""

PEOPLE = ("qualified", "backbone", "pe_arts")


@dataclass(frozen=True)
class Means:
    """What a school has of each item, as a multiple of what the standard asks, in the newest year."""

    ratios: dict[str, float]
    short: bool = False
    plenty: dict[str, float] = field(default_factory=dict)

    def ratio(self, item: str, years_before: int) -> float:
        """The multiple some years before the newest."""
        return self.ratios[item] * GROWTH[item] ** years_before * self.plenty.get(item, 1.0)


def means(seed: str, schools: Sequence[School]) -> dict[str, Means]:
    """The means of a county's schools by code."""
    dice = Random(f"{seed}|means")
    asked = [s for s in schools if {"primary", "junior"} & s.entry.keys()]
    found: dict[str, Means] = {}
    for county in sorted({s.county for s in asked}):
        here = [s for s in asked if s.county == county]
        judged = [s for s in here if s.kind == "school"]
        short: set[str] = set()
        for stage in ("primary", "junior"):
            taught = [s.code for s in judged if next(iter(s.entry)) == stage]
            short |= set(dice.sample(taught, ceil(PROFILES[county].short * len(taught) - 0.25)))
        for school in here:
            found[school.code] = _means(school, dice, short=school.code in short)
    return found


def _means(school: School, dice: Random, *, short: bool) -> Means:
    plenty = PLENTY[school.group]
    ratios = {item: max(dice.gauss(USUAL[item] * plenty, 0.09), 1.01) for item in ITEMS}
    if short:
        weak = ("teaching", "sports", "rooms", "equipment") if school.group == "urban" else ITEMS
        for item in dice.sample(weak, dice.choice((2, 2, 3))):
            ratios[item] = dice.uniform(0.72, 0.98)
    elif dice.random() < 0.2:
        ratios[dice.choice(ITEMS)] = dice.uniform(0.87, 0.99)
    return Means(ratios, short)


def heads(asked: float, ratio: float, pupils: int) -> int:
    """So many people or rooms: enough where the multiple is one or more, short where it is less."""
    wanted = asked * ratio * pupils / 100
    if ratio >= 1:
        return ceil(wanted - 1e-9)
    least = ceil(asked * 0.85 * pupils / 100 - 1e-9) if ratio >= 0.85 else 0
    return max(floor(wanted), least)


def undivided(item: str, pupils: dict[str, int]) -> float:
    """What a school needs of an undivided item so that each of its stages has what is asked."""
    weighed = sum(WEIGHTS[stage] * number for stage, number in pupils.items() if stage in WEIGHTS)
    return weighed * max((ASKED[item][stage] / WEIGHTS[stage] for stage in pupils if stage in ASKED[item]), default=0.0)


def skewed(parts: Sequence[tuple[str, float, float]], chosen: set[str], goal: float) -> float:
    """By how much the chosen schools must have more, so that the spread of (code, quantity, pupils) comes to a goal."""
    low, high = 1.0, 20.0
    for _step in range(40):
        middle = (low + high) / 2
        if _spread([(x * (middle if code in chosen else 1), p) for code, x, p in parts]) < goal:
            low = middle
        else:
            high = middle
    return high


def _spread(pairs: Sequence[tuple[float, float]]) -> float:
    pupils, total = sum(p for _x, p in pairs), sum(x for x, _p in pairs)
    squares = sum(x * x / p for x, p in pairs)
    return max(float(squares * pupils / total**2 - 1), 0.0) ** 0.5
