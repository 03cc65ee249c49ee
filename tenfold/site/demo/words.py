"""What the sample city is made of: a plan, its schools, and what befell them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from . import places

SEED = "tenfold"
CITY = places.city()
RESERVED = "99"
"""The serial number of every invented school begins so; no school of the province has such a number."""

Row = dict[str, Any]
"""One row of a table: values by address (see ``foundation.declare.imports``)."""


@dataclass(frozen=True)
class Plan:
    """What is made: all of the city, or for tests a part of it. ``scale``: which share of the institutions."""

    counties: tuple[str, ...] = tuple(places.counties())
    scale: float = 1.0
    years: tuple[int, ...] = (2018, 2019, 2020, 2021, 2022, 2023)
    seed: str = SEED


@dataclass(frozen=True)
class School:
    """An invented school. ``entry``: how many pupils begin each stage in a usual year; ``since``, ``until``: the
    first school year in which it stands, and the first in which it no longer does (by their first calendar year).
    """

    code: str
    name: str
    school_type: str
    locale: str
    parent: str
    county: str
    town: str
    at: tuple[float, float]
    entry: dict[str, float]
    built: date
    sector: str = "public"
    boarding: bool = False
    grades: tuple[int, ...] = ()
    drift: float = 0.0
    since: int = 0
    until: int = 9999
    former: tuple[int, str, str] = (0, "", "")
    """Until some school year it had another name, or another parent (the other text is empty then)."""

    @property
    def kind(self) -> str:
        """school or point."""
        return "point" if self.school_type == "218" else "school"

    @property
    def group(self) -> str:
        """urban, town or rural."""
        return {"11": "urban", "12": "town"}.get(self.locale[:2], "rural")

    def stands(self, year: int) -> bool:
        """Whether it teaches in a school year."""
        return self.since <= year < self.until

    def name_in(self, year: int) -> str:
        """Its name in a school year."""
        until, name, _parent = self.former
        return name if name and year < until else self.name

    def parent_in(self, year: int) -> str:
        """The code of the organisation above it in a school year."""
        until, _name, parent = self.former
        return parent if parent and year < until else self.parent

    def organisation(self, year: int) -> Row:
        """Its row in the table of organisations of a school year."""
        row: Row = {
            "school_code": self.code,
            "name": self.name_in(year),
            "kind": self.kind,
            "administering_authority": self.parent_in(year),
            "school_type": self.school_type,
            "locale": self.locale,
            "sector": self.sector,
            "boarding": "yes" if self.boarding else "no",
            "latitude": self.at[0],
            "longitude": self.at[1],
            "coordinates": "GCJ02",
            "built_on": self.built,
        }
        return row | ({"location_county": self.county} if row["administering_authority"] == CITY[0] else {})


@dataclass(frozen=True)
class Happening:
    """Something that befell a school on 1 September of ``year``: merged, closed, renamed, moved, split.

    ``other``: into whom, below whom, or who was split off; ``text``: the new name.
    """

    year: int
    kind: str
    code: str
    other: str = ""
    text: str = ""
