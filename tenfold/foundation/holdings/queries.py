"""Reads of the return: a school's year as its page shows it, and the list of schools."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q

from tenfold.foundation.calendar import Period
from tenfold.foundation.declare import Field
from tenfold.foundation.organisations import queries as organisations
from tenfold.foundation.organisations.models import SCHOOLS, STEP, Organisation, under
from tenfold.foundation.people.models import Appointment
from tenfold.foundation.ui.figures import Figure

from .facts.reading import AT, UNKNOWN_T, G, Row, SchoolReturn, T, assemble, sums
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


def school_card(school: Organisation, period: str = "") -> SchoolCard:
    """A school on one page. The newest held period when none is named."""
    years: dict[str, Any] = {y.period: y for y in SchoolYear.objects.filter(organisation=school).order_by("period")}
    periods = list(years)
    chosen = period or (periods[-1] if periods else "")
    year = years.get(chosen)
    if year is None:
        return SchoolCard(school, chosen, tuple(periods), False, (), {}, (), {})
    one, undivided = _read(year, school)
    totals = {f.code: _figure(f, shown(f, getattr(year, f.code)), school, chosen) for f in SCHOOL_FIELDS}
    for fields, whole in ((STAGE_FIELDS, one.whole), (GRADE_FIELDS, one.whole_grades)):
        totals |= {f.code: _figure(f, whole[AT[f.code]], school, chosen) for f in fields}
    columns = [_stage_column(stage, one, school, chosen) for stage, _title in STAGES if stage in one.taught]
    rest = {f.code: _figure(f, undivided[AT[f.code]], school, chosen) for f in STAGE_FIELDS}
    return SchoolCard(
        school,
        chosen,
        tuple(periods),
        True,
        tuple(year.records),
        totals,
        tuple(columns),
        {code: figure for code, figure in rest.items() if figure.value is not None},
    )


def _read(year: SchoolYear, school: Organisation) -> tuple[SchoolReturn, Row]:
    """A school's year as the facts read it, so that its page says what every figure says; and its undivided row."""
    stages = {stage: values for stage, *values in StageYear.objects.filter(year=year).values_list("stage", *T)}
    grades: dict[str, list[tuple[int, Row]]] = {}
    rows = GradeYear.objects.filter(year=year).order_by("grade").values_list("stage", "grade", *G)
    for stage, grade, *values in rows:
        grades.setdefault(stage, []).append((grade, values))
    kind, locale = year.school_type or school.school_type, year.locale or school.locale
    return assemble(school.pk, kind, locale, "", (), stages, grades), stages.get("", UNKNOWN_T)


def _stage_column(stage: str, one: SchoolReturn, school: Organisation, period: str) -> StageColumn:
    split = f"stage={stage}"
    by_stage = ((STAGE_FIELDS, one.stages[stage]), (GRADE_FIELDS, sums(one.grades[stage])))
    figures = {f.code: _figure(f, row[AT[f.code]], school, period, split) for fields, row in by_stage for f in fields}
    by_grade = tuple((grade, row[AT["pupils"]]) for grade, row in one.grades[stage] if grade)
    return StageColumn(stage, str(dict(STAGES)[stage]), by_grade, figures)


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


def with_authorities(found: Iterable[Organisation]) -> list[tuple[Organisation, str]]:
    """Schools with the name of the organisation that administers each."""
    schools = list(found)
    above = {school.pk: int(school.path[-2 * STEP : -STEP] or 0) for school in schools}
    names = {pk: card.name for pk, card in organisations.cards(above.values()).items()}
    return [(school, names.get(above[school.pk], "")) for school in schools]


def field(code: str) -> Field:
    """A field of the return by code."""
    return BY_CODE[code]


def without_return(place: Organisation, period: str) -> list[tuple[str, str]]:
    """(code, name) of the open schools and points at or below a place whose return of a period is not held; what was
    split off later in the year stands in the return of the school from which it came.
    """
    held = SchoolYear.objects.filter(period=period).values("organisation")
    found = Organisation.objects.filter(under(place.path), kind__in=SCHOOLS, closed_on=None).exclude(pk__in=held)
    found = organisations.not_yet_split_off(found, Period.parse(period).census_day)
    return list(found.order_by("sort_key", "pk").values_list("code", "name"))
