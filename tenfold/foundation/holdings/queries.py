"""Reads of the return: a school's year as its page shows it, and the list of schools."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q

from tenfold.foundation.declare import Field
from tenfold.foundation.organisations.models import SCHOOLS, Organisation, under
from tenfold.foundation.people.models import Appointment
from tenfold.foundation.ui.figures import Figure

from .models import GradeYear, SchoolYear, StageYear, shown
from .words import (
    BY_CODE,
    GRADE_FIELDS,
    LOCALES,
    SCHOOL_FIELDS,
    SCHOOL_TYPES,
    STAGE_FIELDS,
    STAGES,
)

Number = Decimal | int | None


@dataclass(frozen=True)
class StageColumn:
    """One stage of a school: its pupils by grade, and its figures by field."""

    stage: str
    title: str
    grades: tuple[tuple[int, int | None], ...]
    figures: dict[str, Figure]


@dataclass(frozen=True)
class SchoolCard:
    """What stands on one page about one school in one school year."""

    school: Organisation
    period: str
    periods: tuple[str, ...]
    held: bool
    records: tuple[str, ...]
    totals: dict[str, Figure]
    stages: tuple[StageColumn, ...]
    undivided: dict[str, Figure]


def _figure(field: Field, value: Number, school: Organisation, period: str, split: str = "") -> Figure:
    in_wan = field.kind == "money"
    number = None if value is None else (Decimal(value) / 10000 if in_wan else Decimal(value))
    return Figure(
        value=number,
        unit=_wan() if in_wan else str(field.unit),
        decimals=1 if in_wan else 0,
        indicator=f"holdings.{field.code}",
        place=school.code,
        period=period,
        split=split,
    )


def _wan() -> str:
    from django.utils.translation import gettext

    return gettext("10,000 yuan")


def _sum(values: list[int | None]) -> int | None:
    known = [v for v in values if v is not None]
    return sum(known) if known else None


def school_card(school: Organisation, period: str = "") -> SchoolCard:
    """A school on one page. The newest held period when none is named."""
    years: dict[str, Any] = {y.period: y for y in SchoolYear.objects.filter(organisation=school).order_by("period")}
    periods = list(years)
    chosen = period or (periods[-1] if periods else "")
    year = years.get(chosen)
    if year is None:
        return SchoolCard(school, chosen, tuple(periods), False, (), {}, (), {})
    stages = {s.stage: s for s in StageYear.objects.filter(year=year)}
    grades = list(GradeYear.objects.filter(year=year).order_by("grade"))
    totals = {f.code: _figure(f, shown(f, getattr(year, f.code)), school, chosen) for f in SCHOOL_FIELDS}
    for field in STAGE_FIELDS:
        value = _sum([getattr(s, field.code) for s in stages.values()])
        totals[field.code] = _figure(field, value, school, chosen)
    for field in GRADE_FIELDS:
        totals[field.code] = _figure(field, _sum([getattr(g, field.code) for g in grades]), school, chosen)
    columns = []
    for stage, title in STAGES:
        if stage not in stages and not any(g.stage == stage for g in grades):
            continue
        columns.append(_stage_column(stage, str(title), stages.get(stage), grades, school, chosen))
    rest = stages.get("")
    undivided = {
        f.code: _figure(f, getattr(rest, f.code), school, chosen)
        for f in STAGE_FIELDS
        if rest is not None and getattr(rest, f.code) is not None
    }
    return SchoolCard(
        school,
        chosen,
        tuple(periods),
        True,
        tuple(year.records),
        totals,
        tuple(columns),
        undivided,
    )


def _stage_column(
    stage: str,
    title: str,
    row: StageYear | None,
    grades: list[GradeYear],
    school: Organisation,
    period: str,
) -> StageColumn:
    mine: list[Any] = [g for g in grades if g.stage == stage]
    split = f"stage={stage}"
    figures = {f.code: _figure(f, getattr(row, f.code) if row else None, school, period, split) for f in STAGE_FIELDS}
    for field in GRADE_FIELDS:
        figures[field.code] = _figure(field, _sum([getattr(g, field.code) for g in mine]), school, period, split)
    by_grade = tuple((g.grade, g.pupils) for g in mine if g.grade)
    return StageColumn(stage, title, by_grade, figures)


def words_of(field: str, code: str) -> str:
    """The Chinese word of a coded value, such as 九年一贯制学校."""
    table: dict[str, tuple[str, ...]] = dict({"school_type": SCHOOL_TYPES, "locale": LOCALES}.get(field, ()))
    return table[code][0] if code in table else ""


def head_of(school: Organisation) -> Appointment | None:
    """The principal in post, where one is recorded."""
    from tenfold.foundation.calendar import today

    day = today()
    return (
        Appointment.objects.filter(organisation=school, role="principal", since__lte=day)
        .filter(Q(until__isnull=True) | Q(until__gt=day))
        .select_related("person")
        .first()
    )


def schools(place: Organisation, text: str = "") -> Any:
    """Open schools and points at or below a place whose name, initials or code contain a text."""
    found = Organisation.objects.filter(under(place.path), kind__in=SCHOOLS, closed_on=None)
    for word in text.lower().split():
        found = found.filter(Q(name__icontains=word) | Q(initials__contains=word) | Q(code__startswith=word))
    return found.order_by("sort_key", "pk")


def field(code: str) -> Field:
    """A field of the return by code."""
    return BY_CODE[code]
