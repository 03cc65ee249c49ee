"""Opening a table somebody sent: xlsx, xls or csv, guarded before it is opened, as plain cells.

Nothing here knows Django or what the table means. A cell is ``None`` (empty), a text, a whole or
decimal number, or a truth value; dates become ISO texts. Positions are those a person sees in
Excel: rows count from 1, columns are letters. A formula gives its stored value; one without a
stored value is named in ``Sheet.unfilled``.

The guards (sizes, declared sizes inside the zip, furthest cell) run before the file is parsed:
195 kB of xlsx can unfold to 600 MB, and one cell in the last row and column of a sheet makes any
dense reader ask for more memory than there is.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO

Raw = str | int | float | bool | None


@dataclass(frozen=True)
class Limits:
    """How much a file may hold. Bytes of the file, bytes when unfolded, rows of a sheet, columns, cells of a sheet."""

    file: int = 60 * 2**20
    unfolded: int = 300 * 2**20
    ratio: int = 200
    rows: int = 200_000
    columns: int = 702
    cells: int = 12_000_000


class ReadingFault(Exception):
    """A file that cannot be read. ``code`` is stable, ``params`` fill its text (see ``faults``)."""

    def __init__(self, code: str, /, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass
class Sheet:
    """One sheet: its rows as lists of cells (row 1 first), merged areas and what is wrong with its formulas.

    ``merges`` are (first row, first column, last row, last column), zero-based and inclusive.
    ``unfilled`` are the zero-based (row, column) of formulas without a stored value, ``errors`` the
    cells that hold an error of Excel (``#N/A``, ``#DIV/0!``).
    """

    name: str
    rows: list[list[Raw]]
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    unfilled: set[tuple[int, int]] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden: bool = False

    @cached_property
    def width(self) -> int:
        """How many columns the widest row has."""
        return max((len(row) for row in self.rows), default=0)


@dataclass
class Book:
    """What a file holds. ``kind`` is xlsx, xls or csv; ``encoding`` and ``delimiter`` are of a csv."""

    kind: str
    sheets: list[Sheet]
    encoding: str = ""
    delimiter: str = ""


def open_book(source: Path | BinaryIO, limits: Limits | None = None) -> Book:
    """Read a file, or a stream that can be read from any place, whole.

    Raises :class:`ReadingFault` (too_large, zip_bomb, damaged_file, wrong_type …).
    """
    if isinstance(source, Path):
        with source.open("rb") as stream:
            return open_book(stream, limits)
    limits = limits or Limits()
    size = source.seek(0, io.SEEK_END)
    source.seek(0)
    if size == 0:
        raise ReadingFault("empty_file")
    if size > limits.file:
        raise ReadingFault("too_large", megabytes=round(size / 2**20), limit=round(limits.file / 2**20))
    start = source.read(4096)
    source.seek(0)
    if start.startswith(b"PK"):
        from .workbooks import open_workbook

        return open_workbook(source, limits)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        from .workbooks import open_old_workbook

        return open_old_workbook(source)
    if start.startswith(b"\x1f\x8b"):
        return _open_csv(_unzipped(source, limits), limits)
    _refuse_other_kinds(start)
    return _open_csv(source.read(), limits)


def _refuse_other_kinds(start: bytes) -> None:
    head = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head")):
        raise ReadingFault("web_page")
    if start.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"7z\xbc\xaf", b"GIF8", b"{\\rtf")):
        raise ReadingFault("wrong_type")
    if b"\0" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ReadingFault("wrong_type")


def _unzipped(source: BinaryIO, limits: Limits) -> bytes:
    try:
        with gzip.open(source) as file:
            data = file.read(limits.unfolded + 1)
    except (OSError, EOFError) as fault:
        raise ReadingFault("damaged_file") from fault
    if len(data) > limits.unfolded:
        raise ReadingFault("zip_bomb", limit=round(limits.unfolded / 2**20))
    return data


# --- csv ------------------------------------------------------------------------------------------


def _open_csv(data: bytes, limits: Limits) -> Book:
    text, encoding = decoded(data)
    if not text.strip():
        raise ReadingFault("empty_file")
    delimiter = _delimiter(text)
    rows: list[list[Raw]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    csv.field_size_limit(1_000_000)
    try:
        for row in reader:
            if len(rows) >= limits.rows:
                raise ReadingFault("too_many_rows", limit=limits.rows)
            if len(row) > limits.columns:
                raise ReadingFault("too_many_columns", limit=limits.columns)
            rows.append([cell or None for cell in row])
    except csv.Error as fault:
        raise ReadingFault("damaged_csv", row=len(rows) + 1) from fault
    _refuse_cut_off(text, rows)
    return Book("csv", [Sheet("csv", trimmed(rows))], encoding, delimiter)


def decoded(data: bytes) -> tuple[str, str]:
    """The text of a csv and its encoding: utf-8 (with or without mark), utf-16 with mark, else gb18030.

    A file that is nearly all UTF-8 is not taken for GB18030 because of one broken byte: that would
    turn every name into other characters. Raises ``wrong_encoding`` with the line.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strictly(data, "utf-16")
    if data.startswith(b"\xef\xbb\xbf"):
        return _strictly(data, "utf-8-sig")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as fault:
        if _mostly_utf8(data):
            raise ReadingFault("wrong_encoding", row=data[: fault.start].count(b"\n") + 1) from fault
    return _strictly(data, "gb18030")


def _strictly(data: bytes, encoding: str) -> tuple[str, str]:
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as fault:
        raise ReadingFault("wrong_encoding", row=data[: fault.start].count(b"\n") + 1) from fault


def _mostly_utf8(data: bytes) -> bool:
    whole = len(re.findall(rb"[\xe0-\xef][\x80-\xbf]{2}|[\xc2-\xdf][\x80-\xbf]", data))
    replaced = data.decode("utf-8", "replace").count("\ufffd")
    return whole > 10 * replaced


def _delimiter(text: str) -> str:
    """The separator that parts most lines of the beginning into the same number of cells."""
    lines = [line for line in text.splitlines()[:60] if line.strip()]
    best, score = ",", (0, 0)
    for candidate in ",;\t|":
        widths = [len(row) for row in csv.reader(lines, delimiter=candidate)]
        width = max(set(widths), key=lambda w: (w > 1, widths.count(w)))
        if width > 1 and (widths.count(width), width) > score:
            best, score = candidate, (widths.count(width), width)
    return best


def _refuse_cut_off(text: str, rows: list[list[Raw]]) -> None:
    """A last line without its end that is shorter than its neighbours: the file was cut off on its way."""
    if text.endswith(("\n", "\r")) or len(rows) < 3:
        return
    if 1 < len(rows[-1]) < len(rows[-2]) == len(rows[-3]):
        raise ReadingFault("cut_off", row=len(rows))


def trimmed(rows: list[list[Raw]]) -> list[list[Raw]]:
    """The rows without empty ones at the end."""
    while rows and all(cell is None for cell in rows[-1]):
        rows.pop()
    return rows
