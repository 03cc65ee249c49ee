"""Courses over time: lines named at their ends, and the sparkline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from ..numbers import Number, written
from ..words import listed
from .scales import Scale, spread_apart

WIDE, HIGH = 68, 20


def spark(values: Sequence[Number | None]) -> dict[str, object]:
    """The pieces of a sparkline of 68 by 20: polylines (parted where unknown) and the last known point."""
    known = [float(v) for v in values if v is not None]
    if not known:
        return {"pieces": [], "end": None, "width": WIDE, "height": HIGH}
    low, high = min(known), max(known)
    across = (WIDE - 8) / max(1, len(values) - 1)
    points = [
        None if v is None else (round(4 + i * across, 1), _height(float(v), low, high)) for i, v in enumerate(values)
    ]
    end = next(p for p in reversed(points) if p is not None)
    return {"pieces": _pieces(points), "end": end, "width": WIDE, "height": HIGH}


def _end_of(line: dict[str, Any]) -> tuple[float, float]:
    end: tuple[float, float] = line["end"]
    return end


def _height(value: float, low: float, high: float) -> float:
    return HIGH / 2 if high == low else round(HIGH - 4 - (value - low) / (high - low) * (HIGH - 8), 1)


def _pieces(points: Sequence[tuple[float, float] | None]) -> list[str]:
    pieces: list[list[str]] = [[]]
    for point in points:
        if point is None:
            pieces.append([])
        else:
            pieces[-1].append(f"{point[0]},{point[1]}")
    return [" ".join(piece) for piece in pieces if len(piece) > 1]


@dataclass(frozen=True)
class Series:
    """One course. ``kind``: main (azure), other (grey), dashed (a whole against its parts), or 1–5 for a category.

    ``forecast_from`` is the index from which the line is dashed.
    """

    name: str
    values: tuple[Number | None, ...]
    kind: str = "main"
    forecast_from: int | None = None


@dataclass(frozen=True)
class Trend:
    """Courses over the same ``periods``. ``thresholds`` are (word, value). A line need not start at 0."""

    title: str
    periods: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    decimals: int = 0
    thresholds: tuple[tuple[str, Number], ...] = ()
    height: int = 180
    from_zero: bool = False

    @cached_property
    def scale(self) -> Scale:
        """The upward axis over all values and thresholds."""
        values = [v for s in self.series for v in s.values if v is not None]
        return Scale.over([*values, *(v for _word, v in self.thresholds)], ticks=4, from_zero=self.from_zero)

    def up(self, value: Number) -> float:
        """The height in pixels from the top."""
        return round(self.height * (1 - self.scale.at(value) / 100), 1)

    def across(self, index: int) -> float:
        """The place of a period in per cent."""
        return 50.0 if len(self.periods) == 1 else round(100 * index / (len(self.periods) - 1), 2)

    @property
    def levels(self) -> list[tuple[float, str]]:
        """Grid lines: height and number."""
        return [(round(self.height * (1 - at / 100), 1), word) for at, word in self.scale.ticks]

    @property
    def marks(self) -> list[tuple[float, str]]:
        """Periods: place and word, every other one where they would crowd."""
        every = max(1, -(-len(self.periods) // 6))
        last = len(self.periods) - 1
        return [(self.across(i), p) for i, p in enumerate(self.periods) if (last - i) % every == 0]

    @property
    def limits(self) -> list[tuple[float, int, str]]:
        """Thresholds: height, how far below the line its words stand (above where the periods stand below), words."""
        found = [(self.up(value), f"{word}{written(value, self.decimals)}") for word, value in self.thresholds]
        return [(y, 14 if y < self.height - 16 else -5, words) for y, words in found]

    @cached_property
    def drawn(self) -> list[dict[str, object]]:
        """Each series with its solid and dashed pieces, its known points and the label at its end."""
        lines = [self._line(s) for s in self.series]
        ended = [line for line in lines if line["end"] is not None]
        places = spread_apart([_end_of(line)[1] for line in ended], 17, 4, self.height)
        for line, place in zip(ended, places, strict=True):
            line["label_at"] = place
        return lines

    def _line(self, series: Series) -> dict[str, object]:
        points = [None if v is None else (self.across(i), self.up(v)) for i, v in enumerate(series.values)]
        cut = series.forecast_from if series.forecast_from is not None else len(points)
        last = max((i for i, p in enumerate(points) if p is not None), default=None)
        value = None if last is None else series.values[last]
        return {
            "series": series,
            "solid": _pieces([p if i < cut else None for i, p in enumerate(points)]),
            "dashed": _pieces([p if i >= cut - 1 else None for i, p in enumerate(points)]) if cut < len(points) else [],
            "points": [p for p in points if p is not None] if series.kind == "main" else [],
            "end": None if last is None else points[last],
            "words": "" if value is None else f"{series.name} {written(value, self.decimals)}",
        }

    @property
    def table(self) -> list[tuple[str, list[str]]]:
        """The same as rows: a period, then each series' value ('' where unknown)."""
        return [
            (p, ["" if s.values[i] is None else written(s.values[i] or 0, self.decimals) for s in self.series])
            for i, p in enumerate(self.periods)
        ]

    @property
    def sentence(self) -> str:
        """What the chart shows, in one sentence."""
        ends = [str(line["words"]) for line in self.drawn if line["words"]]
        return _("%(title)s: %(words)s") % {"title": self.title, "words": listed(ends)} if ends else self.title
