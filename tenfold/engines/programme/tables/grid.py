"""A file as blocks in their order: tables of cells (merged ones told) and lines of text between them.

All that a task table says is kept here, understood or not, so that it can be written out as it came.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

Value = str | int | float | bool | None


@dataclass(frozen=True)
class Cell:
    """A cell, or a merged area by its first cell. Rows and columns count from 0."""

    row: int
    column: int
    value: Value
    rows: int = 1
    columns: int = 1

    @property
    def text(self) -> str:
        """What stands in it, as text."""
        return "" if self.value is None else str(self.value)

    @property
    def last(self) -> int:
        """Its last row."""
        return self.row + self.rows - 1


@dataclass(frozen=True)
class Grid:
    """One table: a sheet of a workbook, or a table of a document. Cells in the order of rows and columns."""

    cells: tuple[Cell, ...]
    name: str = ""
    hidden: bool = False

    @cached_property
    def height(self) -> int:
        """How many rows it has."""
        return max((cell.row + cell.rows for cell in self.cells), default=0)

    @cached_property
    def width(self) -> int:
        """How many columns it has."""
        return max((cell.column + cell.columns for cell in self.cells), default=0)

    @cached_property
    def covering(self) -> Mapping[tuple[int, int], Cell]:
        """The cell that covers each position."""
        return {
            (row, column): cell
            for cell in self.cells
            for row in range(cell.row, cell.row + cell.rows)
            for column in range(cell.column, cell.column + cell.columns)
        }

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that covers a position."""
        return self.covering.get((row, column))

    def row(self, row: int) -> list[Cell]:
        """The cells that say something in a row, merged ones that reach into it included; each once."""
        found = dict.fromkeys(self.at(row, column) for column in range(self.width))
        return [cell for cell in found if cell is not None and cell.text.strip()]

    def with_value(self, row: int, column: int, value: Value) -> Grid:
        """The table with another value in the cell that covers a position; made where there is none."""
        held = self.at(row, column)
        new = replace(held, value=value) if held else Cell(row, column, value)
        return replace(self, cells=ordered([*(cell for cell in self.cells if cell is not held), new]))

    def parted(self, column: int, first: int, last: int) -> Grid:
        """The table with the cell that covers rows of a column parted where it reaches beyond them."""
        held = self.at(first, column)
        if held is None or (held.row >= first and held.last <= last):
            return self
        parts = [Cell(row, held.column, held.value, 1, held.columns) for row in range(held.row, first)]
        parts.append(Cell(first, held.column, held.value, min(held.last, last) - first + 1, held.columns))
        parts += [Cell(row, held.column, held.value, 1, held.columns) for row in range(last + 1, held.last + 1)]
        return replace(self, cells=ordered([*(cell for cell in self.cells if cell is not held), *parts]))

    def with_row(self, at: int, values: Mapping[int, Value]) -> Grid:
        """The table with a row put in before row ``at``; what is merged across it grows and holds its value there."""
        moved = []
        for cell in self.cells:
            if cell.row >= at:
                moved.append(replace(cell, row=cell.row + 1))
            else:
                moved.append(replace(cell, rows=cell.rows + (cell.last >= at)))
        grown = Grid(ordered(moved)).covering
        free = (column for column in values if (at, column) not in grown)
        return replace(self, cells=ordered([*moved, *(Cell(at, column, values[column]) for column in free)]))

    def without_row(self, at: int) -> Grid:
        """The table without a row; what is merged across it shrinks."""
        kept = []
        for cell in self.cells:
            if cell.row > at:
                kept.append(replace(cell, row=cell.row - 1))
            elif cell.last < at:
                kept.append(cell)
            elif cell.rows > 1:
                kept.append(replace(cell, rows=cell.rows - 1))
        return replace(self, cells=ordered(kept))


@dataclass(frozen=True)
class Line:
    """A line of text outside tables."""

    text: str


Block = Grid | Line


@dataclass(frozen=True)
class Document:
    """A file. ``kind``: xlsx, xls, csv or docx."""

    kind: str
    blocks: tuple[Block, ...] = field(default=())

    def plain(self) -> dict[str, Any]:
        """As plain data, for keeping."""
        return {"kind": self.kind, "blocks": [_plain(block) for block in self.blocks]}

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Document:
        """From plain data."""
        return cls(data["kind"], tuple(_block(row) for row in data["blocks"]))

    def with_block(self, index: int, block: Block) -> Document:
        """The same with another block in a place."""
        return replace(self, blocks=(*self.blocks[:index], block, *self.blocks[index + 1 :]))


def ordered(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """Cells in the order of rows and columns."""
    return tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))


def _plain(block: Block) -> dict[str, Any]:
    if isinstance(block, Line):
        return {"line": block.text}
    cells = [[c.row, c.column, c.value, c.rows, c.columns] for c in block.cells]
    return {"name": block.name, "hidden": block.hidden, "cells": cells}


def _block(row: Mapping[str, Any]) -> Block:
    if "line" in row:
        return Line(row["line"])
    return Grid(tuple(Cell(*cell) for cell in row["cells"]), row["name"], row["hidden"])
