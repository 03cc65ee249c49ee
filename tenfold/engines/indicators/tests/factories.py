"""A city of two counties with a handful of returns, written straight to the tables."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from tenfold.foundation.acts import permitted
from tenfold.foundation.acts.models import DirtyFact
from tenfold.foundation.holdings.models import GradeYear, SchoolYear, StageYear, stored
from tenfold.foundation.holdings.words import BY_CODE, GRADE_FIELDS, STAGE_FIELDS
from tenfold.foundation.organisations.models import Kind, Organisation
from tenfold.foundation.organisations.services import Draft, open_organisation
from tenfold.foundation.scope import AccessContext, acting, as_system

PERIOD = "2023-24"
FOUNDED = date(2000, 9, 1)
T = {f.code for f in STAGE_FIELDS}
G = {f.code for f in GRADE_FIELDS}


@contextmanager
def writing() -> Iterator[None]:
    """Write to the tables without a service, as a system."""
    with as_system("tests"), permitted("service"):
        yield


def place(
    code: str, parent: Organisation | None, kind: str, *, location: Organisation | None = None, **more: Any
) -> Organisation:
    """Open a place of the tree."""
    with as_system("tests"):
        return open_organisation(Draft(code, more.pop("name", code), kind, parent, FOUNDED, location, more))


def school(
    code: str, parent: Organisation, kind: str = "211", *, location: Organisation | None = None, **more: Any
) -> Organisation:
    """Open a school; 218 is a teaching point."""
    tier = Kind.POINT if kind == "218" else Kind.SCHOOL
    return place(
        code,
        parent,
        tier,
        location=location,
        school_type=kind,
        **{"name": f"School {code}", "locale": "220", "sector": "public", **more},
    )


def hand_in(school: Organisation, period: str = PERIOD, records: tuple[str, ...] = (), **values: Any) -> SchoolYear:
    """A return. Values by address with ``__`` for the dot: ``pupils__primary=600``, ``pupils__primary__3=90``."""
    with writing():
        SchoolYear.objects.filter(organisation=school, period=period).delete()
        year = SchoolYear(
            organisation=school, period=period, school_type=school.school_type, locale=school.locale,
            sector=school.sector, records=list(records),
        )  # fmt: skip
        stages: dict[str, StageYear] = {}
        grades: dict[tuple[str, int], GradeYear] = {}
        for address, value in values.items():
            code, _dot, rest = address.partition("__")
            if code in T:
                setattr(stages.setdefault(rest, StageYear(year=year, stage=rest)), code, value)
            elif code in G:
                stage, _dot, grade = rest.partition("__")
                key = (stage, int(grade or 0))
                setattr(grades.setdefault(key, GradeYear(year=year, stage=stage, grade=key[1])), code, value)
            else:
                setattr(year, code, stored(BY_CODE[code], Decimal(str(value))))
        year.save()
        for row in (*stages.values(), *grades.values()):
            row.save()
        DirtyFact.objects.create(fact="*", period=period)
    return year


@dataclass
class City:
    """The cast: a city, counties A and B, township T of A, and their schools by code."""

    city: Organisation
    a: Organisation
    b: Organisation
    township: Organisation
    schools: dict[str, Organisation] = field(default_factory=dict)


def city() -> City:
    """Counties A and B; primary schools a1 (under the township), a2 (under A), a nine-year school a9,
    a city-run school c1 located in A, and b1 in B.
    """
    top = place("C", None, Kind.CITY)
    a, b = place("A", top, Kind.COUNTY), place("B", top, Kind.COUNTY)
    township = place("T", a, Kind.TOWNSHIP)
    cast = City(top, a, b, township)
    cast.schools = {
        "a1": school("a1", township),
        "a2": school("a2", a, locale="121"),
        "a9": school("a9", township, "312"),
        "c1": school("c1", top, location=a, locale="111"),
        "b1": school("b1", b, locale="", sector="private"),
    }
    return cast


def returns(cast: City, period: str = PERIOD) -> None:
    """Plain returns: pupils, teachers, backbone teachers, areas."""
    schools = cast.schools
    primary = {"pupils__primary": 200, "teachers__primary": 20, "teachers_backbone__primary": 2}
    hand_in(schools["a1"], period, ("1#S!2",), **primary, area_sports=1500, area_teaching=1000, area_indoor_sports=100)
    primary = {"pupils__primary": 300, "teachers__primary": 15, "teachers_backbone__primary": 6}
    hand_in(schools["a2"], period, ("1#S!3",), **primary, area_sports=2400, area_teaching=1500, area_indoor_sports=0)
    primary = {"pupils__primary": 600, "teachers__primary": 30, "teachers_backbone__primary": 3}
    junior = {"pupils__junior": 300, "teachers__junior": 25, "teachers_backbone__junior": 9}
    hand_in(schools["a9"], period, ("1#S!4",), **primary, **junior, area_sports=5400)
    primary = {"pupils__primary": 1000, "teachers__primary": 50, "teachers_backbone__primary": 20}
    hand_in(schools["c1"], period, ("1#S!5",), **primary)
    primary = {"pupils__primary": 100, "teachers__primary": None, "teachers_backbone__primary": 1}
    hand_in(schools["b1"], period, ("1#S!6",), **primary)


def context(
    *places: Organisation, rights: tuple[str, ...] = ("indicators.see_values", "indicators.see_sources")
) -> Any:
    """Act as somebody whose post reaches some places."""
    return acting(AccessContext("somebody", 1, 1, places[0].pk, "", frozenset(rights), tuple(p.path for p in places)))
