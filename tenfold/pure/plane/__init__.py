"""Outlines on a plane: area, inside or out, fewer points, where a name is written; and China's coordinate systems."""

from .rings import Box, Point, Ring, area, box, inside, label_point, near, simplified
from .systems import SYSTEMS, to_gcj02

__all__ = [
    "SYSTEMS",
    "Box",
    "Point",
    "Ring",
    "area",
    "box",
    "inside",
    "label_point",
    "near",
    "simplified",
    "to_gcj02",
]
