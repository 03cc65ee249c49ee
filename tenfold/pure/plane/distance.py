"""How far two places lie apart, and the middle of many."""

from __future__ import annotations

from collections.abc import Iterable
from math import asin, cos, radians, sin, sqrt
from statistics import median

from .rings import Point

RADIUS = 6371.0


def kilometres(one: Point, other: Point) -> float:
    """The way over the ground between two (longitude, latitude), on a sphere: right to half a per cent."""
    (x1, y1), (x2, y2) = one, other
    across, up = radians(x2 - x1), radians(y2 - y1)
    part = sin(up / 2) ** 2 + cos(radians(y1)) * cos(radians(y2)) * sin(across / 2) ** 2
    return 2 * RADIUS * asin(min(1.0, sqrt(part)))


def middle(points: Iterable[Point]) -> Point | None:
    """The median of both coordinates, which a few wrong ones do not draw along; None of none."""
    known = list(points)
    return (median(x for x, _y in known), median(y for _x, y in known)) if known else None
