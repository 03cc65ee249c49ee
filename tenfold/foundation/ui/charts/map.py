"""Where something is: shapes with their names and values written on them, and units as dots.

The shapes stand in one drawing that scales with its column; names, values and dots stand in a second one above it,
placed in per cent, so that type and signs keep their size at every width. No tiles, no zoom, no script.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from tenfold.pure.plane import Point, Region, Ring, box

from ..figures import Figure
from ..numbers import Number, written
from ..words import listed

WIDE = 1200
"""The drawing's own width: two units a pixel on a desk."""
TALLEST = 0.92
"""No map is taller than this share of its width; it is narrowed instead."""
MARGIN = 14
REACH = 0.02
"""A dot may stand so far outside the shapes, in degrees: some two kilometres, which a rough reading may be off."""
STEPS = 5
LATE = 2


@dataclass(frozen=True)
class Shape:
    """An area. ``label`` is where its name stands; ``figure`` opens its value in the table; ``late`` counts what is
    overdue there, ``states`` are (state, words) written below the name; ``own`` is the one whose page this is.
    """

    name: str
    rings: Sequence[Ring]
    label: Point
    value: Number | None = None
    figure: Figure | None = None
    late: int = 0
    states: tuple[tuple[str, str], ...] = ()
    href: str = ""
    own: bool = False


@dataclass(frozen=True)
class Spot:
    """A unit at a place (GCJ-02); without coordinates it is named below the map."""

    name: str
    longitude: float | None
    latitude: float | None
    state: str = ""
    href: str = ""
    own: bool = False


