"""The error cells of an xls: its stream of records is walked for cells whose value is ``#N/A``, ``#DIV/0!`` …

calamine gives them as empty. An xls is a small file system (a compound file: sectors chained by an allocation table)
that holds one stream ``Workbook``; in it, records of type, length and data follow one another.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
END = 0xFFFFFFFA
"""Sector numbers from here on are marks: the end of a chain, a free sector, one of the table itself."""
BOUNDSHEET, FORMULA, BOOLERR, EOF = 0x85, 0x06, 0x205, 0x0A

Errors = dict[tuple[int, int], str]


def errors_of(data: bytes) -> list[Errors]:
    """Per worksheet, in the workbook's order: (row, column) from 0 → the error. Empty where it cannot be walked."""
    try:
        stream = _workbook(data)
        return [dict(_cells(stream, start)) for start in _worksheets(stream)]
    except (struct.error, IndexError):
        return []


def _workbook(data: bytes) -> bytes:
    """The stream of the workbook."""
    if not data.startswith(MAGIC):
        return b""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    small = 1 << struct.unpack_from("<H", data, 32)[0]
    (first_folder,), (least,) = struct.unpack_from("<I", data, 48), struct.unpack_from("<I", data, 56)
    table = _table(data, size)
    folder = _chain(data, table, first_folder, size)
    entries = [folder[at : at + 128] for at in range(0, len(folder) - 127, 128)]
    names = [
        entry[: max(struct.unpack_from("<H", entry, 64)[0] - 2, 0)].decode("utf-16-le", "replace") for entry in entries
    ]
    index = next((names.index(name) for name in ("Workbook", "Book") if name in names), None)
    if index is None:
        return b""
    start, length = struct.unpack_from("<II", entries[index], 116)
    if length >= least:
        return _chain(data, table, start, size)[:length]
    (first_small,) = struct.unpack_from("<I", data, 60)
    numbers = _chain(data, table, first_small, size)
    small_table = list(struct.unpack(f"<{len(numbers) // 4}I", numbers))
    (root,) = struct.unpack_from("<I", entries[0], 116)
    return _chain(_chain(data, table, root, size), small_table, start, small, 0)[:length]


def _table(data: bytes, size: int) -> list[int]:
    """The allocation table: sector → the next of its chain."""
    sectors = [number for number in struct.unpack_from("<109I", data, 76) if number < END]
    more, left = struct.unpack_from("<II", data, 68)
    for _each in range(min(left, len(data) // size)):
        if more >= END:
            break
        numbers = struct.unpack_from(f"<{size // 4}I", data, (more + 1) * size)
        sectors += [number for number in numbers[:-1] if number < END]
        more = numbers[-1]
    table: list[int] = []
    for number in sectors:
        table += struct.unpack_from(f"<{size // 4}I", data, (number + 1) * size)
    return table


def _chain(data: bytes, table: list[int], start: int, size: int, header: int = 1) -> bytes:
    """The sectors of a chain put together; one that turns in a circle ends."""
    pieces: list[bytes] = []
    while start < END and len(pieces) <= len(table):
        pieces.append(data[(start + header) * size : (start + header + 1) * size])
        start = table[start]
    return b"".join(pieces)


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _worksheets(stream: bytes) -> list[int]:
    """Where the worksheets begin in the stream; charts and macros are none."""
    starts = []
    for kind, body in _records(stream, 0):
        if kind == BOUNDSHEET and body[5] == 0:
            starts.append(struct.unpack_from("<I", body)[0])
        elif kind == EOF:
            break
    return starts


def _cells(stream: bytes, start: int) -> Iterator[tuple[tuple[int, int], str]]:
    """The error cells of a sheet: those that hold one, and formulas whose value is one."""
    for kind, body in _records(stream, start):
        if kind == EOF:
            return
        if kind == BOOLERR and body[7]:
            yield struct.unpack_from("<HH", body), ERRORS.get(body[6], "#")
        elif kind == FORMULA and body[6] == 2 and body[12:14] == b"\xff\xff":
            yield struct.unpack_from("<HH", body), ERRORS.get(body[8], "#")
