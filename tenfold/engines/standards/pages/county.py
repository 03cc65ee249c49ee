"""优质均衡自评 of a county, a township, a school: resources, schools, what is missing, further items, years."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tenfold.foundation.calendar import Period
from tenfold.foundation.organisations.models import Kind
from tenfold.foundation.ui.charts import Bar, Distribution
from tenfold.foundation.ui.charts import Unit as Dot
from tenfold.foundation.ui.figures import Figure
from tenfold.foundation.ui.numbers import apart
from tenfold.pure.balance import Need, Resource, Row, Stage

from .. import queries
from ..queries import Held, SchoolCard
from ..words import SIGNS, footnote, short, told, unit_of, verdict_word
from .asked import Asked, count, crumbs, need, over_limit, stage_choices, year_choices
from .items import item_sections

MOST = 40
"""So many schools stand in the table before all are asked for."""


@dataclass(frozen=True)
class ResourceLine:
    """One of the resources over a place: what is asked, the mean, the distribution, the spread, what is missing."""

    title: str
    unit: str
    asked: Figure | None
    mean: Figure
    chart: Distribution
    missed: Figure
    below: Figure
    unknown: int
    spread: Figure | None
    bar: Bar | None
    sign: str
    word: str
    over: Figure | None
    need: Figure | None


@dataclass(frozen=True)
class SchoolLine:
    """One school's row in the grid."""

    name: str
    href: str
    township: str
    pupils: Figure
    cells: tuple[Figure, ...]
    sign: str
    word: str
    below: int
    missed: int
    needs: tuple[tuple[str, Figure], ...]


def county_page(asked: Asked, every: bool = False) -> dict[str, Any]:
    """The template's words for a county, a township or a school."""
    held = queries.assessed(asked.place, asked.period, asked.standard.code)
    stages = held.assessment.stages
    asked = asked if asked.stage in stages or not stages else asked.at(stage=next(iter(stages)))
    stage = stages.get(asked.stage)
    words = {
        "asked": asked,
        "held": held,
        "years": year_choices(asked),
        "stages": stage_choices(asked, stages),
        "crumbs": crumbs(asked, (_("Self-assessment"), "")),
        "footnote": footnote(asked.standard),
        "readings": [(told(r), f"readings.{r.code}" in asked.standard.local) for r in asked.standard.readings],
        "early": _early(asked),
        "lacking": held.lacking,
        "silent": count(held.silent, _("schools")) if held.silent else None,
        "whole": asked.place.kind == Kind.COUNTY,
    }
    if stage is None:
        return words | {"stage": None}
    lines = [_resource(asked, stage, resource, held) for resource in asked.standard.resources]
    rows = sorted(held.rows(asked.stage), key=_by_gap)
    marked = [pair for pair in rows if pair[0].passes is not True or pair[0].count("near") or pair[0].count("below")]
    shown = rows if every or not marked else marked[:MOST]
    return words | {
        "stage": stage,
        "lead": _lead(asked, stage, lines),
        "lines": lines,
        "resources": [(short(r), _asked(r, asked.stage)) for r in asked.standard.resources],
        "schools": [_school(asked, row, card) for row, card in shown],
        "shown": count(len(shown), _("schools")),
        "more": len(rows) > len(shown),
        "all": count(len(rows), _("schools")),
        "all_url": asked.query + "&all=1",
        "beyond": count(held.beyond(asked.stage), _("schools")) if held.beyond(asked.stage) else None,
        "out": count(stage.out, _("teaching points")) if stage.out else None,
        "missing": _missing(stage),
        "overs": [line for line in lines if line.over],
        "composite": _composite(asked, stage),
        **(item_sections(asked, held) if asked.place.kind == Kind.COUNTY else {}),
        **_years(asked, stage),
    }


def _early(asked: Asked) -> str:
    """Why a rule of later date than the period is applied."""
    if asked.standard.early is None or not asked.period:
        return ""
    later = asked.standard.effective > Period.parse(asked.period).end
    return told(asked.standard.early) if later else ""


def _lead(asked: Asked, stage: Stage, lines: list[ResourceLine]) -> dict[str, Any]:
    schools = _("schools")
    within = [stage.within(r.code) for r in asked.standard.resources]
    return {
        "total": count(len(stage.rows), schools),
        "passing": count(stage.schools(True), schools),
        "failing": count(stage.schools(False), schools),
        "open": count(stage.schools(None), schools) if stage.schools(None) else None,
        "resources": count(len(within)),
        "within": count(sum(w is True for w in within)),
        "limit": Figure(stage.limit, decimals=2),
        "over": [(line.title, line.spread, line.over) for line in lines if line.over],
        "must_meet": count(asked.standard.must_meet),
        "rest": count(len(within) - asked.standard.must_meet),
        "floor": Figure(asked.standard.floor * 100, "%", 0),
    }


def _asked(resource: Resource, stage: str) -> Figure | None:
    threshold = resource.threshold.get(stage)
    return None if threshold is None else Figure(threshold, decimals=0 if threshold >= 100 else 1)


