"""The words of a manifest: frozen, typed values known to everybody.

A package says in its ``manifest.py`` what it brings to the house; ``tenfold.site.house``
assembles all manifests once at start, and whoever serves others (the desk, the importer,
the indicator engine) asks :func:`house` for what was declared. So engines serve rooms
without knowing them.
"""

from .facts import WHOLE, Column, Condition, Expression, Fact
from .house import House, HouseFault, house, install
from .indicators import (
    Count,
    Distinct,
    Indicator,
    Mean,
    Percentile,
    Ratio,
    Share,
    Spread,
    Total,
)
from .pages import PUBLIC, SIGNED_IN, page
from .words import (
    CHANNELS,
    Answer,
    Asked,
    Command,
    Criterion,
    Duty,
    Field,
    Finder,
    Hit,
    JobKind,
    Manifest,
    MenuItem,
    NoticeKind,
    Owed,
    Panel,
    PaperKind,
    Reader,
    Right,
    Room,
)

__all__ = [
    "CHANNELS",
    "PUBLIC",
    "SIGNED_IN",
    "WHOLE",
    "Answer",
    "Asked",
    "Column",
    "Command",
    "Condition",
    "Count",
    "Criterion",
    "Distinct",
    "Duty",
    "Expression",
    "Fact",
    "Field",
    "Finder",
    "Hit",
    "House",
    "HouseFault",
    "Indicator",
    "JobKind",
    "Manifest",
    "Mean",
    "MenuItem",
    "NoticeKind",
    "Owed",
    "Panel",
    "PaperKind",
    "Percentile",
    "Ratio",
    "Reader",
    "Right",
    "Room",
    "Share",
    "Spread",
    "Total",
    "house",
    "install",
    "page",
]
