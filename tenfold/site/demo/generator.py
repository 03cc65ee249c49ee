"""Which schools the sample city has. Pure and seeded: the same seed gives the same city to the last figure.

How many there are of a kind, and how large, is calibrated on public statistics: docs/guides/sample-city.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count
from math import cos, pi, radians, sin, sqrt
from random import Random

from tenfold.foundation.holdings.words import GRADES

from . import growth, history, names, places
from .places import Place, Town
from .words import CITY, RESERVED, Plan, Row, School


@dataclass(frozen=True)
class City:
    """The sample city: the counties of the plan, and every school that stands or stood in its years."""

    plan: Plan
    places: tuple[Place, ...]
    schools: list[School] = field(default_factory=list)

    @property
    def seed(self) -> str:
        """What every figure is drawn from."""
        return self.plan.seed

    def of(self, county: str, year: int) -> list[School]:
        """The schools that stand below a county in a school year; below the city itself for its own code."""
        found = [s for s in self.schools if s.stands(year)]
        if county == CITY[0]:
            return [s for s in found if s.parent_in(year) == county]
        return [s for s in found if s.county == county and s.parent_in(year) != CITY[0]]

    def offices(self) -> list[Row]:
        """The education offices of the towns."""
        return [
            {"school_code": code, "name": name, "kind": "township", "administering_authority": place.code}
            for place in self.places
            for town in place.towns
            for code, name in town.offices
        ]

    def staff(self) -> list[Row]:
        """A head for every school that is a legal person, with the day of the appointment."""
        dice = Random(f"{self.seed}|staff")
        return [
            {
                "number": f"MN{school.code[-4:]}",
                "name": names.person(dice),
                "school_code": school.code,
                "title": "园长" if school.school_type == "111" else "校长",
                "main": "yes",
                "since": date(dice.randint(2012, 2022), dice.choice((2, 8)), 20),
            }
            for school in self.schools
            if school.kind == "school" and school.stands(self.plan.years[-1])
        ]


@dataclass(frozen=True)
class _Kind:
    """How schools of a kind come out. ``number``: in the whole city; ``spread``: of the logarithm of their size;
    ``seat``: which share stands in the county's seat; ``size``: beside others of their stage, by group.
    """

    number: int
    school_type: str
    stages: tuple[str, ...]
    suffix: str
    spread: float
    seat: float
    boarding: float = 0.0
    private: float = 0.0
    size: tuple[float, float] = (1.0, 1.0)
    smallest: int = 20
    largest: int = 3000


KINDS = {
    "primary": _Kind(330, "211", ("primary",), "小学", 0.55, 0.33, 0.06, 0.04, (2.3, 1.0), 90, 2900),
    "point": _Kind(280, "218", ("primary",), "教学点", 0.55, 0.0, 0.0, 0.0, (1.0, 0.23), 8, 140),
    "junior": _Kind(77, "311", ("junior",), "中学", 0.35, 0.42, 0.6, 0.05, (2.9, 1.0), 150, 2600),
    "nine": _Kind(38, "312", ("primary", "junior"), "学校", 0.4, 0.08, 0.5, 0.08, (1.6, 0.75), 60, 1500),
    "complete": _Kind(5, "341", ("junior", "senior"), "中学", 0.2, 1.0, 1.0, 0.2, (1.5, 1.0), 300, 2400),
    "twelve": _Kind(2, "345", ("primary", "junior", "senior"), "外国语学校", 0.1, 1.0, 1.0, 1.0, (1.6, 1.0), 300, 2400),
    "senior": _Kind(23, "342", ("senior",), "高级中学", 0.35, 0.95, 1.0, 0.1, (1.4, 1.0), 500, 4200),
    "vocational": _Kind(12, "365", ("vocational",), "职业技术学校", 0.35, 1.0, 1.0, 0.25, (1.0, 1.0), 500, 5000),
    "special": _Kind(6, "511", ("special",), "特殊教育学校", 0.2, 1.0, 0.3, 0.0, (1.0, 1.0), 40, 200),
    "kindergarten": _Kind(480, "111", ("kindergarten",), "幼儿园", 0.5, 0.48, 0.0, 0.58, (1.7, 1.0), 25, 560),
}  # fmt: skip
"""The 1,253 institutions of the newest year."""

GONE = {"point": 26, "primary": 5, "kindergarten": 4}
"""Institutions beside them that were merged or closed in the years of the plan."""

OPENED = {"primary": 7, "junior": 3, "kindergarten": 14}
"""How many of those that stand were opened in the years of the plan."""

CITY_RUN = {"kindergarten": 2, "primary": 2, "junior": 2, "complete": 1, "senior": 3, "vocational": 2, "special": 1}
"""The city's own schools (市直), of those that stand in the seat of its first county."""

