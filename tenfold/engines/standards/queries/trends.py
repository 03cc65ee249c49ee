"""Spreads and the share of passing schools over the years, from what is stored."""

from __future__ import annotations

from dataclasses import dataclass

from tenfold.engines.indicators import queries as values
from tenfold.engines.indicators.queries import Value
from tenfold.foundation.organisations.models import Organisation
from tenfold.pure.balance import Resource, Standard

from .links import passing_indicator, spread_indicator


@dataclass(frozen=True)
class Course:
    """One figure over the years. ``resource`` None: the share of schools that meet the rule."""

    resource: Resource | None
    values: tuple[Value, ...]


def courses(place: Organisation, standard: Standard, stage: str) -> tuple[list[str], list[Course]]:
    """The periods held and the courses of a place in a stage; nothing where no indicator counts them."""
    named: dict[str, Resource | None] = {}
    for resource in standard.resources:
        if code := spread_indicator(standard.code, resource.code):
            named[code] = resource
    if not named:
        return [], []
    if code := passing_indicator():
        named[code] = None
    periods = values.periods()
    by_year = [values.values_of(list(named), place, period, f"stage={stage}") for period in periods]
    return periods, [Course(resource, tuple(year[code] for year in by_year)) for code, resource in named.items()]
