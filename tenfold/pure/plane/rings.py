"""Closed rings of points. A ring does not repeat its first point at its end; several rings are one shape with
islands and holes (even-odd rule).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

Point = tuple[float, float]
Ring = Sequence[Point]
Box = tuple[float, float, float, float]

GRID = 28
"""So many places across, and up, are tried for a name."""


def area(ring: Ring) -> float:
    """The area that a ring encloses, whatever its direction."""
    pairs = zip(ring, [*ring[1:], *ring[:1]], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def box(rings: Iterable[Ring]) -> Box:
    """(left, low, right, high) of all points; ValueError for none."""
    points = [point for ring in rings for point in ring]
    across, up = [x for x, _y in points], [y for _x, y in points]
    return min(across), min(up), max(across), max(up)


def inside(rings: Iterable[Ring], point: Point) -> bool:
    """Whether a point lies in a shape: a ray to the right crosses its lines an odd number of times."""
    x, y = point
    odd = False
    for ring in rings:
        before = ring[-1]
        for here in ring:
            (x1, y1), (x2, y2) = before, here
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                odd = not odd
            before = here
    return odd


class Region:
    """A shape that is asked for many points: its lines are sorted into bands, of which a ray crosses one."""

    BANDS = 64

    def __init__(self, rings: Iterable[Ring]) -> None:
        self.lines = list(_lines(rings))
        self.box = box([[a for a, _b in self.lines]])
        _left, self.low, _right, high = self.box
        self.step = (high - self.low) / self.BANDS or 1.0
        self.bands: list[list[tuple[Point, Point]]] = [[] for _ in range(self.BANDS + 1)]
        for a, b in self.lines:
            for band in range(self._band(min(a[1], b[1])), self._band(max(a[1], b[1])) + 1):
                self.bands[band].append((a, b))

    def _band(self, y: float) -> int:
        return min(self.BANDS, max(0, int((y - self.low) / self.step)))

    def holds(self, point: Point, reach: float = 0.0) -> bool:
        """Whether a point lies in the shape, or no farther than ``reach`` from its lines."""
        x, y = point
        left, low, right, high = self.box
        if not (left - reach <= x <= right + reach and low - reach <= y <= high + reach):
            return False
        odd = False
        for (x1, y1), (x2, y2) in self.bands[self._band(y)]:
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                odd = not odd
        return odd or (reach > 0 and any(_distance(point, a, b) <= reach for a, b in self.lines))


def _lines(rings: Iterable[Ring]) -> Iterable[tuple[Point, Point]]:
    for ring in rings:
        yield from zip(ring, [*ring[1:], *ring[:1]], strict=True)


def _distance(point: Point, start: Point, end: Point) -> float:
    """From a point to a straight line between two."""
    (x, y), (x1, y1), (x2, y2) = point, start, end
    wide, tall = x2 - x1, y2 - y1
    length = wide * wide + tall * tall
    along = 0.0 if not length else min(1.0, max(0.0, ((x - x1) * wide + (y - y1) * tall) / length))
    return math.hypot(x - x1 - along * wide, y - y1 - along * tall)


def simplified(ring: Ring, tolerance: float) -> list[Point]:
    """The ring with fewer points, none of those left out farther than ``tolerance`` from the lines that remain."""
    if len(ring) < 4:
        return list(ring)
    far = max(range(len(ring)), key=lambda i: math.dist(ring[0], ring[i]))
    closed = [*ring, ring[0]]
    kept = {0, far}
    stack = [(0, far), (far, len(ring))]
    while stack:
        first, last = stack.pop()
        distance, middle = max(
            ((_distance(closed[i], closed[first], closed[last]), i) for i in range(first + 1, last)), default=(0.0, 0)
        )
        if distance > tolerance:
            kept.add(middle)
            stack += [(first, middle), (middle, last)]
    return [ring[i] for i in sorted(kept)]


def label_point(rings: Sequence[Ring]) -> Point:
    """Where a name is written: the place inside the largest ring that is farthest from its lines."""
    largest = max(rings, key=area)
    left, low, right, high = box([largest])
    best, room = _middle(largest), -1.0
    for i in range(1, GRID):
        for j in range(1, GRID):
            point = (left + (right - left) * i / GRID, low + (high - low) * j / GRID)
            if not inside([largest], point):
                continue
            distance = min(_distance(point, a, b) for a, b in _lines([largest]))
            if distance > room:
                best, room = point, distance
    return best


def _middle(ring: Ring) -> Point:
    return sum(x for x, _y in ring) / len(ring), sum(y for _x, y in ring) / len(ring)
