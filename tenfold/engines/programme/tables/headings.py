"""Which column of a task table is which, by the words of ``standards/rules/task-table.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from tenfold.foundation.exchange.vocabulary import normal

from .grid import Grid

SEARCHED_ROWS = 15
HIGHEST = 3
TEXTS = ("action", "measure", "task")
NEEDED = frozenset(["lead", "responsible", "supporting", "leader", "due", "person", "number", "what"])


@dataclass(frozen=True)
class Words:
    """The words of headings: whole ones, signs that one holds, and the ends of sections' names."""

    whole: Mapping[str, str]
    contains: tuple[tuple[str, re.Pattern[str]], ...]
    section: tuple[str, ...]

    def field(self, *parts: str) -> str:
        """The field that a heading's parts name, the lowest first; '' for none."""
        told = [normal(part) for part in reversed(parts) if part]
        for text in (*told[:1], "".join(reversed(told)), *told[1:]):
            if text in self.whole:
                return self.whole[text]
        last = told[0] if told and len(told[0]) <= 12 else ""
        return next((code for code, pattern in self.contains if last and pattern.search(last)), "")


def words(more: Mapping[str, str] | None = None) -> Words:
    """The words as the file stands now. ``more``: headings that a person has explained, with their fields."""
    path = Path(settings.TENFOLD["STANDARDS"]) / "rules" / "task-table.toml"
    found = _words(path, path.stat().st_mtime_ns)
    told = {normal(text): field for text, field in (more or {}).items()}
    return replace(found, whole={**found.whole, **told}) if told else found


@lru_cache(maxsize=4)
def _words(path: Path, changed: int) -> Words:
    data = tomllib.loads(path.read_text("utf-8"))
    whole = {normal(word): row["code"] for row in data["field"] for word in row["words"]}
    contains = [(row["code"], re.compile(sign)) for row in data["field"] for sign in row.get("contains", ())]
    return Words(whole, tuple(contains), tuple(data["section"]))


@dataclass(frozen=True)
class Columns:
    """What the columns of a table are. ``first`` to ``last``: the heading rows; ``titles`` and ``fields`` by column."""

    first: int
    last: int
    titles: Mapping[int, str]
    fields: Mapping[int, str]

    def of(self, field: str) -> list[int]:
        """The columns of a field, from left to right."""
        return sorted(column for column, held in self.fields.items() if held == field)

    def is_heading(self, grid: Grid, row: int) -> bool:
        """Whether a row is the heading once more, as printed at the top of every page."""
        cells = grid.row(row)
        again = sum(normal(cell.text) in {normal(t) for t in self.titles.values()} for cell in cells)
        return len(cells) >= 2 and again == len(cells)


def find_columns(grid: Grid, known: Words) -> Columns | None:
    """The heading that understands most columns; None where none names a task and one more thing of it."""
    best: tuple[tuple[int, int, int], Columns] | None = None
    for first in range(min(grid.height, SEARCHED_ROWS)):
        for last in range(first, min(first + HIGHEST, grid.height)):
            if any(cell.columns >= max(3, grid.width * 0.6) for cell in grid.row(last)):
                break
            found = _columns(grid, first, last, known)
            kinds = set(found.fields.values())
            if not kinds & {*TEXTS, "aim"} or not kinds & NEEDED or len(kinds) < 2:
                continue
            score = (len(kinds), -(last - first), -first)
            if best is None or score > best[0]:
                best = (score, found)
    return _told_apart(grid, best[1]) if best else None


def _columns(grid: Grid, first: int, last: int, known: Words) -> Columns:
    titles, fields = {}, {}
    for column in range(grid.width):
        parts: list[str] = []
        for row in range(first, last + 1):
            cell = grid.at(row, column)
            text = cell.text.strip() if cell and cell.columns < max(grid.width, 3) else ""
            if text and text not in parts:
                parts.append(text)
        if not parts:
            continue
        titles[column] = "/".join(re.sub(r"\s+", "", part) for part in parts)
        if all(len(part) <= 24 for part in parts) and (field := known.field(*parts)):
            fields[column] = field
    return Columns(first, last, titles, fields)


def _told_apart(grid: Grid, found: Columns) -> Columns:
    """Each field once, and the columns of text told apart by where they stand: action, measure, task from the left."""
    fields: dict[int, str] = {}
    for column in sorted(found.fields):
        field = found.fields[column]
        if field in TEXTS or field not in fields.values():
            fields[column] = field
    texts = [column for column, field in fields.items() if field in TEXTS]
    if not texts:
        aim = next(column for column, field in fields.items() if field == "aim")
        return Columns(found.first, found.last, found.titles, {**fields, aim: "task"})
    merged = {column: _merged_down(grid, column, found.last) for column in texts}
    if len(texts) == 2 and [fields[c] for c in texts] == ["task", "measure"] and not merged[texts[0]]:
        del fields[texts[1]]
        return Columns(found.first, found.last, found.titles, fields)
    fields[texts[-1]] = "task"
    for column in texts[1:-1]:
        fields[column] = "measure"
    if len(texts) > 1 and (len(texts) > 2 or fields[texts[0]] != "measure"):
        fields[texts[0]] = "action"
    return Columns(found.first, found.last, found.titles, fields)


def _merged_down(grid: Grid, column: int, head: int) -> bool:
    return any(cell.column == column and cell.rows > 1 and cell.row > head for cell in grid.cells)
