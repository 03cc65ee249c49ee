"""The distribution of many units: one dot a unit, the standard, the 85 per cent line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from ..numbers import Number, written
from .scales import Scale

NOMINAL = 620
"""The width in pixels for which dots are kept from touching; narrower, they may overlap a little."""
MOST_DOTS = 400
COLUMNS = 48


@dataclass(frozen=True)
class Unit:
    """One unit: ``size`` makes its dot larger (by area), ``own`` is the one whose page this is."""

    name: str
    value: Number
    size: float = 0
    href: str = ""
    own: bool = False
    state: str = ""


@dataclass(frozen=True)
class Dot:
    """A drawn unit: place in per cent and pixels, radius, sign ('' for a plain dot)."""

    unit: Unit
    x: float
    y: float
    r: float
    sign: str

    @property
    def box(self) -> float:
        """The side of its sign."""
        return round(max(2.3 * self.r, 6.5), 1)

    @property
    def shift(self) -> float:
        """From the corner of its sign to the middle."""
        return round(-self.box / 2, 2)


@dataclass(frozen=True)
class Distribution:
    """Many units on one axis.

    ``threshold`` is the standard, ``floor`` the share of it below which a unit is far off;
    ``reference`` is (word, value) of the whole. ``better`` higher or lower says on which side the
    standard is missed. ``named`` is how many of the farthest units are written beside their dots.
    """

    title: str
    units: tuple[Unit, ...]
    unit: str = ""
    decimals: int = 2
    threshold: Number | None = None
    floor: float = 0.85
    reference: tuple[str, Number] | None = None
    better: str = "higher"
    height: int = 130
    named: int = 2
    table_link: str = ""

    @cached_property
    def scale(self) -> Scale:
        """The axis over all units, the standard and its floor."""
        values: list[Number] = [u.value for u in self.units]
        if self.threshold is not None:
            values += [self.threshold, float(self.threshold) * self._floor_factor]
        if self.reference:
            values.append(self.reference[1])
        return Scale.over(values, ticks=5)

    @property
    def _floor_factor(self) -> float:
        return self.floor if self.better != "lower" else 2 - self.floor

    def sign_of(self, unit: Unit) -> str:
        """late below the floor, attention between floor and standard, else ''."""
        if unit.state:
            return unit.state if unit.state in ("attention", "late") else ""
        if self.threshold is None or self.better not in ("higher", "lower"):
            return ""
        mark, value = float(self.threshold), float(unit.value)
        short = (value, mark) if self.better == "higher" else (mark, value)
        if short[0] >= short[1]:
            return ""
        beyond = value < mark * self.floor if self.better == "higher" else value > mark * (2 - self.floor)
        return "late" if beyond else "attention"

    @property
    def binned(self) -> bool:
        """Whether there are too many for dots."""
        return len(self.units) > MOST_DOTS

    @cached_property
    def dots(self) -> list[Dot]:
        """The units as dots that keep clear of each other, or none where they are binned."""
        if self.binned:
            return []
        for shrink in (1.0, 0.85, 0.7, 0.55, 0.42, 0.3):
            dots = self._swarm(shrink)
            if all(dot.r <= dot.y <= self.height - dot.r for dot in dots):
                break
        return dots

    def _radius(self, unit: Unit, largest: float) -> float:
        if self.height < 60:
            return 2.2
        return 4.2 if not largest else 3.2 + 4.6 * (unit.size / largest) ** 0.5

    def _swarm(self, shrink: float) -> list[Dot]:
        middle = self.height / 2
        largest = max((u.size for u in self.units), default=0)
        placed: list[Dot] = []
        for unit in sorted(self.units, key=lambda u: (float(u.value), u.name)):
            radius = round(self._radius(unit, largest) * shrink, 1)
            x = self.scale.at(unit.value)
            y = round(middle + _free(placed, x * NOMINAL / 100, radius, middle), 1)
            placed.append(Dot(unit, x, y, radius, self.sign_of(unit)))
        return placed

    @cached_property
    def columns(self) -> list[dict[str, float | int | str]]:
        """Where binned: columns of equal width with how many units each state has, drawn from the foot."""
        if not self.binned:
            return []
        width = 100 / COLUMNS
        counts: dict[tuple[int, str], int] = {}
        for unit in self.units:
            column = min(COLUMNS - 1, int(self.scale.at(unit.value) / width))
            key = (column, self.sign_of(unit))
            counts[key] = counts.get(key, 0) + 1
        tallest = max(sum(counts.get((c, s), 0) for s in ("late", "attention", "")) for c in range(COLUMNS))
        return _stacked(counts, width, self.height, tallest)

    @property
    def lines(self) -> list[dict[str, object]]:
        """The standard, its floor and the whole: place, words, kind; the words keep apart in two rows."""
        found: list[dict[str, object]] = []
        if self.threshold is not None:
            at = self.scale.at(float(self.threshold) * self._floor_factor)
            found.append({"x": at, "word": f"{self._floor_factor:.0%}", "kind": "floor", "anchor": "end"})
            word = f"{_('Standard')}{written(self.threshold, self._short(self.threshold))}"
            found.append({"x": self.scale.at(self.threshold), "word": word, "kind": "standard", "anchor": "start"})
        if self.reference:
            name, value = self.reference
            found.append(
                {
                    "x": self.scale.at(value),
                    "word": f"{name}{written(value, self.decimals)}",
                    "kind": "reference",
                    "anchor": "start",
                }
            )
        return _rows(found)

    def _short(self, value: Number) -> int:
        least = 1 if self.decimals and abs(float(value)) < 100 else 0
        return next((d for d in range(least, self.decimals) if round(float(value), d) == float(value)), self.decimals)

    @cached_property
    def labels(self) -> list[dict[str, object]]:
        """The farthest units by name and value, beside their dots."""
        far = [d for d in self.dots if d.sign == "late" or d.unit.own]
        far = sorted(far, key=lambda d: (not d.unit.own, d.x if self.better == "higher" else -d.x))[: self.named]
        return [
            {
                "x": d.x,
                "y": d.y + 4 if i == 0 else self.height - 2,
                "shift": round((d.r + 5) * (1 if d.x < 70 else -1), 1) if i == 0 else 0,
                "anchor": ("start" if d.x < 70 else "end") if i == 0 else ("start" if d.x < 12 else "middle"),
                "word": f"{d.unit.name} {written(d.unit.value, self.decimals)}",
            }
            for i, d in enumerate(far)
        ]

    @property
    def own(self) -> Dot | None:
        """The unit whose page this is."""
        own = next((u for u in self.units if u.own), None)
        if own is None:
            return None
        return Dot(own, self.scale.at(own.value), 14, 6, self.sign_of(own))

    @property
    def ticks(self) -> list[tuple[float, str]]:
        """For the small form: the place and sign of every unit but the own."""
        return [(self.scale.at(u.value), self.sign_of(u)) for u in self.units if not u.own]

    def count(self, sign: str) -> int:
        """How many units have a sign."""
        return sum(self.sign_of(u) == sign for u in self.units)

    @property
    def sentence(self) -> str:
        """What the chart shows, in one sentence."""
        if self.threshold is None or self.better not in ("higher", "lower"):
            return _("%(title)s: %(n)s units") % {"title": self.title, "n": len(self.units)}
        missed, far = self.count("attention") + self.count("late"), self.count("late")
        words = {"title": self.title, "n": len(self.units), "missed": missed, "far": far}
        return _("%(title)s: of %(n)s units %(missed)s miss the standard, %(far)s of them by far") % words

    @property
    def table(self) -> list[dict[str, object]]:
        """The same as rows, the worst first; where binned, the farthest hundred."""
        rows = sorted(self.units, key=lambda u: float(u.value), reverse=self.better == "lower")
        return [
            {"unit": u, "sign": self.sign_of(u), "written": written(u.value, self.decimals)}
            for u in (rows[:100] if self.binned else rows)
        ]


def _free(placed: Sequence[Dot], x: float, radius: float, limit: float) -> float:
    """The smallest shift from the middle at which a dot touches none of those placed."""
    near = [(d.x * NOMINAL / 100 - x, d.y - limit, d.r + radius + 0.6) for d in placed[-120:]]
    near = [(dx, dy, reach) for dx, dy, reach in near if abs(dx) < reach]
    if not near:
        return 0.0
    shifts = [0.0]
    for dx, dy, reach in near:
        rise = (reach * reach - dx * dx) ** 0.5
        shifts += [dy + rise, dy - rise]
    free = (s for s in sorted(shifts, key=lambda s: (abs(s), s)) if _clear(near, s))
    return next(free, 0.0)


def _clear(near: Sequence[tuple[float, float, float]], shift: float) -> bool:
    return all(dx * dx + (dy - shift) ** 2 >= reach * reach - 0.01 for dx, dy, reach in near)


def _stacked(
    counts: dict[tuple[int, str], int], width: float, height: int, tallest: int
) -> list[dict[str, float | int | str]]:
    found: list[dict[str, float | int | str]] = []
    for column in range(COLUMNS):
        foot = float(height)
        for sign in ("", "attention", "late"):
            number = counts.get((column, sign), 0)
            if number:
                tall = round(number / tallest * (height - 6), 1)
                foot = round(foot - tall, 1)
                found.append(
                    {
                        "x": round(column * width + 0.12, 2),
                        "width": round(width - 0.24, 2),
                        "y": foot,
                        "tall": tall,
                        "kind": sign or "plain",
                        "n": number,
                    }
                )
    return found


def _rows(lines: list[dict[str, object]]) -> list[dict[str, object]]:
    """Lines from left to right; words that would meet those of the line before stand in a second row."""
    ordered = sorted(lines, key=lambda line: float(str(line["x"])))
    for i, line in enumerate(ordered):
        before = ordered[i - 1] if i else None
        meets = before is not None and float(str(line["x"])) - float(str(before["x"])) < 18
        apart = before is not None and before["anchor"] == "end" and line["anchor"] == "start"
        line["row"] = 1 if before is not None and meets and not apart and not before["row"] else 0
        if float(str(line["x"])) > 85:
            line["anchor"] = "end"
    return ordered
