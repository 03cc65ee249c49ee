"""Where an entry stands in a TOML file: tomllib tells what is wrong, and this tells in which line."""

from __future__ import annotations

import re

Way = tuple[str | int, ...]
"""The way to a value: ("action", 1, "thread", 0, "name")."""

_HEADING = re.compile(r"^\s*\[(\[?)\s*([\w.\-\s]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"^\s*([\w\-]+)\s*=")


def lines_of(text: str) -> dict[Way, int]:
    """The first line (counted from 1) of every table, entry and key.

    Reads headings and plain keys, as the files of ``programmes/`` are written; lines within a text of
    several lines are taken for nothing else because such files hold none.
    """
    found: dict[Way, int] = {}
    counts: dict[Way, int] = {}
    here: Way = ()
    for number, line in enumerate(text.splitlines(), 1):
        if heading := _HEADING.match(line):
            here = _entered(heading.group(2).split("."), bool(heading.group(1)), counts)
            found.setdefault(here, number)
        elif key := _KEY.match(line):
            found.setdefault((*here, key.group(1)), number)
    return found


def line_of(found: dict[Way, int], path: Way) -> int:
    """The line of a value, or of the nearest thing around it; 1 for the file as a whole."""
    while path:
        if path in found:
            return found[path]
        path = path[:-1]
    return 1


def _entered(names: list[str], listed: bool, counts: dict[Way, int]) -> Way:
    path: Way = ()
    for depth, name in enumerate(names):
        path = (*path, name.strip())
        last = depth == len(names) - 1
        if last and listed:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path
