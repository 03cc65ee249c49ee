"""Where the middle half of a group lies: groups under one another on the same axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..numbers import Number
from .scales import Scale


@dataclass(frozen=True)
class MiddleHalf:
    """In per cent of the axis: where the bar begins, how long it is, where the median and the standard stand."""

    start: float
    width: float
    middle: float
    limit: float | None = None

    @classmethod
    def row(cls, groups: Sequence[tuple[Number, Number, Number]], limit: Number | None = None) -> list[MiddleHalf]:
        """One for each (lower quartile, median, upper quartile), on an axis over all of them and the standard."""
        scale = Scale.over([v for group in groups for v in group] + ([limit] if limit is not None else []))
        at = None if limit is None else scale.at(limit)
        return [
            cls(scale.at(low), max(0.6, round(scale.at(high) - scale.at(low), 2)), scale.at(middle), at)
            for low, middle, high in groups
        ]
