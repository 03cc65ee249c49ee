"""Where a table stands on a sheet: its heading rows, its data rows, and what is neither.

Statisticians send a title above, notes beside, headings in one to three rows with merged cells, a row
of column numbers, totals in between or below, and signatures at the foot. Rows are zero-based here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from .numbers import tidy
from .reading import Raw, Sheet
from .vocabulary import Heading, Match, Vocabulary, normal, unit_in_note

SEARCHED_ROWS = 30
_TOTAL = re.compile(r"(合计|总计|共计|total|grandtotal|sum|全县|全市|全区)$")
_SUBTOTAL = re.compile(r"(小计|subtotal)$")
_NOTE = re.compile(
    r"^\s*(注|备注|说明|填表说明|填表人|填报人|填报单位|填报日期|制表|审核|负责人|单位负责人|联系电话|联系人|数据来源|资料来源"
    r"|notes?|source|prepared by|remarks?)\s*[:：.、\d]",
    re.IGNORECASE,
)
_ORDINALS = tuple("甲乙丙丁戊己庚辛壬癸")


@dataclass
class Table:
    """A table found on a sheet.

    ``skipped`` gives the reason for every row between heading and end that is no data: empty,
    numbering, heading, total, subtotal, note. ``unit`` is what a note above says of money or area.
    """

    sheet: Sheet
    first: int
    last: int
    headings: list[Heading]
    matches: dict[int, Match]
    rows: list[int] = field(default_factory=list)
    skipped: dict[int, str] = field(default_factory=dict)
    unit: str = ""

    def heading(self, column: int) -> Heading:
        """What stands above a column."""
        return self.headings[column]


def filled(sheet: Sheet, first: int, last: int) -> list[list[str]]:
    """The texts of heading rows, merged cells filled; where the sheet tells of no merging, as people read them.

    Without merged areas (csv), an empty cell in an upper row takes the text to its left if something
    stands below both.
    """
    width = sheet.width
    texts = [
        [_text(sheet.rows[row][column]) if column < len(sheet.rows[row]) else "" for column in range(width)]
        for row in range(first, last + 1)
    ]
    merged = False
    for top, left, bottom, right in sheet.merges:
        if top > last or bottom < first:
            continue
        merged = True
        value = _text(sheet.rows[top][left]) if left < len(sheet.rows[top]) else ""
        for row in range(max(top, first), min(bottom, last) + 1):
            for column in range(left, min(right, width - 1) + 1):
                texts[row - first][column] = value
    if not merged:
        _fill_rightwards(texts)
    return texts


def _fill_rightwards(texts: list[list[str]]) -> None:
    for upper in range(len(texts) - 1):
        for column in range(1, len(texts[upper])):
            below = any(row[column] for row in texts[upper + 1 :])
            below_left = any(row[column - 1] for row in texts[upper + 1 :])
            if not texts[upper][column] and below and below_left:
                texts[upper][column] = texts[upper][column - 1]


def _text(cell: Raw) -> str:
    return "" if cell is None else re.sub(r"\s+", " ", tidy(str(cell)))


def headings_of(sheet: Sheet, first: int, last: int) -> list[Heading]:
    """What stands above every column, the parts of merged two-level headings from above to below."""
    texts = filled(sheet, first, last)
    result = []
    for column in range(sheet.width):
        parts: list[str] = []
        for row in texts:
            if row[column] and (not parts or parts[-1] != row[column]):
                parts.append(row[column])
        result.append(Heading(column, tuple(parts)))
    return result


def find_table(
    sheet: Sheet, vocabulary: Vocabulary, rows: tuple[int, int] | None = None, named: Collection[str] = ()
) -> Table | None:
    """The table that understands most columns, or None where no heading row is understood.

    ``rows``: the heading rows if they are known (from a mapping), zero-based and inclusive; ``named``: normal
    forms of headings that a mapping names.
    """
    best: Table | None = None
    score = (0.0, 0, 0)
    for first, last in [rows] if rows else _candidates(sheet):
        if last >= len(sheet.rows):
            continue
        headings = headings_of(sheet, first, last)
        matches = vocabulary.match_all(headings)
        worth = _worth(matches)
        if named:
            worth += 2 * len({text for h in headings if h.parts for text in _forms(h)} & set(named))
        found = (worth, -(last - first), -first)
        if worth and (best is None or found > score):
            best, score = Table(sheet, first, last, headings, matches), found
    if best is None and rows and rows[1] < len(sheet.rows):
        headings = headings_of(sheet, *rows)
        best = Table(sheet, rows[0], rows[1], headings, {})
    if best is None or (rows is None and score[0] < 2):
        return None
    best.matches = vocabulary.match_all(best.headings, alike=True)
    best.unit = next((u for row in sheet.rows[: best.first] for c in row if (u := unit_in_note(_text(c)))), "")
    return best


def _forms(heading: Heading) -> tuple[str, str]:
    return normal(heading.text), normal(heading.parts[-1])


def _worth(matches: dict[int, Match]) -> float:
    """How much of a heading is understood; one that also tells the stage is worth a little more."""
    certain = {m.address for m in matches.values() if m.certain}
    staged = sum(address.count(".") for address in certain)
    return len(certain) + 0.05 * staged + 0.4 * sum(not m.certain for m in matches.values())


def _candidates(sheet: Sheet) -> list[tuple[int, int]]:
    """Where the heading may stand: up to three rows together, none of which holds mostly figures."""
    searched = sheet.rows[:SEARCHED_ROWS]
    usable = [i for i, row in enumerate(searched) if any(c is not None for c in row)]
    figures = {i for i, row in enumerate(searched) if _mostly_figures(row)}
    spans = [range(row, row + height + 1) for row in usable for height in range(3)]
    return [(span[0], span[-1]) for span in spans if figures.isdisjoint(span)]


def _mostly_figures(row: Sequence[Raw]) -> bool:
    held = [cell for cell in row if cell is not None and cell != ""]
    return sum(isinstance(cell, int | float) or str(cell).strip().isdigit() for cell in held) * 2 > len(held)


def sort_rows(table: Table, key_columns: Sequence[int], is_skipped: Callable[[int], bool] | None = None) -> None:
    """Tell data rows from the rest, below the heading. ``key_columns``: where a school's code stands, if known."""
    head = frozenset(normal(part) for h in table.headings for part in h.parts[-1:])
    raw = frozenset(part for h in table.headings for part in h.parts[-1:])
    for index in range(table.last + 1, len(table.sheet.rows)):
        row = table.sheet.rows[index]
        reason = _reason(row, key_columns, first=index == table.last + 1)
        if not reason and sum(cell in raw for cell in row if isinstance(cell, str)) >= 2 and _is_heading(row, head):
            reason = "heading"
        if not reason and is_skipped and is_skipped(index):
            reason = "mapping"
        if reason:
            table.skipped[index] = reason
        else:
            table.rows.append(index)


