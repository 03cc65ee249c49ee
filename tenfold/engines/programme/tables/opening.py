"""Opening a task table somebody sent: xlsx, xls, csv or docx, by the guards of the importer."""

from __future__ import annotations

import io
import zipfile
from typing import BinaryIO

from tenfold.foundation.exchange.reading import Limits, ReadingFault, Sheet, open_book
from tenfold.foundation.exchange.workbooks import guarded

from .documents import read_document
from .grid import Cell, Document, Grid, ordered

LIMITS = Limits(file=20 * 2**20, unfolded=120 * 2**20, rows=20_000)
MOST_CELLS = 60_000
"""More than any task table holds; what is larger is another kind of table."""


def open_table(source: BinaryIO | bytes) -> Document:
    """Read a file whole. Raises :class:`ReadingFault`."""
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    found = _document(stream) if _is_document(stream) else Document(*_sheets(stream))
    if sum(len(block.cells) for block in found.blocks if isinstance(block, Grid)) > MOST_CELLS:
        raise ReadingFault("too_many_rows", limit=MOST_CELLS)
    return found


def _is_document(stream: BinaryIO) -> bool:
    stream.seek(0)
    start = stream.read(4)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        if "WordDocument".encode("utf-16-le") in start + stream.read(2**20):
            raise ReadingFault("old_word")
        return False
    if not start.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(stream) as zipped:
            return "word/document.xml" in zipped.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False


def _document(stream: BinaryIO) -> Document:
    size = stream.seek(0, io.SEEK_END)
    if size > LIMITS.file:
        raise ReadingFault("too_large", megabytes=round(size / 2**20), limit=round(LIMITS.file / 2**20))
    with guarded(stream, LIMITS) as zipped:
        return Document("docx", read_document(zipped))


def _sheets(stream: BinaryIO) -> tuple[str, tuple[Grid, ...]]:
    book = open_book(stream, LIMITS)
    return book.kind, tuple(_grid(sheet) for sheet in book.sheets if sheet.rows)


def _grid(sheet: Sheet) -> Grid:
    """A sheet's cells, merged areas as one each."""
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in sheet.merges}
    hidden = {
        (row, column)
        for top, left, bottom, right in sheet.merges
        for row in range(top, min(bottom, len(sheet.rows)) + 1)
        for column in range(left, min(right, sheet.width) + 1)
        if (row, column) != (top, left)
    }
    cells = [
        Cell(r, c, value, *spans.get((r, c), (1, 1)))
        for r, row in enumerate(sheet.rows)
        for c, value in enumerate(row)
        if (r, c) not in hidden and (value is not None or (r, c) in spans)
    ]
    return Grid(ordered(cells), sheet.name, sheet.hidden)
