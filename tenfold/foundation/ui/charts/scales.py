"""Axes: round ticks and positions in per cent."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from ..numbers import Number, written


def nice(step: float) -> float:
    """The least of 1, 2, 2.5, 5 times a power of ten that is not below ``step`` (> 0)."""
    power = 10.0 ** math.floor(math.log10(step))
    return next((round(m * power, 12) for m in (1, 2, 2.5, 5, 10) if m * power >= step * (1 - 1e-9)), 10 * power)


@dataclass(frozen=True)
class Scale:
    """A linear axis from ``low`` to ``high`` with ticks every ``step``."""

    low: float
    high: float
    step: float

    @classmethod
    def over(cls, values: Iterable[Number], *, ticks: int = 5, from_zero: bool = False) -> Scale:
        """An axis over all of ``values`` with about ``ticks`` round steps; of none or equal values, one step wide."""
        found = [float(v) for v in values]
        low, high = (min(found), max(found)) if found else (0.0, 1.0)
        if from_zero:
            low, high = min(0.0, low), max(0.0, high)
        wide = high - low if high > low else abs(high)
        step = nice(wide / ticks) if wide > 1e-9 else 1.0
        first = math.floor(low / step + 1e-9) * step
        last = math.ceil(high / step - 1e-9) * step
        return cls(round(first, 12), round(last if last > first else first + step, 12), step)

    def at(self, value: Number) -> float:
        """The position in per cent, kept within the axis."""
        share = (float(value) - self.low) / (self.high - self.low)
        return round(100 * min(1.0, max(0.0, share)), 2)

    @property
    def decimals(self) -> int:
        """The decimals that the ticks need."""
        exponent = Decimal(str(self.step)).normalize().as_tuple().exponent
        return max(0, -int(exponent))

    @property
    def ticks(self) -> list[tuple[float, str]]:
        """Each tick's position and its number as written."""
        count = round((self.high - self.low) / self.step)
        values = [self.low + i * self.step for i in range(count + 1)]
        return [(self.at(v), written(v, self.decimals)) for v in values]


def spread_apart(wanted: list[float], gap: float, low: float, high: float) -> list[float]:
    """Positions near those wanted, at least ``gap`` apart and within the bounds where there is room; same order."""
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    placed = list(wanted)
    floor = low
    for i in order:
        placed[i] = max(wanted[i], floor)
        floor = placed[i] + gap
    ceiling = high
    for i in reversed(order):
        placed[i] = min(placed[i], ceiling)
        ceiling = placed[i] - gap
    return [round(p, 1) for p in placed]
