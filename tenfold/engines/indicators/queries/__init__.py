"""The only door to the fact store: values and their sources, within the scope of whoever asks.

Every function needs an access context and raises :class:`OutOfScope` for a place beyond it.
"""

from .lock import OutOfScope, UnknownIndicator, UnknownPeriod
from .sources import Cell, Source, SourceRow, cells_of, source
from .telling import Entry, catalogue, entry, updating
from .values import (
    UnknownSplit,
    Value,
    children,
    history,
    latest_period,
    periods,
    units,
    value,
    values_of,
)

__all__ = [
    "Cell",
    "Entry",
    "OutOfScope",
    "Source",
    "SourceRow",
    "UnknownIndicator",
    "UnknownPeriod",
    "UnknownSplit",
    "Value",
    "catalogue",
    "cells_of",
    "children",
    "entry",
    "history",
    "latest_period",
    "periods",
    "source",
    "units",
    "updating",
    "value",
    "values_of",
]
