"""查找: what the declared finders find, and the pages of one's own menu."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from tenfold.foundation.declare import PUBLIC, SIGNED_IN, Hit, house
from tenfold.foundation.scope import AccessContext, require

MOST = 12
LONGEST = 60


@dataclass(frozen=True)
class Group:
    """What one finder found; ``more``: there is more than is shown."""

    title: str
    hits: tuple[Hit, ...]
    more: bool


def find(text: str) -> list[Group]:
    """The groups that hold something, for a text that is not blank; by the rights of the one who asks."""
    context = require()
    if not text.strip():
        return []
    found = []
    for finder in sorted(house().finders.values(), key=lambda f: f.order):
        if finder.right in (PUBLIC, SIGNED_IN) or context.may(finder.right):
            hits = list(finder.query(context, text, MOST + 1))
            if hits:
                found.append(Group(str(finder.title), tuple(hits[:MOST]), len(hits) > MOST))
    return found


def find_pages(context: AccessContext, text: str, limit: int) -> Iterator[Hit]:
    """The entries of one's own menu."""
    words = text.lower().split()
    for item in sorted(house().menu, key=lambda i: i.order):
        if not (item.right in (PUBLIC, SIGNED_IN) or context.may(item.right)):
            continue
        if all(word in str(item.title).lower() for word in words):
            yield Hit(str(item.title), _address(item.url))


def _address(url: str) -> str:
    if url.startswith("/"):
        return url
    try:
        return reverse(url)
    except NoReverseMatch:
        return "/"
