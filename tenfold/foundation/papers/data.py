"""Words for those who build a paper's data: a value with its note, a chart. All of it is plain data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
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


def under_one_note(data: Any) -> Any:
    """The same data with all their notes in one, for a sheet of one page; each figure refers to it."""
    texts: list[str] = []
    _walked(data, lambda text: texts.extend(each[1:-1] for each in NOTE.findall(text)))
    whole = " ".join(dict.fromkeys(texts))
    return _walked(data, lambda text: NOTE.sub(lambda _note: f"{OPENS}{whole}{CLOSES}", text))


def _walked(value: Any, act: Callable[[str], Any]) -> Any:
    if isinstance(value, dict):
        return {key: _walked(each, act) for key, each in value.items()}
    if isinstance(value, list):
        return [_walked(each, act) for each in value]
    return act(value) if isinstance(value, str) else value


def bars(title: object, unit: object, rows: Iterable[Sequence[Any]], height: int = 8) -> dict[str, Any]:
    """A chart of bars: (label, value) of each row, a value None where it is unknown; ``height`` of a bar in mm."""
    return {
        CHART: "bars",
        "title": str(title),
        "unit": str(unit),
        "height": height,
        "rows": [[str(label), None if value is None else float(value)] for label, value in rows],
    }
