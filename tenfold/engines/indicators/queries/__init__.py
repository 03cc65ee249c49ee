"""The only door to the fact store: values and their sources, within the scope of whoever asks.

Every function needs an access context and raises :class:`OutOfScope` for a place beyond it.
"""

from .lock import OutOfScope, UnknownIndicator, UnknownPeriod, place_of, stamp
from .many import Spot, at_places
from .sources import Cell, Source, SourceRow, cells_of, fields_of, source
from .standings import PUPILS, Group, Standing, Standings, group_words, neighbours, standings
from .telling import Entry, Threshold, catalogue, column_of, entry, split_words, threshold, updating, worded
from .values import (
    Member,
    Units,
    UnknownSplit,
    Value,
    by_split,
    children,
    courses,
    history,
    latest_period,
    members,
    parted,
    periods,
    units,
    value,
    values_of,
)

__all__ = [
    "PUPILS",
    "Cell",
    "Entry",
    "Group",
    "Member",
    "OutOfScope",
    "Source",
    "SourceRow",
    "Spot",
    "Standing",
    "Standings",
    "Threshold",
    "Units",
    "UnknownIndicator",
    "UnknownPeriod",
    "UnknownSplit",
    "Value",
    "at_places",
    "by_split",
    "catalogue",
    "cells_of",
    "children",
    "column_of",
    "courses",
    "entry",
    "fields_of",
    "group_words",
    "history",
    "latest_period",
    "members",
    "neighbours",
    "parted",
    "periods",
    "place_of",
    "source",
    "split_words",
    "stamp",
    "standings",
    "threshold",
    "units",
    "updating",
    "value",
    "values_of",
    "worded",
]
