"""Bars: inline, against time, compared; and the strip of states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ..numbers import Number, written
from .scales import Scale


def _share(value: Number | None, maximum: Number) -> float | None:
    if value is None or not maximum:
        return None
    return round(min(100.0, max(0.0, 100 * float(value) / float(maximum))), 2)


@dataclass(frozen=True)
class Bar:
    """A bar on its track: width and ticks in per cent; None where unknown."""

    width: float | None
    limit: float | None = None
    target: float | None = None
    state: str = ""

    @classmethod
    def of(
        cls,
        value: Number | None,
        maximum: Number,
        *,
        limit: Number | None = None,
        target: Number | None = None,
        state: str = "",
    ) -> Bar:
        """A bar of ``value`` on a track that ends at ``maximum``."""
        return cls(_share(value, maximum), _share(limit, maximum), _share(target, maximum), state)


@dataclass(frozen=True)
class Segment:
    """A part of a strip: its state, how many, where it starts and ends (per cent), and whether the figure fits."""

    state: str
    count: int
    start: float
    width: float
    fits: bool

    @property
    def middle(self) -> float:
        """Where its figure stands."""
        return round(self.start + self.width / 2, 2)


def segments(counts: Mapping[str, int], least: float) -> list[Segment]:
    """The parts of a strip in the order given, none for zero; a figure is written from ``least`` per cent on."""
    total = sum(counts.values())
    found: list[Segment] = []
    before = 0
    for state, count in counts.items():
        if count:
            start, width = 100 * before / total, 100 * count / total
            found.append(Segment(state, count, round(start, 2), round(width, 2), width >= least))
            before += count
    return found


@dataclass(frozen=True)
class BarRow:
    """One of the units compared. ``text`` replaces the written value; ``main`` is the one against the others."""

    name: str
    value: Number | None
    main: bool = False
    state: str = ""
    href: str = ""
    text: str = ""


@dataclass(frozen=True)
class Bars:
    """Few units compared. Starts at 0. ``threshold`` is (word, value)."""

    title: str
    rows: tuple[BarRow, ...]
    unit: str = ""
    decimals: int = 0
    threshold: tuple[str, Number] | None = None
    height: int = 150

    @cached_property
    def scale(self) -> Scale:
        """The axis, from zero."""
        values = [row.value for row in self.rows if row.value is not None]
        return Scale.over([*values, *([self.threshold[1]] if self.threshold else [])], from_zero=True)

    @property
    def highlighted(self) -> bool:
        """Whether one stands against many."""
        return any(row.main for row in self.rows)

    @property
    def tick(self) -> float | None:
        """Where the threshold stands."""
        return self.scale.at(self.threshold[1]) if self.threshold else None

    @cached_property
    def drawn(self) -> list[dict[str, object]]:
        """Each row with its width (per cent), its place across as a column, and its number as written."""
        slot = 100 / max(1, len(self.rows))
        return [self._drawn(i, row, slot) for i, row in enumerate(self.rows)]

    def _drawn(self, i: int, row: BarRow, slot: float) -> dict[str, object]:
        share = None if row.value is None else self.scale.at(row.value)
        tall = 0 if share is None else round(self.height * share / 100, 1)
        kind = "main" if row.main else "other" if self.highlighted else "plain"
        return {
            "row": row,
            "kind": row.state if row.state in ("attention", "late") else kind,
            "width": share,
            "written": "" if row.value is None else row.text or written(row.value, self.decimals),
            "x": round(i * slot + slot * 0.22, 2),
            "column": round(slot * 0.56, 2),
            "middle": round((i + 0.5) * slot, 2),
            "top": round(self.height - tall, 1),
            "tall": tall,
        }
