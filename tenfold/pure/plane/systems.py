"""WGS-84, CGCS2000 and BD-09 as GCJ-02: what every map that may be shown in China is drawn in.

GCJ-02 shifts WGS-84 by some hundred metres, by a function of the place that is publicly known; CGCS2000 differs
from WGS-84 by centimetres. The function is good to about a metre, far below a pixel of any map here.
"""

from __future__ import annotations

import math

SYSTEMS = ("GCJ02", "WGS84", "CGCS2000", "BD09")

AXIS = 6378245.0
"""The half axis of the Krasovsky ellipsoid, on which the shift is reckoned."""
FLAT = 0.00669342162296594323
"""Its squared eccentricity."""


def to_gcj02(longitude: float, latitude: float, system: str) -> tuple[float, float]:
    """A place in GCJ-02; ValueError for a system that nobody knows."""
    if system == "GCJ02":
        return longitude, latitude
    if system in ("WGS84", "CGCS2000"):
        return _shifted(longitude, latitude)
    if system == "BD09":
        return _unturned(longitude, latitude)
    raise ValueError(system)


def _waves(x: float) -> float:
    return (20 * math.sin(6 * x * math.pi) + 20 * math.sin(2 * x * math.pi)) * 2 / 3


def _shifted(longitude: float, latitude: float) -> tuple[float, float]:
    x, y = longitude - 105, latitude - 35
    root = math.sqrt(abs(x))
    up = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + _waves(x)
    up += (20 * math.sin(y * math.pi) + 40 * math.sin(y / 3 * math.pi)) * 2 / 3
    up += (160 * math.sin(y / 12 * math.pi) + 320 * math.sin(y / 30 * math.pi)) * 2 / 3
    across = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + _waves(x)
    across += (20 * math.sin(x * math.pi) + 40 * math.sin(x / 3 * math.pi)) * 2 / 3
    across += (150 * math.sin(x / 12 * math.pi) + 300 * math.sin(x / 30 * math.pi)) * 2 / 3
    turn = math.radians(latitude)
    magic = 1 - FLAT * math.sin(turn) ** 2
    tall = AXIS * (1 - FLAT) / (magic * math.sqrt(magic)) * math.pi / 180
    wide = AXIS / math.sqrt(magic) * math.cos(turn) * math.pi / 180
    return longitude + across / wide, latitude + up / tall


def _unturned(longitude: float, latitude: float) -> tuple[float, float]:
    x, y = longitude - 0.0065, latitude - 0.006
    step = math.pi * 3000 / 180
    far = math.hypot(x, y) - 0.00002 * math.sin(y * step)
    turn = math.atan2(y, x) - 0.000003 * math.cos(x * step)
    return far * math.cos(turn), far * math.sin(turn)
