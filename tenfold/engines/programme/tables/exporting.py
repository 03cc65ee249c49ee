"""A programme as a task table: the one from which it came, altered only where it says something else by now; where it
came from none, in the usual layout.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ..planned import PlannedMeasure, PlannedTask
from ..words import Action, Programme
from .grid import Cell, Document, Grid, Line, ordered
from .headings import Columns, words
from .numerals import spelled
from .sayings import TITLES, all_cells, changed_cells, columns_of
from .settled import Settled
from .understood import Place, RowRead, TableRead
from .walking import Walk

USUAL = ("action", "measure", "number", "task", "lead", "responsible", "supporting", "leader", "due", "what")


@dataclass(frozen=True)
class _Entry:
    """A task of the programme with what stands above it."""

    action: Action
    measure: PlannedMeasure
    task: PlannedTask


def _entries(found: Programme) -> dict[str, _Entry]:
    return {t.number: _Entry(a, m, t) for a in found.actions for m in a.measures for t in m.tasks}


def usual(found: Programme) -> Document:
    """A programme in the usual layout: actions and measures as merged columns, a task a row."""
    entries = list(_entries(found).values())
    begun = any(e.task.begins for e in entries)
    fields = [*USUAL[:8], *(["begins"] if begun else []), *USUAL[8:]]
    columns = {name: n for n, name in enumerate(fields)}
    cells = [Cell(0, 0, f"{found.name}任务分解表", 1, len(fields))]
    cells += [Cell(1, n, TITLES[name]) for name, n in columns.items()]
    tops: dict[tuple[str, str], Cell] = {}
    for row, entry in enumerate(entries, 2):
        told = {"number": entry.task.number, **all_cells(entry.task, frozenset(fields))}
        cells += [Cell(row, columns[name], text) for name, text in told.items() if text]
        for name, text, key in (
            ("action", entry.action.name, str(entry.action.number)),
            ("measure", entry.measure.name, entry.measure.number),
        ):
            top = tops.get((name, key))
            tops[name, key] = replace(top, rows=top.rows + 1) if top else Cell(row, columns[name], text)
    return Document("xlsx", (Grid(ordered([*cells, *tops.values()]), "任务分解表"),))


def in_its_layout(found: Programme, read: TableRead, settled: Settled, rows: Mapping[str, str]) -> Document:
    """A programme as the table from which it came. ``read``: that table as it was understood; ``rows``: the place of
    each of its tasks, by number.
    """
    return _Export(found, read, settled, rows).run()


@dataclass
class _New:
    """Rows that are put in after another: the sections above them, and the tasks."""

    after: RowRead
    entries: list[_Entry] = field(default_factory=list)
    apart: bool = False


class _Export:
    def __init__(self, found: Programme, read: TableRead, settled: Settled, rows: Mapping[str, str]) -> None:
        self.entries, self.read = _entries(found), read
        self.document = read.document
        self.tables: dict[int, Columns] = Walk(read.document, words(settled.explained())).run().tables
        self.fields = {block: columns_of(columns.fields) for block, columns in self.tables.items()}
        by_place = {str(row.place): row for row in read.rows}
        self.rows = {number: by_place[place] for number, place in rows.items() if place in by_place}

    def run(self) -> Document:
        """Cells first, then rows from the last to the first, so that no place moves before its turn."""
        gone = [row for number, row in self.rows.items() if number not in self.entries]
        standing = {number: row for number, row in self.rows.items() if number in self.entries}
        new = self.new(standing)
        self.renamed(standing)
        if gone or new:
            self.renumbered(gone, new)
        for number, row in standing.items():
            entry = self.entries[number]
            for name, text in changed_cells(row, entry.task, frozenset(self.fields[row.place.block])).items():
                self.write(row, name, text)
        acts: list[tuple[Place, int, int, _New | RowRead]] = []
        for n, group in enumerate(new):
            acts.append((Place(group.after.place.block, group.after.rows[-1]), 1 + group.apart, n, group))
        acts += [(Place(row.place.block, row.rows[-1]), 0, 0, row) for row in gone]
        for *_order, act in sorted(acts, key=lambda act: act[:3], reverse=True):
            if isinstance(act, _New):
                self.put_in(act)
            else:
                self.take_out(act)
        return self.document

    # --- cells ------------------------------------------------------------------------------------

    def grid(self, block: int) -> Grid:
        """A table as it is by now."""
        found = self.document.blocks[block]
        assert isinstance(found, Grid)
        return found

    def put(self, block: int, grid: Grid | Line) -> None:
        """A block in its place."""
        self.document = self.document.with_block(block, grid)

    def column(self, block: int, name: str) -> int:
        """The column of a field; made at the right, with its heading, where the table has none, in all tables of its
        form: they may come to stand in one sheet.
        """
        if name not in self.fields[block]:
            width = self.grid(block).width
            for each, columns in self.tables.items():
                grid = self.grid(each)
                if grid.width == width and name not in self.fields[each]:
                    self.fields[each][name] = width
                    self.put(each, grid.with_value(columns.last, width, TITLES[name]) if columns.last >= 0 else grid)
        return self.fields[block][name]

    def write(self, row: RowRead, name: str, text: str) -> None:
        """Another text in a task's cell; what was merged over other tasks' rows is parted before."""
        block, column = row.place.block, self.column(row.place.block, name)
        grid = self.grid(block).parted(column, row.rows[0], row.rows[-1])
        for at in row.rows[1:]:
            if (cell := grid.at(at, column)) and cell.row > row.rows[0]:
                grid = grid.with_value(at, column, None)
        self.put(block, grid.with_value(row.rows[0], column, text or None))

    def renamed(self, standing: Mapping[str, RowRead]) -> None:
        """Measures that are called otherwise by now, where the table names them: in their column or as a section."""
        for number, row in standing.items():
            name = self.entries[number].measure.name
            if not row.measure or row.measure == name:
                continue
            cell = row.cell("measure")
            places = [cell.place] if cell and cell.text.strip() else []
            places = places or [p.place for p in self.read.passed if p.reason == "section" and row.measure in p.text]
            for place in places:
                block = self.document.blocks[place.block]
                if isinstance(block, Line):
                    self.put(place.block, Line(block.text.replace(row.measure, name)))
                elif held := block.at(place.row, place.column):
                    self.put(place.block, block.with_value(place.row, place.column, _renamed(held, row.measure, name)))

    def renumbered(self, gone: list[RowRead], new: list[_New]) -> None:
        """Numbers that ran on before run on again: 1, 2, 3 after a row was put in or taken out."""
        runs, told = 0, 0
        order: list[tuple[RowRead, int]] = []
        for row in self.read.rows:
            if not row.number.isdigit() or int(row.number) not in (told + 1, 1):
                return
            runs += int(row.number) == 1
            told = int(row.number)
            order.append((row, runs))
        self.next: dict[int, int] = {}
        for row, run in order:
            if row not in gone:
                self.next[run] = self.next.get(run, 0) + 1
                if str(self.next[run]) != row.number:
                    self.number(row, self.next[run])
            for group in new:
                if group.after is row:
                    start = self.next.get(run, 0)
                    self.numbers |= {e.task.number: start + n for n, e in enumerate(group.entries, 1)}
                    self.next[run] = start + len(group.entries)

    numbers: dict[str, int]
    headed: bool
    """Whether sections stand in the table, or will, so that what follows one needs its own."""

    def number(self, row: RowRead, number: int) -> None:
        """Another number before a task."""
        cell = row.cell("number")
        if cell is not None:
            held = self.grid(row.place.block).at(cell.place.row, cell.place.column)
            value = number if held and isinstance(held.value, int) else str(number)
            self.put(row.place.block, self.grid(row.place.block).with_value(cell.place.row, cell.place.column, value))

    # --- rows -------------------------------------------------------------------------------------

    def new(self, standing: Mapping[str, RowRead]) -> list[_New]:
        """Tasks that stand in no row, each after the last one of its measure, else at the end under its own heading."""
        self.numbers = {}
        found: dict[str, _New] = {}
        ends = [row for row in self.read.rows if row.place.block == max(r.place.block for r in self.read.rows)]
        for number, entry in self.entries.items():
            if number in standing:
                continue
            beside = [row for n, row in standing.items() if self.entries[n].measure.number == entry.measure.number]
            after = max(beside, key=lambda row: row.place) if beside else ends[-1]
            key = str(after.place) if beside else f"apart {entry.measure.number}"
            found.setdefault(key, _New(after, apart=not beside)).entries.append(entry)
        own = any(group.apart and _own_name(group.entries[0]) for group in found.values())
        self.headed = own or any(p.reason == "section" for p in self.read.passed)
        return list(found.values())

    def take_out(self, row: RowRead) -> None:
        """A task that was ended."""
        grid = self.grid(row.place.block)
        for at in reversed(row.rows):
            grid = grid.without_row(at)
        self.put(row.place.block, grid)

    def put_in(self, new: _New) -> None:
        """Tasks after a row."""
        block, at = new.after.place.block, new.after.rows[-1] + 1
        if new.apart:
            at = self.put_sections(block, at, new)
        for entry in new.entries:
            told = all_cells(entry.task, frozenset(self.fields[block]))
            values = {self.column(block, name): text for name, text in told.items() if text}
            if "number" in self.fields[block]:
                values[self.fields[block]["number"]] = str(self.numbers.get(entry.task.number, ""))
            grid = self.grid(block).with_row(at, {column: text for column, text in values.items() if text})
            for name, text in (("action", entry.action.name), ("measure", entry.measure.name)):
                if name in self.fields[block]:
                    grid = _as_above(grid, at, self.fields[block][name], text, goes_on=not new.apart)
            self.put(block, grid)
            at += 1

    def put_sections(self, block: int, at: int, new: _New) -> int:
        """The headings of tasks that have none in the table; returns the row after them."""
        entry, fields = new.entries[0], self.fields[block]
        told = []
        if "action" not in fields:
            told.append(f"{spelled(entry.action.number)}、{entry.action.name}")
        if "measure" not in fields and self.headed:
            told.append(f"（{spelled(1)}）{entry.measure.name}")
        for text in told:
            grid = self.grid(block).with_row(at, {})
            self.put(block, replace(grid, cells=ordered([*grid.cells, Cell(at, 0, text, 1, grid.width)])))
            at += 1
        return at


def _own_name(entry: _Entry) -> bool:
    """Whether the measure is called otherwise than its action."""
    return entry.measure.name != entry.action.name


def _as_above(grid: Grid, at: int, column: int, text: str, *, goes_on: bool) -> Grid:
    """The action or measure of a new row: the merged cell above reaches on, or the text is written once more."""
    held = grid.at(at, column)
    if held is not None and held.row < at:
        return grid
    above = grid.at(at - 1, column)
    if goes_on and above is not None and above.text.strip() and above.rows > 1:
        longer = replace(above, rows=above.rows + 1)
        return replace(grid, cells=ordered([*(c for c in grid.cells if c is not above and c is not held), longer]))
    if goes_on and (above is None or not above.text.strip()):
        return grid
    return grid.with_value(at, column, above.value if goes_on and above else text)


def _renamed(held: Cell, before: str, after: str) -> str:
    plain = "".join(held.text.split("\n"))
    return plain.replace(before, after) if before in plain else after
