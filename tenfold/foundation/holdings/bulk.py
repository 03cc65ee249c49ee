"""The annual returns of many schools at once: what an import writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from tenfold.foundation.acts import touch
from tenfold.foundation.organisations.models import Organisation

from .flat import ATTRIBUTES, Flat
from .models import GradeYear, SchoolYear, StageYear
from .words import BY_CODE, SCHOOL_FIELDS

KEPT_RECORDS = 20
_ATTRIBUTES_OF_SCHOOL = ("school_type", "locale", "sector", "boarding")


@dataclass
class SchoolReturnEntry:
    """The return of one school: the version it was compared with (0: none stands), before, after, its sources."""

    school: int
    version: int
    before: Flat
    after: Flat
    records: list[str] = field(default_factory=list)


def record_school_returns(period: str, entries: Sequence[SchoolReturnEntry]) -> None:
    """Record returns of a school year, new or changed, inside a service. The later record stands first in each.

    Raises ValidationError where a return has changed since it was compared.
    """
    _record_new(period, [entry for entry in entries if entry.version == 0])
    changed = [entry for entry in entries if entry.version]
    for start in range(0, len(changed), 400):
        _record_changed(period, changed[start : start + 400])
    if entries:
        touch(period)


def _record_new(period: str, entries: Sequence[SchoolReturnEntry]) -> None:
    described = _descriptions([entry.school for entry in entries])
    years = []
    for entry in entries:
        year = SchoolYear(
            organisation_id=entry.school, period=period, records=_records(entry.records)
        )
        for name, value in described.get(entry.school, {}).items():
            setattr(year, name, value)
        _fill(year, entry.after)
        years.append(year)
    made = SchoolYear.objects.bulk_create(years, batch_size=500)
    _divide(zip(made, entries, strict=True))


def _record_changed(period: str, entries: Sequence[SchoolReturnEntry]) -> None:
    held = {
        year.organisation_id: year
        for year in SchoolYear.objects.filter(
            period=period, organisation__in=[entry.school for entry in entries]
        )
    }
    for entry in entries:
        year = held.get(entry.school)
        if year is None or year.version != entry.version:
            raise ValidationError(
                _("The returns were changed by somebody else meanwhile.")
            )
        for name in (*ATTRIBUTES, *(f.code for f in SCHOOL_FIELDS)):
            setattr(
                year, name, "" if name in ("school_type", "locale", "sector") else None
            )
        _fill(year, entry.after)
        year.version += 1
        year.records = _records([*entry.records, *year.records])
        year.changed_at = timezone.now()
    columns = [
        *ATTRIBUTES,
        *(f.code for f in SCHOOL_FIELDS),
        "version",
        "records",
        "changed_at",
    ]
    SchoolYear.objects.bulk_update(held.values(), columns, batch_size=20)
    years = [year.pk for year in held.values()]
    StageYear.objects.filter(year__in=years).delete()
    GradeYear.objects.filter(year__in=years).delete()
    _divide((held[entry.school], entry) for entry in entries)


def _descriptions(schools: Sequence[int]) -> dict[int, dict[str, Any]]:
    """What the tree knows of the schools, for a return that does not say it."""
    found: dict[int, dict[str, Any]] = {}
    for start in range(0, len(schools), 500):
        rows = Organisation.objects.filter(pk__in=schools[start : start + 500])
        for pk, built, *values in rows.values_list(
            "pk", "built_on", *_ATTRIBUTES_OF_SCHOOL
        ):
            found[pk] = dict(zip(_ATTRIBUTES_OF_SCHOOL, values, strict=True))
            if built is not None:
                found[pk] |= {
                    "built_by_2010": built.year <= 2010,
                    "built_by_2016": built.year <= 2016,
                }
    return found


def _fill(year: SchoolYear, flat: Flat) -> None:
    for (code, _stage, _grade), value in flat.items():
        if code in ATTRIBUTES or BY_CODE[code].level == "S":
            setattr(year, code, value)


def _divide(pairs: Iterator[tuple[SchoolYear, SchoolReturnEntry]]) -> None:
    """The rows by stage and by grade of some years."""
    stages: list[StageYear] = []
    grades: list[GradeYear] = []
    for year, entry in pairs:
        by_stage: dict[str, StageYear] = {}
        by_grade: dict[tuple[str, int], GradeYear] = {}
        for (code, stage, grade), value in entry.after.items():
            level = BY_CODE[code].level if code in BY_CODE else "S"
            if level == "T":
                row: Any = by_stage.setdefault(stage, StageYear(year=year, stage=stage))
            elif level == "G":
                row = by_grade.setdefault(
                    (stage, grade), GradeYear(year=year, stage=stage, grade=grade)
                )
            else:
                continue
            setattr(row, code, value)
        stages += by_stage.values()
        grades += by_grade.values()
    StageYear.objects.bulk_create(stages, batch_size=200)
    GradeYear.objects.bulk_create(grades, batch_size=400)


def _records(records: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(records))[:KEPT_RECORDS]
