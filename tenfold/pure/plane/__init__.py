"""Outlines on a plane: area, inside or out, fewer points, where a name is written.

And how far places lie apart; and China's coordinate systems.
"""

from .distance import kilometres, middle
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
    "kilometres",
    "label_point",
    "middle",
    "simplified",
    "to_gcj02",
]
