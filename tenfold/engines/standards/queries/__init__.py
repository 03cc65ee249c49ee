"""Reads of the self-assessment, within the scope of whoever asks."""

from .assessing import (
    Held,
    NotCounted,
    SchoolCard,
    UnknownStandard,
    assessed,
    choose_item,
    choose_standard,
    counties,
    readable,
    standards,
)
from .deciding import Item, ItemState, items_of, result
from .entered import entries, entries_below, entry_of, material_of
from .links import item_indicator, passing_indicator, resource_indicator, spread_indicator
from .trends import Course, courses

__all__ = [
    "Course",
    "Held",
    "Item",
    "ItemState",
    "NotCounted",
    "SchoolCard",
    "UnknownStandard",
    "assessed",
    "choose_item",
    "choose_standard",
    "counties",
    "courses",
    "entries",
    "entries_below",
    "entry_of",
    "item_indicator",
    "items_of",
    "material_of",
    "passing_indicator",
    "readable",
    "resource_indicator",
    "result",
    "spread_indicator",
    "standards",
]
