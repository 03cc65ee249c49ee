"""The seven resources of one school, for the page of that school."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import Any

from django.utils.translation import gettext as _

from tenfold.engines.indicators import queries as values
from tenfold.engines.indicators.queries import Threshold, Value
from tenfold.foundation.declare import house
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.scope import AccessContext
from tenfold.foundation.ui.figures import Figure

from .indicators import RESOURCES

CODES = tuple(f"alliances.{code}" for code, *_rest in RESOURCES)


@dataclass(frozen=True)
class Row:
    """One resource of one part: what is asked, what is there, what is missing (最小一步)."""

    title: str
    asked: Figure
    figure: Figure
    state: str
    word: str
    course: tuple[float | None, ...]
    step: str


@dataclass(frozen=True)
class Part:
    """A school, or one stage of a whole-through school, held against the seven resources."""

    stage: str
    met: int
    rows: tuple[Row, ...]
    document: str
    footnote: str


def seven_resources(context: AccessContext, school: Organisation, period: str) -> list[Part] | None:
    """The panel of the school's page; None where the school has no part that the standard judges."""
    held = values.periods()
    if period not in held:
        return None
    years = [p for p in held if p <= period][-3:]
    found = []
    for stage, title in (("primary", _("Primary school")), ("junior", _("Junior secondary"))):
        split = f"stage={stage}"
        course = {year: values.values_of(CODES, school, year, split) for year in years}
        now = course[period]
        if all(value.state in ("none", "not_applicable") for value in now.values()):
            continue
        found.append(_part(title, stage, now, [course[year] for year in years]))
    return found or None


def _part(title: str, stage: str, now: dict[str, Value], years: list[dict[str, Value]]) -> Part:
    rows, threshold = [], None
    for code in CODES:
        threshold = values.threshold(house().indicators[code], stage)
        if threshold is not None:
            course = tuple(year[code].value for year in years)
            rows.append(_row(now[code], threshold, course))
    assert threshold is not None
    met = sum(1 for row in rows if row.state == "done")
    return Part(title, met, tuple(rows), threshold.document, threshold.footnote)


def _row(value: Value, threshold: Threshold, course: tuple[float | None, ...]) -> Row:
    indicator = value.indicator
    missed = threshold.state(value.value)
    state = "unknown" if value.value is None else (missed or "done")
    words = {
        "unknown": _("To be filled"),
        "done": _("Meets it"),
        "attention": _("85 per cent and more"),
        "late": _("Below 85 per cent"),
    }
    return Row(
        title=str(indicator.short or indicator.title),
        asked=Figure(threshold.value, str(indicator.unit), decimals=min(indicator.decimals, 1)),
        figure=value.figure(missed),
        state=state,
        word=words[state],
        course=course,
        step=_step(value, threshold) if missed else "",
    )


def _step(value: Value, threshold: Threshold) -> str:
    """What the part lacks to the threshold, in whole units, in money of 10,000 yuan."""
    if value.numerator is None or not value.denominator:
        return ""
    shape: Any = value.indicator.value
    wanted = Decimal(str(threshold.value)) * Decimal(str(value.denominator)) / shape.per
    missing = wanted - Decimal(str(value.numerator))
    what = value.code.split(".")[1]
    if what == "equipment":
        return _("add equipment worth %(sum)s ×10,000 yuan") % {"sum": f"{ceil(missing / 1000) / 10:,.1f}"}
    if what.endswith("area"):
        return _("add %(count)s m²") % {"count": f"{ceil(missing):,}"}
    if what == "network_rooms":
        return _("add %(count)s rooms") % {"count": ceil(missing)}
    return _("add %(count)s teachers") % {"count": ceil(missing)}
