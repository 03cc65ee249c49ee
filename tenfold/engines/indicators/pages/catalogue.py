"""The catalogue: every indicator with its value at a place."""

from __future__ import annotations

from typing import Any

from tenfold.foundation.ui.figures import Figure

from .. import queries
from .asked import Asked, crumbs


def catalogue_page(asked: Asked, text: str) -> dict[str, Any]:
    """The template's words: groups of (title, rows of entry and figure)."""
    entries = queries.catalogue(text)
    codes = [e.indicator.code for e in entries]
    told = queries.values_of(codes, asked.place, asked.period) if asked.period else {}
    groups: dict[str, list[tuple[queries.Entry, Figure | None, str]]] = {}
    for entry in entries:
        value = told.get(entry.indicator.code)
        part = "".join(queries.split_words(value.split)) if value else ""
        groups.setdefault(entry.package_title, []).append((entry, value.figure() if value else None, part))
    return {
        "asked": asked,
        "groups": list(groups.items()),
        "count": len(entries),
        "text": text,
        "place": asked.place,
        "crumbs": crumbs(asked, ""),
        "updating": queries.updating(),
    }
