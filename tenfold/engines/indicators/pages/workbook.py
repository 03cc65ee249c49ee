"""Tables as Excel files. Text is written as text: no cell ever starts a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, lines above the table, headings, rows of text, numbers and None (unknown)."""

    name: str
    notes: Sequence[str]
    headings: Sequence[str]
    rows: Iterable[Sequence[Any]]


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """An xlsx file with these sheets."""
    import xlsxwriter

    stream = io.BytesIO()
    words = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, words) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1})
        note = book.add_format({"font_color": "#656D72"})
        for sheet in sheets:
            _fill(book.add_worksheet(_name(sheet.name)), sheet, head, note)
    return stream.getvalue()


def _name(text: str) -> str:
    return "".join(c for c in text if c not in r"[]:*?/\\'")[:31] or "1"


def _fill(page: Any, sheet: Sheet, head: Any, note: Any) -> None:
    for number, line in enumerate(sheet.notes):
        page.write_string(number, 0, line, note)
    first = len(sheet.notes)
    for column, word in enumerate(sheet.headings):
        page.write_string(first, column, word, head)
    for number, row in enumerate(sheet.rows, first + 1):
        for column, cell in enumerate(row):
            if isinstance(cell, (int, float)) and not isinstance(cell, bool):
                page.write_number(number, column, cell)
            elif cell is not None:
                page.write_string(number, column, str(cell))
    page.freeze_panes(first + 1, 1)
    page.set_column(0, 0, 28)
    page.set_column(1, max(1, len(sheet.headings) - 1), 16)
