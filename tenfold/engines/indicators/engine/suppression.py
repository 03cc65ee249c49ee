"""Which small counts of guarded people are not shown, and which others would give them away.

Guarded counts are told of places alone, never of their stages, locales or sectors: sums that cross each other can be
solved for what is hidden in them, sums along one tree cannot. A count from one to nine
(``standards/rules/statistics.toml``) is hidden. Of a place that is shown, either no part is hidden or several, and the
schools hidden below it come to ten children at least: what is left when the shown ones are taken off is no small count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tenfold.foundation.holdings.statistics import statistics

from .definitions import LEVELS

Cell = tuple[Any, ...]
"""A place: its level and id."""


def hidden(counts: Mapping[Cell, float | None], parts: Mapping[Cell, Sequence[Cell]], guard: int) -> set[Cell]:
    """The places that are not shown. ``parts``: the places just below a place; those without are the schools."""
    found = {cell for cell, n in counts.items() if n is not None and 0 < n < guard}
    below = {total: [p for p in kept if counts.get(p)] for total, kept in parts.items()}
    leaves = {total: _leaves(total, below) for total in below}
    changed = bool(found)
    while changed:
        changed = False
        for total, kept in below.items():
            if kept and (more := _more(total, kept, leaves[total], found, counts, guard)):
                found.add(more)
                changed = True
    return found


def _more(
    total: Cell, kept: list[Cell], leaves: list[Cell], found: set[Cell], counts: Mapping[Cell, float | None], guard: int
) -> Cell | None:
    """What else must be hidden of a place and its parts, one at a time; None where nothing gives anything away."""
    away, shown = [p for p in kept if p in found], [p for p in kept if p not in found]
    if total in found:
        return None if away else _least(shown, counts)
    if len(away) == 1:
        return _least(shown, counts) or total
    few = [leaf for leaf in leaves if leaf in found]
    if few and sum(counts[leaf] or 0 for leaf in few) < guard:
        return _least([leaf for leaf in leaves if leaf not in found], counts) or total
    return None


def _least(cells: Sequence[Cell], counts: Mapping[Cell, float | None]) -> Cell | None:
    return min(cells, key=lambda p: (counts[p] or 0, str(p)), default=None)


def _leaves(total: Cell, below: Mapping[Cell, Sequence[Cell]]) -> list[Cell]:
    found: list[Cell] = []
    for part in below[total]:
        found += _leaves(part, below) if part in below else [part]
    return found


def hidden_cells(
    code: str, column: str, places: Sequence[Mapping[str, Any]], schools: Sequence[Mapping[str, Any]]
) -> Iterator[dict[str, Any]]:
    """The hidden cells of one indicator: rows of code and key. Inputs are the stored rows of places and schools."""
    counts: dict[str, dict[Cell, float | None]] = defaultdict(dict)
    parts: dict[str, dict[Cell, dict[Cell, None]]] = defaultdict(lambda: defaultdict(dict))
    for row in places:
        if not (row.get("stage") or row["locale"] or row["sector"]):
            counts[row["period"]][(row["level"], row["place"])] = row[column]
    for row in schools:
        if row.get("stage"):
            continue
        below: Cell = ("school", row["school"])
        counts[row["period"]][below] = row[column]
        for level in LEVELS:
            if row[level] is not None:
                parts[row["period"]][(level, row[level])][below] = None
                below = (level, row[level])
    guard = statistics().guard
    for period, held in counts.items():
        tree = {total: list(kept) for total, kept in parts[period].items()}
        for level, place in sorted(hidden(held, tree, guard), key=str):
            yield {
                "period": period, "code": code, "level": level, "place": place, "stage": "", "locale": "", "sector": "",
            }  # fmt: skip
