"""What comes out again equals what went in, cell by cell, in either form."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenfold.engines.programme.tables.grid import Cell, Document, Grid, Line, ordered
from tenfold.engines.programme.tables.opening import open_table
from tenfold.engines.programme.tables.writing import word, workbook
from tenfold.foundation.exchange.reading import ReadingFault

SIGNS = "各县市区教育局（）、，。一二三牵头配合12.%<>&\"'=+-长期月底前"
line = st.text(SIGNS, min_size=1, max_size=12).map(str.strip).filter(bool)
text = st.lists(line, min_size=1, max_size=3).map("\n".join)


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    """A table with areas merged at random; none overlaps another, the last row and column say something."""
    height, width = draw(st.integers(1, 7)), draw(st.integers(1, 6))
    taken: set[tuple[int, int]] = set()
    cells = []
    dice = random.Random(draw(st.integers(0, 10**6)))
    for row in range(height):
        for column in range(width):
            if (row, column) in taken or dice.random() < 0.2:
                continue
            rows, columns = dice.choice((1, 1, 1, 2, 3)), dice.choice((1, 1, 1, 2))
            area = {(r, c) for r in range(row, row + rows) for c in range(column, column + columns)}
            if area & taken or row + rows > height or column + columns > width:
                rows = columns = 1
                area = {(row, column)}
            taken |= area
            cells.append(Cell(row, column, draw(text | st.integers(1, 500)), rows, columns))
    return Grid(ordered(cells), draw(st.sampled_from(("任务分解表", "行动二", "a"))))


def told(document: Document) -> list[object]:
    """What a document says: lines and cells with their places and extents, as text."""
    return [
        block.text if isinstance(block, Line) else [(c.row, c.column, c.rows, c.columns, c.text) for c in block.cells]
        for block in document.blocks
        if isinstance(block, Line) or block.cells
    ]


@settings(max_examples=30, deadline=None)
@given(st.lists(grids().filter(lambda grid: bool(grid.cells)), min_size=1, max_size=3))
def test_a_workbook_comes_back_cell_by_cell(tables: list[Grid]) -> None:
    named = [Grid(grid.cells, f"{grid.name}{n}") for n, grid in enumerate(tables)]
    sent = Document("xlsx", tuple(named))
    back = open_table(workbook(sent))
    assert told(back) == told(sent)
    assert [b.name for b in back.blocks if isinstance(b, Grid)] == [grid.name for grid in named]
    assert open_table(workbook(back)) == back
    assert Document.of(back.plain()) == back


@settings(max_examples=30, deadline=None)
@given(st.lists(line.map(Line) | grids().filter(lambda grid: bool(grid.cells)), min_size=1, max_size=5))
def test_a_word_document_comes_back_cell_by_cell(blocks: list[Grid | Line]) -> None:
    sent = Document("docx", tuple(blocks))
    back = open_table(word(sent))
    assert told(back) == told(sent)
    assert open_table(word(back)) == back


@settings(max_examples=30, deadline=None)
@given(grids().filter(lambda grid: grid.height > 1), st.data())
def test_a_row_put_in_and_taken_out_leaves_the_table_as_it_was(grid: Grid, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, grid.height - 1))
    grown = grid.with_row(at, dict.fromkeys(range(grid.width), "新"))
    assert grown.height == grid.height + 1
    assert grown.without_row(at) == grid


def test_old_word_and_a_cut_file_are_told_so() -> None:
    old = b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "WordDocument".encode("utf-16-le") + b"\0" * 600
    with pytest.raises(ReadingFault) as told_old:
        open_table(old)
    assert told_old.value.code == "old_word"
    whole = word(Document("docx", (Line("一、甲行动"),)))
    with pytest.raises(ReadingFault):
        open_table(whole[: len(whole) // 2])