def _resource(asked: Asked, stage: Stage, resource: Resource, held: Held) -> ResourceLine:
    threshold, spread = resource.threshold.get(asked.stage), stage.spreads[resource.code]
    at = asked.standard.resources.index(resource)
    dots = tuple(
        Dot(card.name, float(value), state=SIGNS[row.verdict.items[at].state] if row.verdict else "")
        for row, card in held.rows(asked.stage)
        if (value := row.part.value(resource)) is not None
    )
    missing = {m.resource.code: m for m in stage.missing()}.get(resource.code)
    coefficient, within = spread.value, stage.within(resource.code)
    judged = asked.place.kind == Kind.COUNTY and not asked.standard.composite
    late = judged and within is False
    return ResourceLine(
        title=short(resource),
        unit=unit_of(resource),
        asked=_asked(resource, asked.stage),
        mean=asked.resource(resource, stage.mean(resource)),
        chart=_strip(told(resource), dots, threshold and float(threshold), float(asked.standard.floor)),
        missed=count(stage.missed(resource.code)),
        below=count(below := stage.states(resource.code, "below"), state="late" if below else ""),
        unknown=spread.missing,
        spread=asked.spread(resource, coefficient, "late" if late else "") if asked.place.kind == Kind.COUNTY else None,
        bar=_bar(coefficient, stage.limit, late) if judged else None,
        sign="late" if late else "done" if within else "unknown",
        word=_("over by") if late else _("Keeps to it") if within else pgettext("spread", "Open"),
        over=_over(coefficient, stage.limit) if late and coefficient is not None else None,
        need=need(resource, missing.part) if missing else None,
    )  # fmt: skip


@lru_cache(maxsize=128)
def _strip(title: str, dots: tuple[Dot, ...], threshold: float | None, floor: float) -> Distribution:
    """A strip of dots, kept: where they lie is dear to find, and the same for everybody."""
    return Distribution(title, dots, decimals=2, height=28, threshold=threshold, floor=floor)


def _over(coefficient: Decimal, limit: Fraction) -> Figure:
    """By how much a spread is over its limit, with the decimals that the spread is written with at least."""
    more = coefficient - _decimal(limit)
    return Figure(more, decimals=max(apart(more, (0,), 3), apart(coefficient, (limit,), 3)))


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _bar(value: Decimal | None, limit: Fraction, late: bool) -> Bar:
    most = float(limit) * 1.3
    return Bar.of(None if value is None else float(value), most, limit=float(limit), state="late" if late else "")


def _by_gap(pair: tuple[Row, SchoolCard]) -> tuple[Any, ...]:
    """Those that fail first, the most items below 85 per cent first; then open ones, then those that pass."""
    row, card = pair
    order = {False: 0, None: 1, True: 2}[row.passes]
    return order, -row.count("below"), -row.count("near"), -sum(bool(n.part) for n in row.full), card.name


def _needs(needs: Iterable[Need]) -> tuple[tuple[str, Figure], ...]:
    return tuple((short(n.resource), need(n.resource, n.school)) for n in needs)


def _school(asked: Asked, row: Row, card: SchoolCard) -> SchoolLine:
    states = {i.resource.code: i.state for i in row.verdict.items} if row.verdict else {}
    sign, word = verdict_word(row.passes)
    marks = {"near": "attention", "below": "late"}
    return SchoolLine(
        name=card.name,
        href=asked.school_url(card.code),
        township=card.township,
        pupils=asked.figure(row.part.pupils, "holdings.pupils", card.code, split=asked.split, decimals=0),
        cells=tuple(
            asked.resource(r, row.part.value(r), card.code, marks.get(states.get(r.code, ""), ""))
            for r in asked.standard.resources
        ),
        sign=sign,
        word=word,
        below=row.count("below"),
        missed=row.count("near") + row.count("below"),
        needs=_needs(row.least),
    )


def _missing(stage: Stage) -> list[tuple[str, Figure, Figure | None, Figure]]:
    """Resource, what the parts lack, what the undivided schools must add where it differs, how many schools."""
    return [
        (
            short(m.resource),
            need(m.resource, m.part),
            need(m.resource, m.school) if m.school != m.part else None,
            count(m.schools, _("schools")),
        )
        for m in stage.missing()
    ]


def _composite(asked: Asked, stage: Stage) -> dict[str, Any] | None:
    """The composite spread, where the standard has one."""
    if not asked.standard.composite:
        return None
    whole, known, counted = stage.composite
    late = whole is not None and Fraction(whole) > stage.limit
    return {
        "whole": Figure(whole, decimals=3, state="late" if late else "", **over_limit(asked)),
        "known": Figure(known, decimals=3) if whole is None else None,
        "counted": count(counted),
        "all": count(len(stage.spreads)),
        "limit": Figure(stage.limit, decimals=2),
        "bar": _bar(known, stage.limit, late),
        "sign": "unknown" if whole is None else "late" if late else "done",
        "word": pgettext("spread", "Open") if whole is None else _("Over the limit") if late else _("Keeps to it"),
    }


def _years(asked: Asked, stage: Stage) -> dict[str, Any]:
    periods, courses = queries.courses(asked.place, asked.standard, asked.stage)
    if len(periods) < 2 or asked.place.kind != Kind.COUNTY:
        return {"course_years": []}
    rows = []
    for course in courses:
        limit = float(stage.limit)
        cells = [
            v.figure("late", (limit,))
            if course.resource and v.value is not None and v.value > limit * (1 + 1e-12)
            else v.figure()
            for v in course.values
        ]
        title = short(course.resource) if course.resource else _("Schools that reach the standard")
        rows.append((title, cells, [v.value for v in course.values]))
    return {"course_years": [Period.parse(p).title for p in periods], "course_rows": rows}
