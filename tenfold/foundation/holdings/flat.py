"""A school's year as one flat mapping: (field, stage, grade) → what the column keeps.

The importer compares and merges returns in this form; only known figures stand in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from tenfold.foundation.organisations.models import Organisation, under

from .models import GradeYear, SchoolYear, StageYear
from .words import BY_CODE, GRADE_FIELDS, GRADES, SCHOOL_FIELDS, STAGE_FIELDS

Key = tuple[str, str, int]
Flat = dict[Key, Any]

ATTRIBUTES = (
    "school_type",
    "locale",
    "sector",
    "boarding",
    "built_by_2010",
    "built_by_2016",
    "dense_centre",
)
"""What describes the school in that year rather than counts."""
_SCHOOL = tuple(f.code for f in SCHOOL_FIELDS)
_STAGE = tuple(f.code for f in STAGE_FIELDS)
_GRADE = tuple(f.code for f in GRADE_FIELDS)


@lru_cache(maxsize=4096)
def key_of(address: str) -> Key:
    """``pupils.primary.3`` → (pupils, primary, 3); the empty stage and grade 0 are undivided."""
    code, *rest = address.split(".")
    return code, rest[0] if rest else "", int(rest[1]) if len(rest) > 1 else 0


def address_of(key: Key) -> str:
    """The address of a key."""
    code, stage, grade = key
    return ".".join([code, *([stage] if stage else []), *([str(grade)] if grade else [])])


def flat_years(period: str, top: str = "") -> dict[int, tuple[int, Flat]]:
    """Version and figures of every return of a period at or below a path, by school, within the scope."""
    years = SchoolYear.objects.filter(period=period)
    stages = StageYear.objects.filter(year__period=period)
    grades = GradeYear.objects.filter(year__period=period)
    if top:
        below = Organisation.objects.filter(under(top)).values("pk")
        years = years.filter(organisation__in=below)
        stages = stages.filter(year__organisation__in=below)
        grades = grades.filter(year__organisation__in=below)
    found: dict[int, tuple[int, Flat]] = {}
    schools: dict[int, Flat] = {}
    for pk, school, version, *values in years.values_list("pk", "organisation", "version", *ATTRIBUTES, *_SCHOOL):
        flat = {
            (name, "", 0): value
            for name, value in zip((*ATTRIBUTES, *_SCHOOL), values, strict=True)
            if value is not None and value != ""
        }
        found[school] = (version, flat)
        schools[pk] = flat
    for year, stage, *values in stages.values_list("year", "stage", *_STAGE):
        schools[year].update({(c, stage, 0): v for c, v in zip(_STAGE, values, strict=True) if v is not None})
    for year, stage, grade, *values in grades.values_list("year", "stage", "grade", *_GRADE):
        schools[year].update({(c, stage, grade): v for c, v in zip(_GRADE, values, strict=True) if v is not None})
    return found


def merged(held: Flat, told: Mapping[Key, Any], named: set[Key]) -> Flat:
    """What stands after a table has been heard: its columns replace, totals keep only what their parts leave.

    ``told`` are the figures it gives, ``named`` the columns it has; a named figure that is not told
    becomes unknown.
    """
    new = {key: value for key, value in held.items() if key not in named}
    totals = {key: value for key, value in told.items() if _is_total(key)}
    totals |= _standing_totals(new, held, named)
    new.update({key: value for key, value in told.items() if key not in totals})
    for key in sorted(totals, key=lambda k: (k[1] == "", k)):
        rest = totals[key] - sum(new[part] for part in _parts_of(new, key))
        if rest < 0:
            for part in _parts_of(new, key):
                if part not in named:
                    del new[part]
            rest = totals[key] - sum(new[part] for part in _parts_of(new, key))
        new.pop(key, None)
        if rest > 0 or not _parts_of(new, key):
            new[key] = rest
    return new


def _standing_totals(new: Flat, held: Flat, named: set[Key]) -> dict[Key, Any]:
    """Totals that stood and are not named, though some of their parts are: the parts are taken out of them.

    Where a table names every grade of a stage, what stood undivided there is gone.
    """
    found: dict[Key, Any] = {}
    for key in [k for k in new if _is_total(k)]:
        parts = [k for k in named if k != key and k[0] == key[0] and (k[1] == key[1] if key[1] else k[1])]
        if not parts:
            continue
        if key[1] and {k[2] for k in parts} >= set(GRADES[key[1]]):
            del new[key]
        else:
            found[key] = held[key] + sum(held[part] for part in _parts_of(held, key))
    return found


def _is_total(key: Key) -> bool:
    code, stage, grade = key
    level = BY_CODE[code].level if code in BY_CODE else "S"
    return (level == "G" and not grade) or (level == "T" and not stage)


def _parts_of(flat: Mapping[Key, Any], key: Key) -> list[Key]:
    code, stage, _grade = key
    if stage:
        return [k for k in flat if k[0] == code and k[1] == stage and k[2]]
    return [k for k in flat if k[0] == code and k[1]]
