"""Like with like: where the middle of a group lies, and which of its members lie far from it.

Far is told robustly: the distance from the median in units of the median distance of all (scaled so that it is the
standard deviation where values are normal), since a mean would be drawn along by the very ones that are sought.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

LEAST = 8
"""A smaller group says nothing about who is far from it."""
FAR = 3.5
"""From so many scaled median distances on a value is far off (Iglewicz and Hoaglin, 1993)."""
SCALE = 1.4826

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Quartiles:
    """A group: how many, the quartiles, the median."""

    count: int
    low: float
    middle: float
    high: float


@dataclass(frozen=True)
class Far:
    """How far a value lies from the median of its group, in scaled median distances, with its sign."""

    distance: float
    middle: float
    count: int


def quartiles(values: Sequence[float]) -> Quartiles | None:
    """The quartiles of a group (between neighbours where no value stands there); None for none."""
    if not values:
        return None
    ordered = sorted(values)
    low, middle, high = (_at(ordered, share) for share in (0.25, 0.5, 0.75))
    return Quartiles(len(ordered), low, middle, high)


def _at(ordered: Sequence[float], share: float) -> float:
    place = share * (len(ordered) - 1)
    before = int(place)
    after = min(before + 1, len(ordered) - 1)
    return ordered[before] + (ordered[after] - ordered[before]) * (place - before)


def far_from_peers(values: Mapping[K, float], *, differs: float = 0.0) -> dict[K, Far]:
    """Those of a group that lie far from its median, and by at least the share ``differs`` of it.

    None of a group below :data:`LEAST`, or of one more than half of which is equal.
    """
    if len(values) < LEAST:
        return {}
    middle = median(values.values())
    width = SCALE * median(abs(v - middle) for v in values.values())
    if width <= 1e-12 * max(1.0, abs(middle)):
        return {}
    found = {key: Far((v - middle) / width, middle, len(values)) for key, v in values.items()}
    return {
        k: far
        for k, far in found.items()
        if abs(far.distance) > FAR and abs(values[k] - middle) >= differs * abs(middle)
    }
