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
    """What stands after a table has been heard: its columns replace, the others stay.

    ``told`` are the figures it gives, ``named`` the columns it has; a named figure that is not told
    becomes unknown. A total (grade 0, the empty stage) stands beside its parts as it was stated, see
    ``facts.reading``; where an older total and newer parts cannot both be true, the newer word stands.
    """
    new = {key: value for key, value in held.items() if key not in named}
    new.update(told)
    for key in sorted((key for key in new if _is_total(key)), key=lambda k: (k[1] == "", k)):
        if _fits(new, key):
            continue
        if key not in named:
            del new[key]
        else:
            for part in _parts_of(new, key):
                if part not in named:
                    del new[part]
    return {key: value for key, value in new.items() if not _told_by_grades(new, key)}


def _fits(flat: Flat, key: Key) -> bool:
    """Whether a total can be true beside its parts."""
    code, stage, _grade = key
    if stage:
        total = sum(flat[part] for part in _parts_of(flat, key))
        return bool(total == flat[key] if _by_every_grade(flat, code, stage) else total <= flat[key])
    stages = {part[1] for part in _parts_of(flat, key)}
    return bool(sum(_of_stage(flat, code, stage) for stage in stages) <= flat[key])


def _of_stage(flat: Flat, code: str, stage: str) -> Any:
    stated = flat.get((code, stage, 0))
    return stated if stated is not None else sum(v for k, v in flat.items() if k[:2] == (code, stage))


def _by_every_grade(flat: Flat, code: str, stage: str) -> bool:
    return {k[2] for k in flat if k[:2] == (code, stage)} >= set(GRADES[stage])


def _told_by_grades(flat: Flat, key: Key) -> bool:
    """A stage's total that its grades tell wholly: it need not be kept a second time."""
    return bool(_is_total(key) and key[1] and _by_every_grade(flat, key[0], key[1]))


def _is_total(key: Key) -> bool:
    code, stage, grade = key
    level = BY_CODE[code].level if code in BY_CODE else "S"
    return (level == "G" and not grade) or (level == "T" and not stage)


def _parts_of(flat: Mapping[Key, Any], key: Key) -> list[Key]:
    code, stage, _grade = key
    if stage:
        return [k for k in flat if k[0] == code and k[1] == stage and k[2]]
    return [k for k in flat if k[0] == code and k[1]]
