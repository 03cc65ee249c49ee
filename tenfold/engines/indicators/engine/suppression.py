"""Which small counts of guarded people are not shown, and which others would give them away.

A count from one to nine (``standards/rules/statistics.toml``) is hidden. Where all but one of the parts of a shown
total are shown, the hidden one could be told by subtraction, so the smallest other part is hidden too; this goes on
until nothing gives anything away. Parts are the places below a place, and the stages, locales and sectors
of one place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tenfold.foundation.holdings.statistics import statistics

from .definitions import LEVELS

Cell = tuple[Any, ...]
ABOVE = dict(zip(("school", *LEVELS), (*LEVELS, ""), strict=True))


def hidden(counts: Mapping[Cell, float | None], families: Iterable[tuple[Cell, Sequence[Cell]]]) -> set[Cell]:
    """The cells that are not shown. ``families``: a total and the parts that add up to it."""
    guard = statistics().guard
    found = {cell for cell, n in counts.items() if n is not None and 0 < n < guard}
    known = [(total, [p for p in parts if counts.get(p)]) for total, parts in families]
    changed = bool(found)
    while changed:
        changed = False
        for total, parts in known:
            away = [p for p in parts if p in found]
            if total in found and len(away) == 0 and parts:
                away.append(min(parts, key=lambda p: (counts[p] or 0, str(p))))
                found.add(away[0])
                changed = True
            if total not in found and len(away) == 1 and len(parts) > 1:
                found.add(min((p for p in parts if p not in found), key=lambda p: (counts[p] or 0, str(p))))
                changed = True
    return found


def hidden_cells(
    code: str, column: str, places: Sequence[Mapping[str, Any]], schools: Sequence[Mapping[str, Any]]
) -> Iterator[dict[str, Any]]:
    """The hidden cells of one indicator: rows of code and key. Inputs are the stored rows of places and schools."""
    counts: dict[Cell, float | None] = {}
    for row in places:
        counts[_key(row, row["level"], row["place"])] = row[column]
    for row in schools:
        counts[(row["period"], "school", row["school"], row.get("stage", ""), "", "")] = row[column]
    families = [*_by_split(counts), *_by_place(counts, schools)]
    for cell in sorted(hidden(counts, families), key=str):
        period, level, place, stage, locale, sector = cell
        yield {
            "period": period, "code": code, "level": level, "place": place,
            "stage": stage, "locale": locale, "sector": sector,
        }  # fmt: skip


def _key(row: Mapping[str, Any], level: str, place: int) -> Cell:
    return (row["period"], level, place, row.get("stage", ""), row["locale"], row["sector"])


def _by_split(counts: Mapping[Cell, Any]) -> Iterator[tuple[Cell, list[Cell]]]:
    """A place's total and its parts by stage, locale or sector."""
    parts: dict[Cell, list[Cell]] = defaultdict(list)
    for cell in counts:
        for at in (3, 4, 5):
            if cell[at]:
                parts[(*cell[:at], "", *cell[at + 1 :]), at].append(cell)
    for (total, _at), cells in parts.items():
        if total in counts:
            yield total, cells


def _by_place(counts: Mapping[Cell, Any], schools: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Cell, list[Cell]]]:
    """A place's total and its parts by the places or schools just below it, split by split."""
    parents: dict[tuple[str, str, int], tuple[str, int]] = {}
    groups: dict[tuple[str, int], tuple[str, str]] = {}
    for row in schools:
        below, place = "school", row["school"]
        groups[row["period"], place] = (row["locale"], row["sector"])
        for level in LEVELS:
            if row[level] is not None:
                parents.setdefault((row["period"], below, place), (level, row[level]))
                below, place = level, row[level]
    parts: dict[Cell, list[Cell]] = defaultdict(list)
    for cell in counts:
        period, level, place, stage, locale, sector = cell
        above = parents.get((period, level, place))
        if above is None:
            continue
        parts[(period, *above, stage, locale, sector)].append(cell)
        if level == "school":
            own_locale, own_sector = groups[period, place]
            parts[(period, *above, stage, own_locale, "")].append(cell)
            parts[(period, *above, stage, "", own_sector)].append(cell)
    for total, cells in parts.items():
        if total in counts:
            yield total, cells
