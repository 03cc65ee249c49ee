"""A file of outlines (GeoJSON) read with suspicion: every shape that cannot be drawn is named with its reason."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from tenfold.pure.plane import Point, area, label_point, simplified, to_gcj02

LARGEST = 32 * 1024 * 1024
"""A larger file holds more than outlines of counties, in bytes."""

MOST_POINTS = 400_000
TOLERANCE = 0.0006
"""Points nearer than this to the line of the others are left out, in degrees: some 60 metres, half a pixel."""

LEAST_AREA = 1e-6
"""A smaller island is no more than a speck, in square degrees."""

LONGITUDES, LATITUDES = (73.0, 136.0), (3.0, 54.0)
"""Between these lies everything that a Chinese city's map may show."""


class OutlineFault(ValueError):
    """A file that holds no outlines at all."""


@dataclass(frozen=True)
class Outline:
    """One shape of a file: its number, code and name there, its rings in GCJ-02, and where its name is written."""

    number: int
    code: str
    name: str
    rings: tuple[tuple[Point, ...], ...]
    label: Point


@dataclass
class Reading:
    """What a file holds: the shapes that can be drawn, and for each other one why not, by its place in the file."""

    outlines: list[Outline] = field(default_factory=list)
    faults: list[tuple[int, str, str]] = field(default_factory=list)


def read(content: bytes, system: str = "GCJ02") -> Reading:
    """Read GeoJSON; raises :class:`OutlineFault` where it is none."""
    if len(content) > LARGEST:
        words = {"most": LARGEST // 1024 // 1024}
        raise OutlineFault(_("the file is larger than %(most)s MB; outlines of counties need far less") % words)
    try:
        told = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as fault:
        raise OutlineFault(_("the file is not written in UTF-8")) from fault
    except (json.JSONDecodeError, RecursionError) as fault:
        line = getattr(fault, "lineno", 1)
        raise OutlineFault(_("the file is no JSON, from line %(line)s on") % {"line": line}) from fault
    features = told.get("features") if isinstance(told, dict) else None
    if not isinstance(features, list) or not features:
        raise OutlineFault(_("the file holds no features; a GeoJSON FeatureCollection is needed"))
    return _read_all(features, system)


def _read_all(features: list[Any], system: str) -> Reading:
    found, points = Reading(), 0
    for number, feature in enumerate(features, 1):
        words = feature if isinstance(feature, dict) else {}
        told = words.get("properties")
        properties: dict[str, Any] = told if isinstance(told, dict) else {}
        code = str(properties.get("adcode") or properties.get("code") or words.get("id") or "").strip()[:20]
        name = str(properties.get("name") or "").strip()[:60]
        try:
            rings = _rings(words.get("geometry"))
            points += sum(map(len, rings))
            if points > MOST_POINTS:
                raise OutlineFault(_("the file holds more than %(most)s points") % {"most": MOST_POINTS})
            drawn = _drawn(rings, system)
        except ValueError as fault:
            if isinstance(fault, OutlineFault):
                raise
            found.faults.append((number, name or code, str(fault)))
            continue
        found.outlines.append(Outline(number, code, name, drawn, label_point(drawn)))
    return found


def _rings(geometry: Any) -> list[list[Point]]:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise ValueError(_("not a polygon but %(kind)s") % {"kind": str(kind or _("nothing"))[:30]})
    coordinates = geometry.get("coordinates")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    try:
        return [[_point(p) for p in ring] for polygon in polygons for ring in polygon]
    except TypeError as fault:
        raise ValueError(_("its coordinates cannot be read")) from fault


def _point(pair: Any) -> Point:
    x, y = pair[0], pair[1]
    if isinstance(x, bool) or not isinstance(x, int | float) or not isinstance(y, int | float):
        raise TypeError(pair)
    if not (math.isfinite(x) and math.isfinite(y)):
        raise ValueError(_("its coordinates cannot be read"))
    if not (LONGITUDES[0] <= x <= LONGITUDES[1] and LATITUDES[0] <= y <= LATITUDES[1]):
        if LONGITUDES[0] <= y <= LONGITUDES[1] and LATITUDES[0] <= x <= LATITUDES[1]:
            raise ValueError(_("longitude and latitude are in the wrong order"))
        words = {"x": f"{x:g}", "y": f"{y:g}"}
        raise ValueError(_("the point %(x)s, %(y)s lies outside China, or is not given in degrees") % words)
    return float(x), float(y)


def _drawn(rings: Sequence[Sequence[Point]], system: str) -> tuple[tuple[Point, ...], ...]:
    found = []
    for ring in rings:
        opened = list(ring[:-1]) if len(ring) > 1 and ring[0] == ring[-1] else list(ring)
        moved = [to_gcj02(x, y, system) for x, y in opened]
        kept = simplified(moved, TOLERANCE)
        if len(kept) >= 3 and area(kept) >= LEAST_AREA:
            found.append(tuple((round(x, 5), round(y, 5)) for x, y in kept))
    if not found:
        raise ValueError(_("it encloses nothing"))
    return tuple(found)