@dataclass(frozen=True)
class Map:
    """A map. ``kind``: steps (values in five steps), late (counts of what is overdue), plain (a ground for dots).

    ``words`` are the words of the dots' states in the order of the legend; ``key`` tells maps of one page apart.
    """

    title: str
    shapes: tuple[Shape, ...]
    spots: tuple[Spot, ...] = ()
    kind: str = "steps"
    unit: str = ""
    decimals: int = 0
    source: str = ""
    review_number: str = ""
    words: tuple[tuple[str, str], ...] = ()
    key: str = "map"

    @cached_property
    def _frame(self) -> tuple[float, float, float, float, float]:
        """Left and high in degrees, how many units a degree takes across and up, and the height."""
        left, low, right, high = box([ring for shape in self.shapes for ring in shape.rings])
        squeeze = math.cos(math.radians((low + high) / 2))
        wide, tall = (right - left) * squeeze, high - low
        room = WIDE - 2 * MARGIN
        unit = min(room / wide, (WIDE * TALLEST - 2 * MARGIN) / tall)
        start = left - (WIDE - wide * unit) / 2 / (unit * squeeze)
        return start, high, unit * squeeze, unit, tall * unit + 2 * MARGIN

    @property
    def table(self) -> list[tuple[str, str, str, str]]:
        """The dots as rows: name, address, state and its word, in the order of the legend."""
        order = {state: place for place, (state, _words) in enumerate(self.words)}
        words = dict(self.words)
        rows = [(spot.name, spot.href, spot.state, words.get(spot.state, "")) for spot in self.spots]
        return sorted(rows, key=lambda row: -order.get(row[2], -1))

    @property
    def width(self) -> int:
        """The width of the drawing in its own units."""
        return WIDE

    @property
    def height(self) -> int:
        """Its height."""
        return math.ceil(self._frame[4])

    def _at(self, point: Point) -> tuple[float, float]:
        left, high, across, up, _tall = self._frame
        return (point[0] - left) * across, (high - point[1]) * up + MARGIN

    def _share(self, point: Point) -> tuple[float, float]:
        x, y = self._at(point)
        return round(100 * x / WIDE, 2), round(100 * y / self.height, 2)

    @cached_property
    def _bounds(self) -> tuple[float, float] | None:
        known = [float(s.value) for s in self.shapes if s.value is not None]
        return (min(known), max(known)) if known else None

    def step_of(self, value: Number | None) -> int:
        """The step of a value, from 1 to 5; 3 where all are equal, 0 where unknown."""
        if value is None or self._bounds is None:
            return 0
        low, high = self._bounds
        if written(low, self.decimals) == written(high, self.decimals):
            return 3
        return min(STEPS, int((float(value) - low) / (high - low) * STEPS) + 1)

    def _ground(self, shape: Shape) -> str:
        if self.kind == "plain":
            return "plain"
        if self.kind == "late":
            return f"late-{min(LATE, shape.late)}"
        step = self.step_of(shape.value)
        return f"step-{step}" if step else "unknown"

    @cached_property
    def drawn(self) -> list[dict[str, Any]]:
        """The shapes, the own one last so that its outline lies above its neighbours'."""
        found = []
        for number, shape in enumerate(self.shapes, 1):
            x, y = self._share(shape.label)
            found.append(
                {
                    "shape": shape,
                    "id": f"tf-{self.key}-{number}",
                    "path": " ".join(self._path(ring) for ring in shape.rings),
                    "ground": self._ground(shape),
                    "x": x,
                    "y": y,
                    "written": "" if shape.value is None else written(shape.value, self.decimals),
                    "lines": [(state, words, 16 * n) for n, (state, words) in enumerate(shape.states, 1)],
                }
            )
        return sorted(found, key=lambda one: one["shape"].own)

    @property
    def named(self) -> bool:
        """Whether names are written: one shape alone is the page's own."""
        return len(self.shapes) > 1

    def _path(self, ring: Ring) -> str:
        """A ring in whole units, each point told from the one before: half as long as plain coordinates."""
        pieces: list[str] = []
        x0, y0 = 0, 0
        for point in ring:
            x, y = (round(v) for v in self._at(point))
            if not pieces:
                pieces.append(f"M{x} {y}l")
            elif (x, y) != (x0, y0):
                pieces.append(f"{x - x0} {y - y0}")
            x0, y0 = x, y
        return " ".join(pieces).replace(" -", "-") + "z"

    @cached_property
    def _placed(self) -> tuple[list[Spot], list[tuple[Spot, str]]]:
        regions = [Region(shape.rings) for shape in self.shapes]
        drawn, beyond = [], []
        for spot in self.spots:
            if spot.longitude is None or spot.latitude is None:
                beyond.append((spot, _("no coordinates")))
            elif not any(r.holds((spot.longitude, spot.latitude)) for r in regions) and not any(
                r.holds((spot.longitude, spot.latitude), REACH) for r in regions
            ):
                beyond.append((spot, _("its coordinates lie outside the map")))
            else:
                drawn.append(spot)
        return drawn, beyond

    @cached_property
    def dots(self) -> list[dict[str, Any]]:
        """The units that can be drawn, what needs looking at above the others."""
        order = [state for state, _word in self.words][::-1] or ["", "done", "unknown", "attention", "late"]
        drawn = sorted(self._placed[0], key=lambda s: (s.own, order.index(s.state) if s.state in order else -1))
        found = []
        for spot in drawn:
            x, y = self._share((spot.longitude or 0.0, spot.latitude or 0.0))
            x, y = (min(max(share, 0), 100) for share in (x, y))  # just beyond the border, still on the paper
            found.append({"spot": spot, "x": x, "y": y, "sign": spot.state, "box": 16 if spot.own else 9})
        return found

    @property
    def dots_drawn(self) -> str:
        """The dots as SVG: of numbers and the house's own words alone. Written here, since a city has thousands."""
        return "".join(map(_dot, self.dots))

    @property
    def beyond(self) -> list[tuple[Spot, str]]:
        """The units that are not drawn, each with its reason."""
        return self._placed[1]

    @property
    def beyond_words(self) -> str:
        """The units not drawn, by reason: 没有坐标：甲小学、乙小学."""
        found = []
        for reason in dict.fromkeys(why for _spot, why in self.beyond):
            names = [spot.name for spot, why in self.beyond if why == reason]
            told = listed(names[:6])
            if len(names) > 6:
                told = _("%(names)s and %(more)s more") % {"names": told, "more": len(names) - 6}
            found.append(_("%(reason)s: %(names)s") % {"reason": reason, "names": told})
        return _("; ").join(found)

    @cached_property
    def legend(self) -> list[tuple[str, str]]:
        """(ground, words) of the shapes."""
        if self.kind == "late":
            words = [_("Nothing overdue"), _("1 overdue"), _("2 overdue and more")]
            return [(f"late-{n}", word) for n, word in enumerate(words)]
        if self.kind != "steps":
            return []
        found = [(f"step-{n}", words) for n, words in self._ranges()]
        if any(s.value is None for s in self.shapes):
            found.append(("unknown", _("To be filled")))
        return found

    def _ranges(self) -> list[tuple[int, str]]:
        if self._bounds is None:
            return []
        low, high = self._bounds
        if written(low, self.decimals) == written(high, self.decimals):
            return [(3, written(low, self.decimals))]
        ends = [written(low + (high - low) * n / STEPS, self.decimals) for n in range(STEPS + 1)]
        return [(n + 1, f"{ends[n]}—{ends[n + 1]}") for n in range(STEPS)]

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        """(state, words, how many) of the dots drawn, in the order of the legend."""
        found = [(state, word, sum(s.state == state for s in self._placed[0])) for state, word in self.words]
        return [one for one in found if one[2]]

    @property
    def sentence(self) -> str:
        """What the map shows, in one sentence."""
        if self.kind == "late":
            late = [f"{s.name}{s.late}" for s in self.shapes if s.late]
            return _("%(title)s: %(words)s") % {"title": self.title, "words": listed(late) or _("Nothing overdue")}
        if self.kind == "steps":
            told = [f"{s.name} {written(s.value, self.decimals)}" for s in self.shapes if s.value is not None]
            return _("%(title)s: %(words)s") % {"title": self.title, "words": listed(told) or _("To be filled")}
        told = [f"{word}{n}" for _state, word, n in self.counts]
        words = {"title": self.title, "n": len(self._placed[0]), "words": listed(told)}
        return (_("%(title)s: %(n)s schools, %(words)s") if told else _("%(title)s: %(n)s schools")) % words


def _dot(dot: dict[str, Any]) -> str:
    at, own = f"{dot['x']}%", dot["spot"].own
    if not dot["sign"]:
        kind, size = ("tf-own", 7) if own else ("tf-dot", 3.2)
        return f'<circle class="{kind}" cx="{at}" cy="{dot["y"]}%" r="{size}"/>'
    shift = -dot["box"] / 2
    return (
        f'<use class="tf-map-sign tf-sign-{dot["sign"]}" href="#tf-s-{dot["sign"]}" x="{at}" y="{dot["y"]}%" '
        f'width="{dot["box"]}" height="{dot["box"]}" transform="translate({shift} {shift})"/>'
    )
