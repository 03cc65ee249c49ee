"""Boxes on others' pages: one sentence of the self-assessment on a place's page, the seven on a school's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tenfold.engines.indicators import queries as values
from tenfold.foundation.holdings import standards as files
from tenfold.foundation.organisations.models import Kind, Organisation
from tenfold.foundation.scope import AccessContext
from tenfold.foundation.ui.figures import Figure
from tenfold.pure.balance import Row

from .. import queries
from ..words import SIGNS, STAGES, footnote, short, state_word
from .asked import Asked, count, need


@dataclass(frozen=True)
class SevenRow:
    """One resource of one part: what is asked, what is there, its course, what is missing (最小一步)."""

    title: str
    asked: Figure
    figure: Figure
    state: str
    word: str
    course: tuple[float | None, ...]
    step: Figure | None


@dataclass(frozen=True)
class SevenPart:
    """A school, or one stage of a whole-through school, held against the seven resources."""

    stage: str
    met: Figure
    rows: tuple[SevenRow, ...]
    document: str
    footnote: str
    href: str


def school_panel(context: AccessContext, school: Organisation, period: str) -> list[SevenPart] | None:
    """The panel of the school's page; None where the school has no part that the standard judges."""
    held = values.periods()
    if period not in held:
        return None
    found = queries.assessed(school, period)
    asked = Asked(found.standard, school, period, "primary")
    years = [year for year in held if year <= period][-3:]
    parts = [
        _seven(asked.at(stage=code), row, _courses(asked.at(stage=code), years))
        for code, stage in found.assessment.stages.items()
        for row in stage.rows
    ]
    return parts or None


def _courses(asked: Asked, years: list[str]) -> dict[str, tuple[float | None, ...]]:
    codes = {
        code: r.code
        for r in asked.standard.resources
        if (code := queries.resource_indicator(asked.standard.code, r.code))
    }
    told = [values.values_of(list(codes), asked.place, year, asked.split) for year in years]
    return {resource: tuple(year[code].value for year in told) for code, resource in codes.items()}


def _seven(asked: Asked, row: Row, courses: dict[str, tuple[float | None, ...]]) -> SevenPart:
    assert row.verdict is not None
    gaps = {n.resource.code: n for n in row.full}
    rows = []
    for item in row.verdict.items:
        sign, gap = SIGNS[item.state], gaps.get(item.resource.code)
        rows.append(
            SevenRow(
                title=short(item.resource),
                asked=Figure(item.threshold, decimals=0 if item.threshold >= 100 else 1),
                figure=asked.resource(item.resource, item.value, "", sign if sign in ("attention", "late") else ""),
                state=sign,
                word=state_word(item.state),
                course=courses.get(item.resource.code, ()),
                step=need(item.resource, gap.school) if gap else None,
            )
        )
    return SevenPart(
        asked.stage_word,
        count(row.count("met")),
        tuple(rows),
        asked.standard.document,
        footnote(asked.standard),
        asked.school_url(asked.place.code),
    )


def place_panel(context: AccessContext, place: Organisation, period: str) -> dict[str, Any] | None:
    """One or two sentences for the page of a county or a city; None elsewhere and where nothing is held."""
    if period not in values.periods() or place.kind not in (Kind.COUNTY, Kind.CITY):
        return None
    asked = Asked(files.standard(), place, period, "primary")
    if place.kind == Kind.CITY:
        return _city_sentence(asked)
    stages = queries.assessed(place, period).assessment.stages
    schools = _("schools")
    sentences = [
        {
            "stage": str(STAGES[code]),
            "total": count(len(stage.rows), schools),
            "passing": count(stage.schools(True), schools, asked.at(stage=code).url),
            "over": [
                (short(r), asked.at(stage=code).spread(r, stage.spreads[r.code].value, "late"))
                for r in asked.standard.resources
                if stage.within(r.code) is False
            ],
        }
        for code, stage in stages.items()
    ]
    return {"url": asked.url, "sentences": sentences, "footnote": footnote(asked.standard)} if sentences else None


def _city_sentence(asked: Asked) -> dict[str, Any] | None:
    counties = queries.counties(asked.place, asked.period)
    if not counties:
        return None
    passing = sum(held.assessment.resources is True for held in counties)
    return {
        "url": asked.url,
        "counties": count(len(counties), _("counties")),
        "passing": count(passing, _("counties"), asked.url),
        "footnote": footnote(asked.standard),
    }
