"""A task table understood: each row a task, each cell what it means, or why it was not understood.

Fixes (by place): {"as": text} what a cell is to mean, {"keep": True} that it stays as words. The table itself stays
as it was sent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from .aims import aims
from .grid import Document, Grid
from .headings import words
from .leaders import leaders
from .numerals import numbered
from .terms import Term, term
from .understood import CellRead, Place, RowRead, Section, TableRead
from .units import LEAD, RESPONSIBLE, SUPPORTING, units
from .walking import TaskRows, Walk, section_of, title_of

Known = Callable[[str], bool]
Days = tuple[date, date]
Fixes = Mapping[str, Mapping[str, Any]]
PARTIES = (LEAD, RESPONSIBLE, SUPPORTING)


def understand(
    document: Document,
    year: int,
    known: Known,
    fixes: Fixes | None = None,
    headings: Mapping[str, str] | None = None,
    time: Callable[[int], Days] | None = None,
) -> TableRead:
    """Understand a whole table. ``year``: meant where the table names none; ``known``: whether a name is a unit's;
    ``headings``: those that a person has explained, with their fields; ``time``: first and last day of the programme
    of a year, terms outside which are doubted.
    """
    walk = Walk(document, words(headings)).run()
    title = title_of(walk)
    named = _year(document, walk, title) or year
    days = time(named) if time else None
    rows = tuple(_Row(document, walk, task, named, known, fixes or {}, days).read() for task in walk.tasks)
    other = tuple(
        (Place(block, max(columns.last, 0), column), text)
        for block, columns in walk.tables.items()
        for column, text in columns.titles.items()
        if column not in columns.fields and columns.last >= 0
    )
    titles = {block: dict(columns.titles) for block, columns in walk.tables.items()}
    return TableRead(document, title, named, rows, tuple(walk.passed), other, titles)


def _year(document: Document, walk: Walk, title: str) -> int:
    told = [title, *(p.text for p in walk.passed if p.reason in ("title", "line"))]
    told += [block.name for block in document.blocks if isinstance(block, Grid)]
    return next((int(match[1]) for text in told if (match := re.search(r"(20\d{2})\s*年", text))), 0)


@dataclass(frozen=True)
class _Row:
    document: Document
    walk: Walk
    task: TaskRows
    year: int
    known: Known
    fixes: Fixes
    days: Days | None = None

    def read(self) -> RowRead:
        """The task with all its cells."""
        cells = {cell.field or f"#{cell.place.column}": cell for cell in self.cells()}
        action = self.action(cells)
        parties = self.parties(cells, action)
        when = {name: term(cells[name].meant, self.year) for name in ("begins", "due") if name in cells}
        due, begins = self.in_time(when.get("due", Term("none"))), when.get("begins", Term("none"))
        lines = [" ".join(line.split()) for line in self.meant(cells, "task").split("\n")]
        name = numbered("".join(lines)).rest
        led = leaders(self.meant(cells, "leader")) if "leader" in cells else leaders("、".join(action.leader))
        first = self.task.rows[0]
        return RowRead(
            place=Place(self.task.block, first), rows=self.task.rows, action=action, measure=self.measure(cells),
            name=name,
            number=self.meant(cells, "number"), **parties, leader=led.names,
            begins=self.begun(begins.begins or begins.due or due.begins_apart()), due=due.due,
            due_text=self.due_text(cells, due),
            what=self.meant(cells, "what"), aims=aims(f"{self.meant(cells, 'aim')}，{name}"),
            cells=tuple(self.judged(cells, parties, due).values()),
        )  # fmt: skip

    def in_time(self, due: Term) -> Term:
        """A term outside the programme's time is doubted: another day is meant, or it stays as words."""
        if due.due is None or self.days is None or self.days[0] <= due.due <= self.days[1]:
            return due
        told = {"begun": self.days[0].isoformat(), "ends": self.days[1].isoformat()}
        return Term("unknown", doubt=_("lies outside the programme's time (%(begun)s to %(ends)s)") % told)

    def begun(self, begins: date | None) -> date | None:
        """What began before the programme begins with it."""
        return None if begins is None or (self.days and begins < self.days[0]) else begins

    def cells(self) -> list[CellRead]:
        """What stands in each column that has a heading."""
        grid, columns = self.document.blocks[self.task.block], self.task.columns
        assert isinstance(grid, Grid)
        found = []
        for column in sorted({*columns.titles, *columns.fields}):
            held = dict.fromkeys(cell for row in self.task.rows if (cell := grid.at(row, column)))
            first = next(iter(held), None)
            row = first.row if first else self.task.rows[0]
            place = Place(self.task.block, row, first.column if first else column)
            text = "\n".join(cell.text for cell in held if cell.text)
            fix = self.fixes.get(str(place), {})
            meant = str(fix.get("as", text))
            field = columns.fields.get(column, "")
            title = columns.titles.get(column, "")
            found.append(CellRead(field, title, text, place, kept=bool(fix.get("keep")), meant=meant))
        return found

    @staticmethod
    def meant(cells: Mapping[str, CellRead], field: str) -> str:
        """What a field's cell is to mean; '' where there is none."""
        return cells[field].meant.strip() if field in cells else ""

    def action(self, cells: Mapping[str, CellRead]) -> Section:
        """The action: its own column, else the highest section above, else the sheet, else none named."""
        if text := _joined(self.meant(cells, "action")):
            return section_of(numbered(text).rest)
        if self.task.above:
            top, below = self.task.above[0].section, self.task.above[-1].section
            return Section(top.name, below.lead or top.lead, below.leader or top.leader)
        grid = self.document.blocks[self.task.block]
        several = len(self.walk.tables) > 1 and self.document.kind != "docx"
        sheet = grid.name if isinstance(grid, Grid) and several else ""
        return section_of(numbered(sheet).rest if not re.match(r"(?i)sheet\d*$|工作表\d*$", sheet) else "")

    def measure(self, cells: Mapping[str, CellRead]) -> str:
        """The measure: its own column, else the lowest section below the action's."""
        if text := _joined(self.meant(cells, "measure")):
            return numbered(text).rest
        if self.meant(cells, "action"):
            return self.task.above[-1].section.name if self.task.above else ""
        return self.task.above[-1].section.name if len(self.task.above) > 1 else ""

    def parties(self, cells: Mapping[str, CellRead], action: Section) -> dict[str, tuple[str, ...]]:
        """Units by their part: as the words of a cell say, else as its column does."""
        found: dict[str, list[str]] = {part: [] for part in PARTIES}
        for column in PARTIES:
            for unit in units(self.meant(cells, column), self.known):
                if not any(unit.text in held for held in found.values()):
                    found[unit.part or column].append(unit.text)
        if not found[LEAD]:
            told = [unit.text for text in action.lead for unit in units(text, self.known)]
            found = {part: [text for text in held if text not in told] for part, held in found.items()}
            found[LEAD] = told
        return {part: tuple(held) for part, held in found.items()}

    def due_text(self, cells: Mapping[str, CellRead], due: Term) -> str:
        """How the table puts the term, where that says more than the day."""
        text = _joined(cells["due"].text) if "due" in cells else ""
        if due.said:
            return due.said[:60]
        if due.due is not None and (not text or term(text, self.year).kind == "day"):
            return ""
        return text[:60] or _("not set")

    def judged(
        self, cells: Mapping[str, CellRead], parties: Mapping[str, tuple[str, ...]], due: Term
    ) -> dict[str, CellRead]:
        """The cells with their doubts."""
        found = dict(cells)
        doubts: dict[str, tuple[str, str]] = {}
        if not self.meant(cells, "task"):
            doubts["task"] = _("is empty: no task is named"), ""
        if "due" in cells:
            suggested = due.suggested.isoformat() if due.suggested else ""
            doubts["due"] = (_("is empty: no term is named") if due.kind == "none" else due.doubt), suggested
        if "leader" in cells:
            doubts["leader"] = leaders(cells["leader"].meant).doubt, ""
        column = next((name for name in (RESPONSIBLE, LEAD) if name in cells), "")
        if column and not any(parties.values()):
            doubts[column] = _("is empty: nobody owes this task"), ""
        for name, (doubt, suggested) in doubts.items():
            held = found[name]
            found[name] = CellRead(
                held.field, held.heading, held.text, held.place, doubt, suggested, held.kept, held.meant
            )
        return found


def _joined(text: str) -> str:
    """A cell's text on one line; signs written below each other (竖排) put together."""
    lines = [line.strip() for line in text.split("\n")]
    return (
        "".join(lines) if all(re.search(r"[\u4e00-\u9fff“”（）]", line) for line in lines if line) else " ".join(lines)
    )
