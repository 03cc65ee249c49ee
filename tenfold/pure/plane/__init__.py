"""Outlines on a plane: area, inside or out, fewer points, where a name is written; and China's coordinate systems."""

from .rings import Box, Point, Region, Ring, area, box, inside, label_point, simplified
from .systems import SYSTEMS, to_gcj02

__all__ = [
    "SYSTEMS",
    "Box",
    "Point",
    "Region",
    "Ring",
    "area",
    "box",
    "inside",
    "label_point",
    "simplified",
    "to_gcj02",
]
