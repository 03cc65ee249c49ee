"""The map of an indicator: counties in five steps, or schools as dots with their states."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from tenfold.foundation.organisations import queries as organisations
from tenfold.foundation.organisations.models import STEP, Boundary, Organisation
from tenfold.foundation.ui.charts import Map, Shape, Spot

from ..queries import Entry, Standings, Threshold, Value
from .asked import Asked


def map_of_places(entry: Entry, asked: Asked, below: Sequence[Value], own: str = "") -> Map | None:
    """The places below by their values; None where none of them has an outline."""
    drawn = organisations.boundaries([v.place_id for v in below if v.place])
    shapes = []
    for value in below:
        if value.place_id not in drawn:
            continue
        outline, figure = drawn[value.place_id], value.figure()
        words = {"place": value.place, "indicator": entry.indicator.code, "period": asked.period, "split": asked.split}
        shapes.append(
            Shape(
                outline.name,
                outline.rings,
                (outline.longitude, outline.latitude),
                None if figure.value is None else float(figure.value),
                figure,
                href="/overview/?" + urlencode({name: word for name, word in words.items() if word}),
                own=value.place == own,
            )
        )
    if not shapes:
        return None
    first = next(iter(drawn.values()))
    told = below[0].figure()
    return Map(
        str(entry.indicator.title),
        tuple(shapes),
        unit=told.unit,
        decimals=told.places,
        source=first.source,
        review_number=first.review_number,
        key="places",
    )


def map_of_schools(
    code: str,
    title: str,
    place: Organisation,
    now: Standings,
    below: Sequence[int],
    threshold: Threshold | None,
) -> Map | None:
    """The schools of a place by their state; None where neither it nor a place above it has an outline."""
    outlines = ground(place, below)
    if not outlines:
        return None
    spots = []
    for row in now.rows:
        if code not in row.values:
            continue
        value = row.values[code]
        x, y = now.where.get(row.id, (None, None))
        state = "unknown" if value is None else threshold.state(value) if threshold else ""
        spots.append(Spot(now.names[row.id][1], x, y, state))
    return Map(
        title,
        tuple(Shape(o.name, o.rings, (o.longitude, o.latitude)) for o in outlines),
        tuple(spots),
        "plain",
        source=outlines[0].source,
        review_number=outlines[0].review_number,
        words=legend(threshold),
        key="schools",
    )


def legend(threshold: Threshold | None) -> tuple[tuple[str, str], ...]:
    """The words of the dots' states."""
    if threshold is None:
        return ("", _("known")), ("unknown", _("To be filled"))
    missed = [("late", _("misses the limit"))]
    if threshold.floor:
        missed = [("attention", _("below the standard, 85 % and more")), ("late", _("below 85 %"))]
    return ("", _("meets it")), *missed, ("unknown", _("To be filled"))


def ground(place: Organisation, below: Sequence[int]) -> list[Boundary]:
    """What a map of schools lies on: the places below that have outlines, else the place, else the nearest above."""
    path = [int(place.path[i : i + STEP]) for i in range(0, len(place.path), STEP)]
    drawn = organisations.boundaries([*below, *path])
    above = [drawn[pk] for pk in reversed(path) if pk in drawn]
    return [drawn[pk] for pk in below if pk in drawn] or above[:1]
