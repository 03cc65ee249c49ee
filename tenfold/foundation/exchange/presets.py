"""Mappings of the exports that schools already have, recognised by their headings.

Files of ``standards/presets/*.toml`` in the house's mapping format, with one table more::

    [preset]
    name = "…"                     # what the export is called
    recognise = ["学籍号", "年级"]   # headings that must all stand in one row of a sheet
    sure = "U"                     # put together from public material; the bureau may write it anew
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from .headings import SEARCHED_ROWS
from .reading import Book, Raw
from .vocabulary import normal


@dataclass(frozen=True)
class Preset:
    """A known export: the kind it is imported as, its name, the headings by which it is known, its mapping."""

    code: str
    kind: str
    name: str
    recognise: frozenset[str]
    text: str
    sure: str = "U"


@cache
def presets() -> dict[str, Preset]:
    """All of them by code, those with most headings first."""
    found = []
    for file in sorted((Path(settings.TENFOLD["STANDARDS"]) / "presets").glob("*.toml")):
        text = file.read_text("utf-8")
        data = tomllib.loads(text)
        head = data["preset"]
        names = frozenset(normal(word) for word in head["recognise"])
        found.append(Preset(file.stem, data["kind"], head["name"], names, text, head["sure"]))
    return {p.code: p for p in sorted(found, key=lambda p: -len(p.recognise))}


def recognised(book: Book, kind: str) -> Preset | None:
    """The preset of a kind whose headings all stand in one row of a sheet."""
    rows = [_words(row) for sheet in book.sheets if not sheet.hidden for row in sheet.rows[:SEARCHED_ROWS]]
    return next((p for p in presets().values() if p.kind == kind and any(p.recognise <= row for row in rows)), None)


def _words(row: Iterable[Raw]) -> frozenset[str]:
    return frozenset(normal(cell) for cell in row if isinstance(cell, str))