def _reason(row: Sequence[Raw], key_columns: Sequence[int], *, first: bool) -> str:
    """Why a row is no data: empty, note, total, subtotal, numbering; or an empty text."""
    key = next((row[c] for c in key_columns if c < len(row) and row[c] not in (None, "")), None)
    if first and _is_numbering([cell for cell in row if cell not in (None, "")]):
        return "numbering"
    if key is not None and not (isinstance(key, str) and _is_foot(key)):
        return ""
    held = [cell for cell in row if cell is not None and str(cell).strip()]
    if not held:
        return "empty"
    if _NOTE.match(_text(held[0])) and len(held) <= 6:
        return "note"
    texts = [normal(cell) for cell in held[:4] if isinstance(cell, str)]
    if any(_SUBTOTAL.search(text) for text in texts):
        return "subtotal"
    if any(_TOTAL.search(text) for text in texts):
        return "total"
    if key is None and key_columns and len(held) == 1 and isinstance(held[0], str):
        return "note"
    return ""


def _is_heading(row: Sequence[Raw], head: frozenset[str]) -> bool:
    """The heading once more, as printed at the top of every page."""
    held = [cell for cell in row if cell is not None]
    return sum(isinstance(cell, str) and normal(cell) in head for cell in held) > len(held) * 0.6


def _is_foot(text: str) -> bool:
    """Whether what stands in the column of codes is no code but a total's or a note's word."""
    if text.isascii() and not text.isalpha():
        return False
    plain = normal(text)
    return bool(_NOTE.match(text) or _SUBTOTAL.search(plain) or _TOTAL.search(plain))


def _is_numbering(cells: Sequence[Raw]) -> bool:
    """A row such as 甲 乙 1 2 3 under the heading."""
    rest = list(cells)
    ordinals = 0
    while rest and isinstance(rest[0], str) and tidy(rest[0]) in _ORDINALS[ordinals : ordinals + 1]:
        rest.pop(0)
        ordinals += 1
    numbers = [int(text) if (text := tidy(str(cell)).strip("()")).isdigit() else -1 for cell in rest]
    counted = numbers == list(range(1, len(numbers) + 1)) and len(numbers) + ordinals >= 3
    return counted and (len(numbers) >= 3 or ordinals > 0)
