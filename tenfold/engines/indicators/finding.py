"""Indicators as the search finds them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tenfold.foundation.declare import Hit, house


def find_indicators(context: Any, text: str, limit: int) -> Iterator[Hit]:
    """By title or code."""
    words, left = text.lower().split(), limit
    for code, one in house().indicators.items():
        if left and all(word in f"{one.title} {code}".lower() for word in words):
            left -= 1
            yield Hit(str(one.title), f"/indicators/{code}/", str(one.unit))