SETTLED = 3
"""The first schools of a kind in a county have always stood."""

_CODES = {"111": "11", "211": "21", "218": "21", "311": "31", "312": "31", "341": "34", "342": "34", "345": "34",
          "365": "36", "511": "51"}  # fmt: skip
VOCATIONAL = 0.32
"""The share of vocational schools in the pupils after junior school."""


def city(plan: Plan | None = None) -> City:
    """The city of a plan."""
    plan = plan or Plan()
    chosen = tuple(place for code, place in places.counties().items() if code in plan.counties)
    dice = Random(f"{plan.seed}|city")
    pools = (names.of_schools(dice), names.of_infants(dice))
    made = City(plan, chosen)
    serial = count(1)
    numbers = {name: _shares(kind.number * plan.scale, chosen) for name, kind in KINDS.items()}
    gone = {name: _shares(number * plan.scale, chosen) for name, number in GONE.items()}
    opened = {name: _shares(number * plan.scale, chosen) for name, number in OPENED.items()}
    for index, place in enumerate(chosen):
        drawn: list[School] = []
        for name, kind in KINDS.items():
            past = gone.get(name, [0] * len(chosen))[index]
            fresh = opened.get(name, [0] * len(chosen))[index]
            drawn += _Draw(plan, place, name, kind, dice, pools, serial).schools(numbers[name][index], past, fresh)
        made.schools.extend(history.changed(list(_sized(drawn, place, plan)), place, plan, pools[0], dice))
    return made


def _shares(total: float, chosen: Sequence[Place]) -> list[int]:
    """A number divided among the counties by their people, whole (largest remainders first)."""
    every = sum(place.share for place in places.counties().values())
    part = total * sum(place.share for place in chosen) / every
    whole = round(part)
    exact = [place.share / sum(p.share for p in chosen) * whole for place in chosen]
    found = [int(share) for share in exact]
    by_rest = sorted(range(len(found)), key=lambda index: found[index] - exact[index])
    for index in by_rest[: whole - sum(found)]:
        found[index] += 1
    return found


