"""What befell the schools in the years of the plan: new names, other offices, mergers, closings, a split."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random

from .places import Place
from .words import CITY, Happening, Plan, School

RENAMED, MOVED = 0.010, 0.005
"""Which shares of the schools were given another name, and put below another office."""


def changed(schools: list[School], place: Place, plan: Plan, fresh_names: Iterator[str], dice: Random) -> list[School]:
    """The schools of a county with what they were called, and below whom they stood, in earlier years."""
    settled = [index for index, s in enumerate(schools) if not s.since and s.until == 9999 and s.school_type != "111"]
    if len(plan.years) < 2 or not settled:
        return schools
    last = plan.years[-1]
    chosen = dice.sample(settled, min(round(len(schools) * (RENAMED + MOVED)) + 1, len(settled)))
    offices = [code for town in place.towns for code, _name in town.offices]
    for number, index in enumerate(chosen):
        school, year = schools[index], dice.randint(plan.years[0] + 1, last)
        if number % 3 == 2 and school.parent in offices:
            others = [code for code in offices if code != school.parent]
            schools[index] = replace(school, former=(year, "", dice.choice(others)))
        else:
            suffix = school.name[2:]
            schools[index] = replace(school, former=(year, f"{next(fresh_names)}{suffix}", ""))
    return _taken_over(schools, plan)


def _taken_over(schools: list[School], plan: Plan) -> list[School]:
    """One of the city's own schools was the county's before."""
    for index, school in enumerate(schools):
        if school.parent == CITY[0] and school.school_type == "311" and not school.former[0]:
            schools[index] = replace(school, former=(plan.years[len(plan.years) // 2], "", school.county))
            break
    return schools


def happenings(schools: Sequence[School], year: int) -> Iterator[Happening]:
    """What befell them at the beginning of a school year, beside those that were opened."""
    for school in schools:
        until, name, parent = school.former
        if until == year and name:
            yield Happening(year, "renamed", school.code, text=school.name)
        if until == year and parent:
            yield Happening(year, "moved", school.code, other=school.parent)
        if school.until == year:
            into = heir(school, schools, year)
            yield Happening(year, "merged" if into else "closed", school.code, other=into)
        if school.since == year and (origin := split_from(school, schools, year)):
            yield Happening(year, "split", origin, other=school.code)


def heir(gone: School, schools: Sequence[School], year: int) -> str:
    """Into which school one was merged: a primary school of its town, else of its county; none for a kindergarten."""
    if gone.school_type == "111":
        return ""
    here = [s for s in schools if s.county == gone.county and s.school_type == "211" and s.stands(year) and not s.since]
    return next((s.code for s in sorted(here, key=lambda s: s.town != gone.town)), "")


def split_from(new: School, schools: Sequence[School], year: int) -> str:
    """From which school a new junior school was split off: one of its town that goes on teaching."""
    if new.school_type != "311":
        return ""
    return next(
        (s.code for s in schools if s.town == new.town and s.school_type in ("311", "312") and s.stands(year - 1)), ""
    )
