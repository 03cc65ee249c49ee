"""Which schools the invented county has. Pure and seeded: the same seed gives the same county to the last figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from random import Random
from typing import Any

from . import names

SEED = "tenfold"
CITY = ("421200", "咸宁市")
COUNTY = ("429900", "云岫县")
"""An invented county: no county of China bears this code."""

Row = dict[str, Any]
"""One row of a table: values by address (see ``foundation.declare.imports``)."""


@dataclass(frozen=True)
class School:
    """An invented school. ``entry``: how many pupils begin each stage in a usual year."""

    code: str
    name: str
    school_type: str
    locale: str
    parent: str
    entry: dict[str, float]
    built: date
    sector: str = "public"
    boarding: bool = False
    grades: tuple[int, ...] = ()
    city_run: bool = False

    @property
    def kind(self) -> str:
        """school or point."""
        return "point" if self.school_type == "218" else "school"

    @property
    def group(self) -> str:
        """urban, town or rural."""
        return {"11": "urban", "12": "town"}.get(self.locale[:2], "rural")


@dataclass(frozen=True)
class County:
    """The county: township offices as (code, name), and 120 schools."""

    seed: str
    townships: list[tuple[str, str]] = field(default_factory=list)
    schools: list[School] = field(default_factory=list)

    def organisations(self) -> list[Row]:
        """Township offices and schools as the table of organisations holds them."""
        offices: list[Row] = [
            {"school_code": code, "name": name, "kind": "township", "administering_authority": COUNTY[0]}
            for code, name in self.townships
        ]
        return offices + [self._row(school) for school in self.schools]

    def _row(self, school: School) -> Row:
        row: Row = {
            "school_code": school.code,
            "name": school.name,
            "kind": school.kind,
            "administering_authority": school.parent,
            "school_type": school.school_type,
            "locale": school.locale,
            "sector": school.sector,
            "boarding": "yes" if school.boarding else "no",
            "built_on": school.built,
        }
        if school.city_run:
            row["location_county"] = COUNTY[0]
        return row

    def staff(self) -> list[Row]:
        """A head for every school that is a legal person, with the day of the appointment."""
        dice = Random(f"{self.seed}|staff")
        return [
            {
                "number": f"XZ{school.code[-6:]}",
                "name": names.person(dice),
                "school_code": school.code,
                "title": "园长" if school.school_type == "111" else "校长",
                "main": "yes",
                "since": date(dice.randint(2012, 2022), dice.choice((2, 8)), 20),
            }
            for school in self.schools
            if school.kind == "school"
        ]

    def head_of(self, school: School) -> Row:
        """The row of a school's head."""
        return next(row for row in self.staff() if row["school_code"] == school.code)

    def example(self) -> School:
        """The school whose head and teacher sign in: a town's central primary school."""
        return next(s for s in self.schools if s.school_type == "211" and s.group == "town")


@dataclass(frozen=True)
class _Kind:
    """How schools of a kind come out: how many, where, and the usual entry of each stage."""

    number: int
    school_type: str
    locales: tuple[str, ...]
    entry: dict[str, tuple[float, float]]
    suffix: str
    boarding: float = 0.0
    sector: str = "public"
    seat: bool = False


KINDS = (
    _Kind(8, "111", ("121", "111"), {"kindergarten": (60, 0.35)}, "幼儿园"),
    _Kind(9, "211", ("121",), {"primary": (88, 0.3)}, "镇中心小学", 0.1),
    _Kind(30, "211", ("220", "220", "210"), {"primary": (23, 0.6)}, "小学"),
    _Kind(34, "218", ("220",), {"primary": (6.5, 0.5)}, "教学点"),
    _Kind(8, "211", ("111", "111", "112"), {"primary": (235, 0.3)}, "小学", seat=True),
    _Kind(9, "311", ("121",), {"junior": (120, 0.35)}, "镇初级中学", 0.9),
    _Kind(4, "311", ("111", "112"), {"junior": (430, 0.25)}, "中学", seat=True),
    _Kind(9, "312", ("210", "210", "121"), {"primary": (42, 0.35), "junior": (62, 0.35)}, "九年一贯制学校", 0.6),
    _Kind(1, "345", ("112",), {"primary": (110, 0.1), "junior": (150, 0.1), "senior": (160, 0.1)}, "外国语学校",
          1.0, "private", seat=True),
    _Kind(2, "341", ("121",), {"junior": (180, 0.2), "senior": (310, 0.2)}, "中学", 1.0),
    _Kind(3, "342", ("111",), {"senior": (720, 0.25)}, "高级中学", 1.0, seat=True),
    _Kind(2, "365", ("111",), {"vocational": (480, 0.2)}, "职业技术学校", 1.0, seat=True),
    _Kind(1, "511", ("111",), {"special": (9, 0.05)}, "特殊教育学校", 0.0, seat=True),
)  # fmt: skip
"""120 schools: log-normal sizes, as the counties of the middle provinces have them."""

_CODES = {"111": "11", "211": "21", "218": "21", "311": "31", "312": "31", "341": "34", "342": "34", "345": "34",
          "365": "36", "511": "51"}  # fmt: skip


def county(seed: str = SEED) -> County:
    """The county of a seed."""
    dice = Random(f"{seed}|county")
    place = names.places(dice)
    towns = [next(place) for _ in range(names.TOWNSHIPS)]
    townships = [(f"4299{10 + index}", f"{town}镇中心学校") for index, town in enumerate(towns)]
    made = County(seed, townships)
    serial = count(1)
    for kind in KINDS:
        made.schools.extend(_schools(kind, dice, made.townships, towns, place, serial))
    return made


def _schools(
    kind: _Kind, dice: Random, townships: list[tuple[str, str]], towns: list[str], place: Iterator[str],
    serial: Iterator[int],
) -> Iterator[School]:  # fmt: skip
    for index in range(kind.number):
        at = index % len(towns)
        own_name = kind.suffix.startswith("镇")
        name = f"{towns[at] if own_name else next(place)}{kind.suffix}"
        below_township = not kind.seat and kind.school_type in ("111", "211", "218", "312")
        city_run = kind.school_type == "312" and index == kind.number - 1
        parent = CITY[0] if city_run else townships[at][0] if below_township else COUNTY[0]
        entry = {
            stage: usual * min(max(dice.lognormvariate(0, sigma), 0.25), 3.2)
            for stage, (usual, sigma) in kind.entry.items()
        }
        yield School(
            code=f"{_CODES[kind.school_type]}99{next(serial):06}",
            name=f"市属{name}" if city_run else name,
            school_type=kind.school_type,
            locale="111" if city_run else kind.locales[index % len(kind.locales)],
            parent=parent,
            entry=entry,
            built=date(dice.choice((1958, 1976, 1985, 1998, 2004, 2009, 2012, 2017)), dice.randint(1, 12), 1),
            sector=kind.sector,
            boarding=dice.random() < kind.boarding,
            grades=(1, 2, 3, 4) if kind.school_type == "218" else (),
            city_run=city_run,
        )
