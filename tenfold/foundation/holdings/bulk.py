"""The annual returns of many schools at once: what an import writes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tenfold.foundation.acts import touch
from tenfold.foundation.calendar import now
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.scope.bulk import insert_known

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


def take_back_school_returns(period: str, gone: Sequence[int], restored: Sequence[SchoolReturnEntry]) -> None:
    """Undo: take returns of some schools away, and give others back their figures and sources. Inside a service."""
    for start in range(0, len(gone), 400):
        SchoolYear.objects.filter(period=period, organisation__in=gone[start : start + 400]).delete()
    for start in range(0, len(restored), 400):
        part = restored[start : start + 400]
        _record_changed(period, part)
        held = {e.school: e.records for e in part}
        years = list(SchoolYear.objects.filter(period=period, organisation__in=list(held)))
        for year in years:
            year.records = held[year.organisation_id]
        SchoolYear.objects.bulk_update(years, ["records"], batch_size=200)
    touch(period)


def records_of(period: str, schools: Sequence[int]) -> dict[int, list[str]]:
    """Where the returns of some schools came from."""
    found: dict[int, list[str]] = {}
    for start in range(0, len(schools), 500):
        part = SchoolYear.objects.filter(period=period, organisation__in=schools[start : start + 500])
        found.update(part.values_list("organisation", "records"))
    return found


def _record_new(period: str, entries: Sequence[SchoolReturnEntry]) -> None:
    described = _descriptions([entry.school for entry in entries])
    moment = now()
    blank: dict[str, Any] = {"school_type": "", "locale": "", "sector": "", "period": period, "version": 1}
    insert_known(
        SchoolYear,
        [
            {
                **blank,
                **described.get(entry.school, {}),
                **_of_school(entry.after),
                "organisation": entry.school,
                "records": _records(entry.records),
                "changed_at": moment,
            }
            for entry in entries
        ],
    )
    years = dict(SchoolYear.objects.filter(period=period, changed_at=moment).values_list("organisation", "pk"))
    _divide((years[entry.school], entry) for entry in entries)


def _record_changed(period: str, entries: Sequence[SchoolReturnEntry]) -> None:
    held = {
        year.organisation_id: year
        for year in SchoolYear.objects.filter(period=period, organisation__in=[entry.school for entry in entries])
    }
    for entry in entries:
        year = held.get(entry.school)
        if year is None or year.version != entry.version:
            raise ValidationError(_("The returns were changed by somebody else meanwhile."))
        for name in (*ATTRIBUTES, *(f.code for f in SCHOOL_FIELDS)):
            setattr(year, name, "" if name in ("school_type", "locale", "sector") else None)
        for name, value in _of_school(entry.after).items():
            setattr(year, name, value)
        year.version += 1
        year.records = _records([*entry.records, *year.records])
        year.changed_at = now()
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
    _divide((held[entry.school].pk, entry) for entry in entries)


def _descriptions(schools: Sequence[int]) -> dict[int, dict[str, Any]]:
    """What the tree knows of the schools, for a return that does not say it."""
    found: dict[int, dict[str, Any]] = {}
    for start in range(0, len(schools), 500):
        rows = Organisation.objects.filter(pk__in=schools[start : start + 500])
        for pk, built, *values in rows.values_list("pk", "built_on", *_ATTRIBUTES_OF_SCHOOL):
            found[pk] = dict(zip(_ATTRIBUTES_OF_SCHOOL, values, strict=True))
            if built is not None:
                found[pk] |= {
                    "built_by_2010": built.year <= 2010,
                    "built_by_2016": built.year <= 2016,
                }
    return found


def _of_school(flat: Flat) -> dict[str, Any]:
    """What of a return is kept once a school."""
    return {code: value for (code, _s, _g), value in flat.items() if code in ATTRIBUTES or BY_CODE[code].level == "S"}


def _divide(pairs: Iterable[tuple[int, SchoolReturnEntry]]) -> None:
    """The rows by stage and by grade of some years (ids)."""
    stages: list[dict[str, Any]] = []
    grades: list[dict[str, Any]] = []
    for year, entry in pairs:
        by_stage: dict[str, dict[str, Any]] = {}
        by_grade: dict[tuple[str, int], dict[str, Any]] = {}
        for (code, stage, grade), value in entry.after.items():
            level = BY_CODE[code].level if code in BY_CODE else "S"
            if level == "T":
                by_stage.setdefault(stage, {"year": year, "stage": stage})[code] = value
            elif level == "G":
                by_grade.setdefault((stage, grade), {"year": year, "stage": stage, "grade": grade})[code] = value
        stages += by_stage.values()
        grades += by_grade.values()
    insert_known(StageYear, stages)
    insert_known(GradeYear, grades)


def _records(records: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(records))[:KEPT_RECORDS]
