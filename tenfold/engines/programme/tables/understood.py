"""What was understood of a task table: its tasks with their cells, what was passed over, every doubt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from tenfold.foundation.exchange.numbers import column_letters

from .aims import Aim
from .grid import Document, Grid


@dataclass(frozen=True, order=True)
class Place:
    """Where a cell stands: block, row, column, counted from 0. A line between tables is its block's row 0."""

    block: int
    row: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.block}.{self.row}.{self.column}"

    @classmethod
    def of(cls, text: str) -> Place:
        """From its text."""
        block, row, column = text.split(".")
        return cls(int(block), int(row), int(column))


@dataclass(frozen=True)
class CellRead:
    """A cell of a task. ``doubt``: what was not understood, in words, '' where it was; ``suggested``: what is probably
    meant; ``kept``: somebody decided to leave it as words.
    """

    field: str
    heading: str
    text: str
    place: Place
    doubt: str = ""
    suggested: str = ""
    kept: bool = False
    meant: str = ""


@dataclass(frozen=True)
class Section:
    """An action or a measure as the table heads it."""

    name: str
    lead: tuple[str, ...] = ()
    leader: tuple[str, ...] = ()


@dataclass(frozen=True)
class RowRead:
    """A task. ``number`` as the table counts it; ``due`` None with ``due_text`` where it has no single day; ``rows``:
    those of the table over which it reaches.
    """

    place: Place
    action: Section
    measure: str
    number: str
    name: str
    lead: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    supporting: tuple[str, ...] = ()
    leader: tuple[str, ...] = ()
    begins: date | None = None
    due: date | None = None
    due_text: str = ""
    what: str = ""
    aims: tuple[Aim, ...] = ()
    cells: tuple[CellRead, ...] = ()
    rows: tuple[int, ...] = ()

    @property
    def doubts(self) -> tuple[CellRead, ...]:
        """The cells that a person should look at."""
        return tuple(cell for cell in self.cells if cell.doubt and not cell.kept)

    @property
    def units(self) -> tuple[str, ...]:
        """Every unit that it names."""
        return (*self.lead, *self.responsible, *self.supporting)

    def cell(self, field: str) -> CellRead | None:
        """The cell of a field."""
        return next((cell for cell in self.cells if cell.field == field), None)


@dataclass(frozen=True)
class Passed:
    """A row or line that is no task. ``reason``: title, heading, section, note, total, numbering, no_table, line."""

    place: Place
    reason: str
    text: str


@dataclass(frozen=True)
class TableRead:
    """A whole file, understood. ``other``: headings of columns that were not understood, by block."""

    document: Document
    title: str
    year: int
    rows: tuple[RowRead, ...]
    passed: tuple[Passed, ...] = ()
    other: tuple[tuple[Place, str], ...] = ()
    headings: Mapping[int, Mapping[int, str]] = field(default_factory=dict)

    @property
    def doubts(self) -> tuple[tuple[RowRead, CellRead], ...]:
        """Every doubt with its task."""
        return tuple((row, cell) for row in self.rows for cell in row.doubts)

    def told(self, place: Place) -> str:
        """A place in words, as a person finds it: the sheet or table, the row, the column."""
        block = self.document.blocks[place.block]
        if not isinstance(block, Grid):
            return _("line %(line)s") % {"line": place.block + 1}
        words = {"row": place.row + 1, "column": column_letters(place.column), "sheet": block.name}
        if self.document.kind == "docx":
            tables = [n for n, each in enumerate(self.document.blocks) if isinstance(each, Grid)]
            return _("table %(table)s, row %(row)s, column %(column)s") % {
                **words, "table": tables.index(place.block) + 1, "column": place.column + 1,
            }  # fmt: skip
        if sum(isinstance(each, Grid) for each in self.document.blocks) == 1:
            return _("row %(row)s, column %(column)s") % words
        return _("“%(sheet)s”, row %(row)s, column %(column)s") % words
