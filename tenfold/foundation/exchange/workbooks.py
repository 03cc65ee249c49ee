"""xlsx files: the guards before they are opened, and their cells.

calamine reads them fast but says nothing of formulas whose value was never stored, of cells that
hold an error, or of sizes; a pass over the zip's parts beforehand finds these.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, BinaryIO
from xml.etree import ElementTree

from .numbers import column_index
from .oldexcel import errors_of
from .reading import Book, Limits, Raw, ReadingFault, Sheet, trimmed

_FAR_COLUMN = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{3,})\d+["']""")
_LONG_ROW = re.compile(rb"""\sr\s*=\s*["'][A-Za-z]*(\d{5,})["']""")
_CELL = re.compile(rb"""<(?:\w+:)?c\s([^>]*?)\br=["']([A-Z]+)(\d+)["']([^>]*)(?<!/)>(.*?)</(?:\w+:)?c>""", re.S)
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]+)<")
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass
class _Marks:
    """What the pass over a sheet's XML found: formulas without a value, error cells."""

    unfilled: set[tuple[int, int]] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)


def open_workbook(source: BinaryIO, limits: Limits) -> Book:
    """Read an xlsx whole. Raises :class:`ReadingFault` for what is too large, damaged or no xlsx."""
    return _read(source, "xlsx", _inspect(source, limits))


def open_old_workbook(source: BinaryIO) -> Book:
    """Read an xls (Excel 97 to 2003) whole, with the same faults: its sheets hold 65,536 rows of 256 cells at most."""
    data = source.read()
    if "EncryptedPackage".encode("utf-16-le") in data:  # a protected xlsx lies in the old container
        raise ReadingFault("old_excel")
    book = _read(source, "xls", {})
    for sheet, errors in zip(book.sheets, errors_of(data), strict=False):
        sheet.errors = errors
    return book


def _read(source: BinaryIO, kind: str, marks: Mapping[str, _Marks]) -> Book:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    sheets: list[Sheet] = []
    try:
        source.seek(0)
        book = CalamineWorkbook.from_filelike(source)
        for meta in book.sheets_metadata:
            if meta.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(meta.name)
            found = marks.get(meta.name, _Marks())
            sheets.append(
                Sheet(
                    name=meta.name,
                    rows=trimmed([[plain(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]),
                    merges=[(a[0], a[1], b[0], b[1]) for a, b in sheet.merged_cell_ranges or []],
                    unfilled=found.unfilled,
                    errors=found.errors,
                    hidden=meta.visible != SheetVisibleEnum.Visible,
                )
            )
    except PasswordError as fault:
        raise ReadingFault("old_excel") from fault
    except (CalamineError, OSError, ValueError) as fault:
        raise ReadingFault("damaged_file") from fault
    if not any(sheet.rows for sheet in sheets):
        raise ReadingFault("empty_file")
    return Book(kind, sheets)


def plain(cell: Any) -> Raw:
    """A cell as text, number, truth value or None; whole floats become ints, dates ISO texts."""
    if cell == "" or cell is None:
        return None
    if isinstance(cell, bool | str):
        return cell
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() else cell
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return cell if isinstance(cell, int) else str(cell)


@contextmanager
def guarded(source: BinaryIO, limits: Limits) -> Iterator[zipfile.ZipFile]:
    """A zip somebody sent, held against the limits; what is damaged in it raises :class:`ReadingFault`."""
    try:
        with zipfile.ZipFile(source) as zipped:
            _refuse_bomb(zipped, source.seek(0, io.SEEK_END), limits)
            yield zipped
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ElementTree.ParseError) as fault:
        raise ReadingFault("damaged_file") from fault
    except RuntimeError as fault:  # zipfile's word for an encrypted member
        raise ReadingFault("old_excel") from fault


def part_of(zipped: zipfile.ZipFile, name: str) -> ElementTree.Element:
    """A part of a guarded zip as XML without declarations of its own; raises :class:`ReadingFault`."""
    _read_through(zipped, name)
    return ElementTree.fromstring(zipped.read(name))  # noqa: S314  no DOCTYPE: checked


def _inspect(source: BinaryIO, limits: Limits) -> dict[str, _Marks]:
    """Check every part of the zip against the limits and its checksum; what the sheets' XML tells, by sheet name."""
    with guarded(source, limits) as zipped:
        names = set(zipped.namelist())
        if "xl/workbook.xml" not in names:
            raise ReadingFault("old_excel" if "xl/workbook.bin" in names else "wrong_type")
        sheets = _sheet_parts(zipped)
        for name in names - set(sheets):
            _read_through(zipped, name)
        return {title: _scan(zipped.read(part), limits, title) for part, title in sheets.items() if part in names}


def _refuse_bomb(zipped: zipfile.ZipFile, size: int, limits: Limits) -> None:
    declared = sum(info.file_size for info in zipped.infolist())
    if declared > limits.unfolded or len(zipped.infolist()) > 5000:
        raise ReadingFault("zip_bomb", limit=round(limits.unfolded / 2**20))
    if declared > 20 * 2**20 and declared > size * limits.ratio:
        raise ReadingFault("zip_bomb", limit=round(limits.unfolded / 2**20))


def _read_through(zipped: zipfile.ZipFile, name: str) -> None:
    """Unfold a part without keeping it: a wrong checksum or a size beyond the declared one raises."""
    with zipped.open(name) as part:
        while chunk := part.read(2**20):
            if b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk:
                raise ReadingFault("damaged_file")


def _sheet_parts(zipped: zipfile.ZipFile) -> dict[str, str]:
    """The parts of the worksheets and their titles, in the workbook's order."""
    targets = {}
    for relation in part_of(zipped, "xl/_rels/workbook.xml.rels"):
        target = relation.get("Target", "")
        targets[relation.get("Id")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    found = {}
    for element in part_of(zipped, "xl/workbook.xml").iter():
        if element.tag.endswith("}sheet") and element.get(_REL) in targets:
            found[targets[element.get(_REL)]] = element.get("name", "")
    return found


def _scan(xml: bytes, limits: Limits, title: str) -> _Marks:
    """Refuse a sheet whose furthest cell would need too much memory; find unfilled formulas and error cells."""
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise ReadingFault("damaged_file")
    columns = max((column_index(m[1].decode()) + 1 for m in _FAR_COLUMN.finditer(xml)), default=0)
    rows = max((int(m[1]) for m in _LONG_ROW.finditer(xml)), default=0)
    if columns > limits.columns:
        raise ReadingFault("too_many_columns", limit=limits.columns, sheet=title)
    if rows > limits.rows:
        raise ReadingFault("too_many_rows", limit=limits.rows, sheet=title)
    if max(rows, 1) * max(columns, 1) > limits.cells:
        raise ReadingFault("too_many_rows", limit=limits.cells // max(columns, 1), sheet=title)
    marks = _Marks()
    if b"<f" not in xml and b":f" not in xml and b'"e"' not in xml:
        return marks
    for match in _CELL.finditer(xml):
        place = (int(match[3]) - 1, column_index(match[2].decode()))
        value = _VALUE.search(match[5])
        if b't="e"' in match[1] + match[4]:
            marks.errors[place] = value[1].decode() if value else "#"
        elif not value and re.search(rb"<(?:\w+:)?f\b", match[5]) and b't="str"' not in match[1] + match[4]:
            marks.unfilled.add(place)
    return marks
