"""Charts as numbers: what the templates draw as SVG with attributes only.

Across, positions are per cent of the width, so that a chart fills its column while type and strokes
keep their size; upward they are pixels. Every chart carries the sentence and the table that say the same.
"""

from .bars import Bar, BarRow, Bars, segments
from .distribution import Distribution, Unit
from .map import Map, Shape, Spot
from .range import MiddleHalf
from .scales import Scale, nice
from .trend import Series, Trend, spark

__all__ = [
    "Bar",
    "BarRow",
    "Bars",
    "Distribution",
    "Map",
    "MiddleHalf",
    "Scale",
    "Series",
    "Shape",
    "Spot",
    "Trend",
    "Unit",
    "nice",
    "segments",
    "spark",
]
