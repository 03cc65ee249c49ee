"""The way through a task table: title, headings, sections (一、…行动), tasks, notes; nothing is lost on it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from tenfold.foundation.exchange.vocabulary import normal

from .grid import Cell, Document, Grid, Line
from .headings import Columns, Words, find_columns, words
from .numerals import level_of_number, numbered
from .understood import Passed, Place, Section

FEWER = 3
"""So many columns may be empty at the right of a table that goes on, numbered, from the one before."""
LONGEST = 60
"""A longer text is no heading of a section."""
_NOTE = re.compile(
    r"^\s*(?:注|备注|说明|填表说明|填表人|填报人|填报单位|填报日期|制表|审核|联系人|联系电话|签发)\s*\d?\s*[:：.、]"
)
_TOTAL = re.compile(r"^(?:合计|总计|小计|共计)")
_TITLE = re.compile(r"任务|分解|行动|方案|要点|清单|台账|计划|一览")
_TOLD = re.compile(r"[（(]?\s*(牵头|责任|配合)?(?:单位|科室|部门)\s*[:：]\s*(.+?)[)）]?$")
_LED = re.compile(r"[（(]?\s*(?:分管|责任|牵头)领导\s*[:：]\s*(.+?)[)）]?$")
_TAIL = re.compile(r"[（(]\s*(?:牵头|责任)(?:单位|科室|部门)\s*[:：]\s*([^（()）]+)[)）]\s*$")


@dataclass(frozen=True)
class Headed:
    """A section on the way, with the level of its number."""

    level: int
    section: Section


@dataclass(frozen=True)
class TaskRows:
    """A task as it stands: its block, its rows, the sections above it, the columns of its table."""

    block: int
    rows: tuple[int, ...]
    above: tuple[Headed, ...]
    columns: Columns


@dataclass
class Walk:
    """What was met, in its order."""

    document: Document
    words: Words = field(default_factory=words)
    tasks: list[TaskRows] = field(default_factory=list)
    passed: list[Passed] = field(default_factory=list)
    tables: dict[int, Columns] = field(default_factory=dict)
    above: list[Headed] = field(default_factory=list)
    noting: bool = False

    def run(self) -> Walk:
        """Go through the whole document."""
        for n, block in enumerate(self.document.blocks):
            if isinstance(block, Line):
                self.line(n, block.text)
            elif block.hidden:
                self.passed.append(Passed(Place(n), "no_table", block.name))
            else:
                self.table(n, block)
        return self

    def line(self, n: int, text: str) -> None:
        """A line between tables."""
        place = Place(n)
        if _NOTE.match(text):
            self.noting = True
        section = None if self.noting else self.section_of(text, wide=True)
        if section is not None:
            self.push(section, place, text)
        elif not self.noting and self.told_below(text):
            self.passed.append(Passed(place, "section", text))
        else:
            reason = "note" if self.noting else "line" if self.tasks else "title"
            self.passed.append(Passed(place, reason, text))

    def told_below(self, text: str) -> bool:
        """A line that names the units or the leader of the section above it."""
        if not self.above:
            return False
        last = self.above[-1]
        if match := _TOLD.match(text.strip()):
            self.above[-1] = replace(last, section=replace(last.section, lead=(*last.section.lead, match[2])))
        elif match := _LED.match(text.strip()):
            self.above[-1] = replace(last, section=replace(last.section, leader=(*last.section.leader, match[1])))
        else:
            return False
        return True

    def table(self, n: int, grid: Grid) -> None:
        """A table: what stands above its heading, then row by row."""
        columns = find_columns(grid, self.words) or self.going_on(grid)
        if columns is None:
            self.passed.append(Passed(Place(n), "no_table", grid.name or next((c.text for c in grid.cells), "")))
            return
        if self.document.kind != "docx":
            self.above = []
        self.noting = False
        self.tables[n] = columns
        for row in range(columns.first):
            self.before(n, grid, row)
        for row in range(columns.first, columns.last + 1):
            self.pass_by(n, grid, row, "heading")
        for row in range(columns.last + 1, grid.height):
            if grid.row(row):
                self.row(n, grid, row, columns)

    def going_on(self, grid: Grid) -> Columns | None:
        """The columns of the table before, where this one goes on with it on the next page without a heading."""
        last = max(self.tables, default=-1)
        if last < 0 or self.document.kind != "docx":
            return None
        before = self.document.blocks[last]
        if not isinstance(before, Grid):
            return None
        first = grid.at(0, 0)
        counted = first is not None and level_of_number(first.text) == 3
        same = before.width == grid.width or (counted and grid.width < before.width <= grid.width + FEWER)
        return replace(self.tables[last], first=0, last=-1) if same else None

    def before(self, n: int, grid: Grid, row: int) -> None:
        """A row above the heading: a section's, or the title with what belongs to it."""
        cells = [cell for cell in grid.row(row) if cell.row == row]
        section = self.section_of(cells[0].text, wide=True) if len(cells) == 1 else None
        if section is not None and numbered(cells[0].text).level:
            self.push(section, Place(n, row, cells[0].column), cells[0].text)
        else:
            self.pass_by(n, grid, row, "title")

    def row(self, n: int, grid: Grid, row: int, columns: Columns) -> None:
        """A row below the heading."""
        cells = grid.row(row)
        if reason := self.no_task(grid, row, columns, cells):
            self.pass_by(n, grid, row, reason)
            return
        section = self.section_row(grid, row, columns, cells)
        if section is not None:
            self.noting = False
            text = " ".join(cell.text for cell in cells)
            self.push(section, Place(n, row, cells[0].column), text)
            return
        wide = len(cells) == 1 and cells[0].row == row and self.wide(grid, cells[0])
        if wide and not self.noting and self.told_below(cells[0].text):
            self.pass_by(n, grid, row, "section")
            return
        if self.noting or (wide and cells[0].column not in columns.of("task")) or (wide and cells[0].columns > 1):
            self.pass_by(n, grid, row, "note")
            return
        task = self.task_cell(grid, row, columns)
        last = self.tasks[-1] if self.tasks else None
        if task and last and last.block == n and task.row < row and last.rows[0] >= task.row:
            self.tasks[-1] = replace(last, rows=(*last.rows, row))
        else:
            self.tasks.append(TaskRows(n, (row,), tuple(self.above), columns))

    def no_task(self, grid: Grid, row: int, columns: Columns, cells: list[Cell]) -> str:
        """Why a row is certainly no task; '' where it may be one."""
        texts = [cell.text.strip() for cell in cells]
        if columns.is_heading(grid, row):
            return "heading"
        if len(texts) >= 3 and texts == [str(n) for n in range(1, len(texts) + 1)]:
            return "numbering"
        if len(cells) <= 2 and _NOTE.match(texts[0]):
            self.noting = True
            return "note"
        return "total" if any(_TOTAL.match(re.sub(r"\s", "", text)) for text in texts[:2]) else ""

    @staticmethod
    def task_cell(grid: Grid, row: int, columns: Columns) -> Cell | None:
        """The cell of the task in a row, where it says something."""
        cell = grid.at(row, columns.of("task")[0])
        return cell if cell and cell.text.strip() else None

    @staticmethod
    def wide(grid: Grid, cell: Cell) -> bool:
        """Whether a cell reaches over most of its table."""
        return cell.columns >= max(2, grid.width * 0.6) or grid.width == 1

    def section_row(self, grid: Grid, row: int, columns: Columns, cells: list[Cell]) -> Headed | None:
        """The section that a row heads: one cell alone, or a number of 一 or （一） with a name."""
        own = [cell for cell in cells if cell.row == row]
        if len(own) != len(cells) or not own:
            return None
        if len(own) == 1:
            return self.section_of(own[0].text, wide=self.wide(grid, own[0]) or own[0].column == 0)
        number = columns.of("number")
        level = level_of_number(own[0].text) if number and own[0].column == number[0] else 0
        if len(own) == 2 and level in (1, 2) and len(own[1].text) <= LONGEST:
            return Headed(level, section_of(own[1].text))
        return None

    def section_of(self, text: str, *, wide: bool) -> Headed | None:
        """The section that a text alone heads; a higher level needs no width, an unnumbered one a known ending."""
        plain = re.sub(r"\s+", " ", text).strip()
        if not plain or len(plain) > LONGEST or plain.endswith(("。", "；", ";", "：", ":")):
            return None
        found = numbered(plain)
        if found.level in (1, 2) or (found.level and wide):
            return Headed(found.level, section_of(found.rest))
        name = _TAIL.sub("", plain)
        if wide and not found.level and name.endswith(self.words.section) and (self.tables or self.tasks or self.above):
            return Headed(1, section_of(plain))
        return None

    def push(self, found: Headed, place: Place, text: str) -> None:
        """A section begins; those of its level and below end."""
        self.above = [*(each for each in self.above if each.level < found.level), found]
        self.passed.append(Passed(place, "section", text))

    def pass_by(self, n: int, grid: Grid, row: int, reason: str) -> None:
        """A row that is no task, kept with the reason."""
        cells = [cell for cell in grid.row(row) if cell.row == row]
        if cells:
            self.passed.append(Passed(Place(n, row, cells[0].column), reason, " ".join(c.text for c in cells)))


def section_of(text: str) -> Section:
    """A section by its heading: its name, and the unit in brackets behind it (牵头科室：…)."""
    plain = " ".join(text.split())
    match = _TAIL.search(plain)
    return Section(_TAIL.sub("", plain).strip(), (match[1].strip(),) if match else ())


def title_of(walk: Walk) -> str:
    """The title: the first text above that names a task table, else the first that is none of 附件 and notes."""
    told = [p.text for p in walk.passed if p.reason == "title" and not _NOTE.match(p.text)]
    told = [re.sub(r"\s+", "", text) for text in told]
    told = [text for text in told if not re.match(r"附件|附表|[（(]", text) and 4 <= len(normal(text)) <= LONGEST]
    return next((text for text in told if _TITLE.search(text)), told[0] if told else "")
