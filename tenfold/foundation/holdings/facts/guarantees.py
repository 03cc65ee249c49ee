"""What the return says of the standard's further items: compulsory schooling of the undivided school."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tenfold.pure.balance import Conditions, in_scope, near, rooms, size

from ..standards import standard
from .compulsory import conditions_of, school_of
from .reading import COMPULSORY, SchoolReturn

SUMS = {
    "teachers": "teachers",
    "certified": "teachers_certified",
    "trained": "teachers_360h",
    "eligible": "teachers_eligible",
    "moved": "teachers_moved",
    "moved_backbone": "teachers_moved_backbone",
    "migrants": "pupils_migrant",
}
"""Column → field of the return, summed over the compulsory stages."""


def _of(returns: list[SchoolReturn]) -> Iterator[tuple[SchoolReturn, Conditions]]:
    for one in returns:
        if any(stage in COMPULSORY for stage in one.taught):
            yield one, conditions_of(one)


def _whole(value: Any) -> int | None:
    return None if value is None else int(value)


def guarantee_rows(returns: list[SchoolReturn]) -> Iterator[dict[str, Any]]:
    """One row a school. ``rooms_short`` and ``size_over``: 1 where it fails the rule, None where that is unknown."""
    asks = standard()
    demands = {demand.rule: demand for demand in asks.demands}
    for one, more in _of(returns):
        row: dict[str, Any] = {"school": one.school, "record": one.record}
        row |= {column: _whole(more.of(field)) for column, field in SUMS.items()}
        public = row["migrants"] if more.sector == "public" else 0
        row["migrants_public"] = None if row["migrants"] is None or (not more.sector and row["migrants"]) else public
        for column, field in (("budget", "funds_budget"), ("training", "training_spent")):
            value = more.of_school(field)
            row[column] = None if value is None else float(value)
        asked = in_scope(school_of(one), asks)
        found = rooms(more, demands["rooms"], asks).meets if asked else None
        row["rooms_short"] = 0 if asked is False else None if found is None else int(not found)
        fits = size(more, demands["school_size"], asks).meets
        row["size_over"] = None if fits is None else int(not fits)
        yield row


def zone_rows(returns: list[SchoolReturn]) -> Iterator[dict[str, Any]]:
    """Public day schools of cities and towns, by stage: pupils, and those enrolled in their zone."""
    demand = next(demand for demand in standard().demands if demand.rule == "near_enrolment")
    for one, more in _of(returns):
        asked = near(more, demand)
        if asked is False:
            continue
        for stage in more.stages:
            yield {
                "school": one.school,
                "stage": stage,
                "record": one.record,
                "pupils": _whole(more.of("pupils", stage)),
                "in_zone": _whole(more.of("pupils_in_zone", stage)) if asked else None,
            }