@dataclass
class _Draw:
    """Draws the schools of one kind in one county."""

    plan: Plan
    place: Place
    name: str
    kind: _Kind
    dice: Random
    pools: tuple[Iterator[str], Iterator[str]]
    serial: Iterator[int]

    def schools(self, number: int, past: int, fresh: int) -> Iterator[School]:
        """So many that stand, with some of them new, and some that no longer do. Those that stood longest first."""
        seats = [town for town in self.place.towns if town.seat]
        others = [town for town in self.place.towns if not town.seat]
        in_seat = round(number * self.kind.seat)
        first, last = self.plan.years[0], self.plan.years[-1]
        for index in range(number + past):
            in_the_seat = index < in_seat
            town = seats[index % len(seats)] if in_the_seat else others[(index - in_seat) % len(others)]
            central = not in_the_seat and self.name in ("primary", "junior") and index - in_seat < len(others)
            school = self._school(town, index, central)
            if SETTLED <= index < SETTLED + fresh and index < number and last > first:
                year = self.dice.randint(first + 1, last)
                school = replace(school, since=year, built=date(year, self.dice.choice((6, 7, 8)), 1))
            elif index >= number:
                school = replace(school, until=self.dice.randint(first + 1, max(last, first + 1)))
            yield school

    def _school(self, town: Town, index: int, central: bool) -> School:
        kind, dice = self.kind, self.dice
        city_run = self.place.code == "421202" and town.seat and index < CITY_RUN.get(self.name, 0)
        private = not city_run and not central and dice.random() < kind.private
        office = town.offices[index // max(len(self.place.towns), 1) % len(town.offices)][0]
        below_office = self.name in ("kindergarten", "primary", "point", "nine")
        locale = self._locale(town, central)
        group = {"11": "urban", "12": "town"}.get(locale[:2], "rural")
        size = dice.lognormvariate(0, kind.spread) * kind.size[0 if town.seat else 1] * (2.2 if central else 1.0)
        return School(
            code=f"{_CODES[kind.school_type]}42{RESERVED}{next(self.serial):04}",
            name=self._named(town, central),
            school_type=kind.school_type,
            locale=locale,
            parent=CITY[0] if city_run else office if below_office else self.place.code,
            county=self.place.code,
            town=town.code,
            at=self._spot(town, central or town.seat),
            entry=dict.fromkeys(kind.stages, size),
            built=date(dice.choice((1958, 1976, 1985, 1998, 2004, 2009, 2012, 2017)), dice.randint(1, 12), 1),
            sector="private" if private else "public",
            boarding=dice.random() < kind.boarding,
            grades=dice.choice(((1, 2, 3, 4), (1, 2, 3), (1, 2, 3, 4, 5, 6))) if self.name == "point" else (),
            drift=growth.DRIFT[group] + dice.gauss(0, 0.008),
        )

    def _named(self, town: Town, central: bool) -> str:
        of_infants = self.name == "kindergarten"
        name = next(self.pools[1 if of_infants else 0])
        suffix = self.kind.suffix
        if central:
            suffix = {"primary": "中心小学", "junior": "初级中学"}[self.name]
        return f"{name}{suffix}"

    def _locale(self, town: Town, central: bool) -> str:
        """A town's own schools lie in the town, the others in its villages; streets of cities are urban."""
        if town.seat:
            edge = self.dice.random() < 0.25
            return ("112" if edge else "111") if self.place.urban else ("122" if edge else "121")
        if central or self.name in ("junior", "senior", "vocational", "special"):
            return "121" if town.name.endswith(("镇", "街道")) else "210"
        if self.name in ("kindergarten", "nine") and self.dice.random() < 0.55:
            return "121" if town.name.endswith(("镇", "街道")) else "210"
        return "220"

    def _spot(self, town: Town, near: bool) -> tuple[float, float]:
        """Somewhere around the town's centre, inside the county."""
        reach = town.reach * (0.35 if near and not town.seat else 0.5 if near else 0.95)
        far, turn = reach * sqrt(self.dice.random()), self.dice.random() * 2 * pi
        latitude = town.latitude + far * sin(turn) / 111.2
        longitude = town.longitude + far * cos(turn) / (111.3 * cos(radians(town.latitude)))
        return round(latitude, 5), round(longitude, 5)


def _sized(drawn: Sequence[School], place: Place, plan: Plan) -> Iterator[School]:
    """The schools with entries such that the county's pupils of the newest year are those of the statistics."""
    kinds = {kind.school_type: kind for kind in KINDS.values()}
    sizes: dict[tuple[str, str], float] = {}
    for stage in GRADES:
        goal = _goal(place, stage) * plan.scale
        held = [s for s in drawn if stage in s.entry]
        standing = [s for s in held if s.until == 9999]
        factor = goal / max(sum(s.entry[stage] for s in standing), 1)
        for _again in range(12):
            for s in held:
                kind = kinds[s.school_type]
                sizes[s.code, stage] = min(max(s.entry[stage] * factor, kind.smallest), kind.largest)
            factor *= goal / max(sum(sizes[s.code, stage] for s in standing), 1)
    for school in drawn:
        yield replace(school, entry={stage: _entry(school, stage, sizes[school.code, stage]) for stage in school.entry})


def _goal(place: Place, stage: str) -> float:
    if stage == "special":
        return 110
    after = place.pupils["senior"]
    return {**place.pupils, "senior": after * (1 - VOCATIONAL), "vocational": after * VOCATIONAL}[stage]


def _entry(school: School, stage: str, size: float) -> float:
    """The usual entry from which a school has its size in the newest year."""
    taught = [grade for grade in GRADES[stage] if not school.grades or grade in school.grades]
    return size / sum(growth.present(stage, grade, growth.NEWEST, school.drift) for grade in taught)
