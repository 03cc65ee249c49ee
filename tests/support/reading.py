"""A page as it is read: its words, whatever markup holds them."""

from __future__ import annotations

import re
from html import unescape

_TAG = re.compile(r"<[^>]+>")


def words(page: str) -> str:
    """The text of a page or a piece of it, without its tags."""
    return unescape(_TAG.sub("", page))
