"""Words for those who build a paper's data: a value with its note, a chart. All of it is plain data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from .rules import CHART

OPENS, CLOSES = "\ue100", "\ue101"
NOTE = re.compile(f"{OPENS}.*?{CLOSES}", re.S)


def noted(text: object, note: object) -> str:
    """A text that carries a footnote; the same note told twice stands once in the paper."""
    words = " ".join(str(note).split()).replace(OPENS, "").replace(CLOSES, "")
    return f"{text}{OPENS}{words}{CLOSES}" if words else str(text)


def plain(text: str) -> str:
    """A text without its notes."""
    return NOTE.sub("", text)


def bars(title: object, unit: object, rows: Iterable[Sequence[Any]], height: int = 8) -> dict[str, Any]:
    """A chart of bars: (label, value) of each row, a value None where it is unknown; ``height`` of a bar in mm."""
    return {
        CHART: "bars",
        "title": str(title),
        "unit": str(unit),
        "height": height,
        "rows": [[str(label), None if value is None else float(value)] for label, value in rows],
    }
