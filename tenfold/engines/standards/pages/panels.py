"""Boxes on others' pages: one sentence of the self-assessment on a place's page, the seven on a school's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median
from typing import Any

from django.utils.translation import gettext as _

from tenfold.engines.indicators import queries as values
from tenfold.engines.indicators.queries import Standing, Value
from tenfold.foundation.holdings import standards as files
from tenfold.foundation.organisations.models import Kind, Organisation
from tenfold.foundation.scope import AccessContext
from tenfold.foundation.ui.charts import Distribution, Unit
from tenfold.foundation.ui.figures import Figure
from tenfold.pure.balance import Resource, stepped

from .. import queries
from ..words import SIGNS, footnote, short, state_word
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
    middle: Figure | None
    among: Distribution | None


@dataclass(frozen=True)
class SevenPart:
    """A school, or one stage of a whole-through school, held against the seven resources."""

    stage: str
    met: Figure
    rows: tuple[SevenRow, ...]
    document: str
    footnote: str
    href: str
    beside: Figure | None


def school_panel(context: AccessContext, school: Organisation, period: str) -> list[SevenPart] | None:
    """The panel of the school's page, from stored values. None where no part is judged. It sends one query, for which
    schools of the county she reaches.
    """
    held = values.periods()
    if period not in held:
        return None
    standard = files.standard()
    codes = {code: r.code for r in standard.resources if (code := queries.resource_indicator(standard.code, r.code))}
    years = [year for year in held if year <= period][-3:]
    beside = values.neighbours(tuple(codes), school, period, standard.stages)
    parts = []
    for stage in standard.stages:
        told = [values.values_of(list(codes), school, year, f"stage={stage}") for year in years]
        if all(value.state in ("none", "not_applicable") for value in told[-1].values()):
            continue
        by_resource = {resource: [year[code] for year in told] for code, resource in codes.items()}
        parts.append(_seven(Asked(standard, school, period, stage), by_resource, beside.get(stage, [])))
    return parts or None


def _seven(asked: Asked, courses: dict[str, list[Value]], beside: Sequence[Standing]) -> SevenPart:
    rows = []
    for resource in asked.standard.resources:
        if resource.code not in courses:
            continue
        now, threshold = courses[resource.code][-1], resource.threshold[asked.stage]
        state = _state(now, threshold, resource.floor(asked.stage, asked.standard))
        known = {row.id: value for row in beside if (value := row.values.get(now.code)) is not None}
        rows.append(
            SevenRow(
                title=short(resource),
                asked=Figure(threshold, decimals=0 if threshold >= 100 else 1),
                figure=now.figure(SIGNS[state] if state in ("near", "below") else "", asked.limits(resource)),
                state=SIGNS[state],
                word=state_word(state),
                course=tuple(value.value for value in courses[resource.code]),
                step=_step(asked, resource, now) if state in ("near", "below") else None,
                middle=Figure(median(known.values()), decimals=now.indicator.decimals) if known else None,
                among=_among(asked, resource, known),
            )
        )
    return SevenPart(
        asked.stage_word,
        count(sum(row.state == "done" for row in rows)),
        tuple(rows),
        asked.standard.document,
        footnote(asked.standard),
        asked.school_url(asked.place.code),
        count(len(beside)) if beside else None,
    )


def _among(asked: Asked, resource: Resource, known: Mapping[int, float]) -> Distribution | None:
    """Where the school stands among the county's; none where its own value is unknown."""
    own = asked.place.pk
    if own not in known:
        return None
    return Distribution(
        short(resource),
        tuple(Unit("", value, own=pk == own) for pk, value in known.items()),
        threshold=float(resource.threshold[asked.stage]),
        floor=float(resource.floor(asked.stage, asked.standard) / resource.threshold[asked.stage]),
        height=28,
    )


CLOSE = Fraction(1, 10**9)
"""Stored values are floats: what misses a threshold by less than this meets it. Counts and hundredths are coarser."""


def _state(value: Value, threshold: Fraction, floor: Fraction) -> str:
    if value.value is None:
        return "unknown"
    number = Fraction(value.value) * (1 + CLOSE)
    return "met" if number >= threshold else "near" if number >= floor else "below"


def _step(asked: Asked, resource: Resource, value: Value) -> Figure | None:
    """What the part lacks to the threshold (最小一步), in whole steps."""
    if value.numerator is None or not value.denominator:
        return None
    wanted = resource.threshold[asked.stage] * Fraction(value.denominator) / resource.per
    missing = wanted - Fraction(value.numerator)
    return need(resource, stepped(missing - missing * CLOSE, resource, asked.standard))


def place_panel(context: AccessContext, place: Organisation, period: str) -> dict[str, Any] | None:
    """A sentence a stage for the page of a county or a city, from stored values: it sends no query. None elsewhere."""
    if period not in values.periods() or place.kind not in (Kind.COUNTY, Kind.CITY):
        return None
    asked, passing = Asked(files.standard(), place, period, "primary"), queries.passing_indicator()
    sentences = [s for stage in asked.standard.stages if passing and (s := _sentence(asked.at(stage=stage), passing))]
    return {"url": asked.url, "sentences": sentences, "footnote": footnote(asked.standard)} if sentences else None


def _sentence(asked: Asked, passing: str) -> dict[str, Any] | None:
    """How many schools reach the standard, and the spreads over their limit where the place has some."""
    standard = asked.standard
    spreads = {c: r for r in standard.resources if (c := queries.spread_indicator(standard.code, r.code))}
    told = values.values_of([passing, *spreads], asked.place, asked.period, asked.split)
    share, limit = told[passing], standard.spread_limit[asked.stage] * (1 + CLOSE)
    if not share.due or share.numerator is None:
        return None
    over = [
        (short(r), told[c].figure("late", (standard.spread_limit[asked.stage],)))
        for c, r in spreads.items()
        if (v := told[c].value) and v > limit
    ]
    return {
        "stage": asked.stage_word,
        "total": count(share.due, _("schools")),
        "passing": count(int(share.numerator), _("schools"), asked.url),
        "over": over,
    }
