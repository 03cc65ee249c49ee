"""What the cells of a task say, as an office would write them: the other way round from ``understanding``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ..planned import PlannedTask
from .planning import criterion_words
from .understood import RowRead

TITLES = {
    "action": "行动", "measure": "举措", "number": "序号", "task": "工作任务", "lead": "牵头单位",
    "responsible": "责任单位", "supporting": "配合单位", "leader": "分管领导", "begins": "开始时间",
    "due": "完成时限", "what": "完成标准",
}  # fmt: skip
"""Headings as task tables have them."""
PARTIES = {"lead": "牵头", "responsible": "负责", "supporting": "配合"}


def term_words(task: PlannedTask, *, span: bool) -> str:
    """The term; with the beginning where ``span``. A day that somebody put to a table's words follows them."""
    if task.due is None:
        return task.due_text
    if task.due_text:
        return f"{task.due_text}（{_day(task.due)}前）"
    return f"{_day(task.begins)}至{_day(task.due)}" if span and task.begins else f"{_day(task.due)}前"


def party_words(task: PlannedTask, columns: frozenset[str], told_above: tuple[str, ...]) -> dict[str, str]:
    """The units by column. Where a part has no column of its own, the column of the responsible ones (else of the
    leading) says it in words: 基教科牵头，人事科配合. ``told_above``: leading units that the section's heading names.
    """
    units = {part: getattr(task, part) for part in PARTIES}
    if told_above and units["lead"] == told_above:
        units["lead"] = ()
    here = [part for part in PARTIES if part in columns]
    base = "responsible" if "responsible" in columns or not here else here[0]
    found = {part: "、".join(units[part]) for part in here}
    apart = [part for part in PARTIES if part not in (*here, base) and units[part]]
    clauses = [f"{'、'.join(units[part])}{PARTIES[part]}" for part in apart]
    own = [found.get(base, "、".join(units[base]))] if units[base] else []
    told = [*(c for c in clauses if c.endswith("牵头")), *own, *(c for c in clauses if not c.endswith("牵头"))]
    return {**found, base: "，".join(told)} if told or base in columns else found


def changed_cells(read: RowRead, task: PlannedTask, columns: frozenset[str]) -> dict[str, str]:
    """The cells, by field, that no longer say what stands. ``columns``: the fields for which the table has one."""
    found: dict[str, str] = {}
    if read.name != task.name:
        found["task"] = _with_number(read, task.name)
    if any(getattr(read, part) != getattr(task, part) for part in PARTIES):
        above = read.action.lead if "lead" not in columns else ()
        found |= {part: text for part, text in party_words(task, columns, above).items() if text or part in columns}
    if "、".join(read.leader) != task.leader:
        found["leader"] = task.leader
    span = "begins" not in columns and task.due is not None and not task.due_text
    begins, due = read.begins != task.begins, (read.due, read.due_text) != (task.due, task.due_text)
    if due or (begins and span):
        found["due"] = term_words(task, span=span)
    if not span and (begins or (due and task.begins)):
        found["begins"] = _day(task.begins)
    if "what" in columns and _says_otherwise(read, task):
        found["what"] = criterion_words(task.criterion)
    return found


def all_cells(task: PlannedTask, columns: frozenset[str]) -> dict[str, str]:
    """The cells of a task that stands in no row yet."""
    span = "begins" not in columns and not task.due_text
    found = {"task": task.name, "due": term_words(task, span=span), **party_words(task, columns, ())}
    if task.leader:
        found["leader"] = task.leader
    if task.begins and not (span and task.due):
        found["begins"] = _day(task.begins)
    if "what" in columns:
        found["what"] = criterion_words(task.criterion)
    return found


def _says_otherwise(read: RowRead, task: PlannedTask) -> bool:
    """Whether the cell of what counts as done would be read as something else than what stands."""
    cell = read.cell("what")
    before = next((text for title, text in task.cells.items() if cell and title == cell.heading), None)
    same = (before, task.criterion.get("what"), criterion_words(task.criterion))
    return bool(read.what and read.what not in same) or bool(not read.what and criterion_words(task.criterion))


def _with_number(read: RowRead, name: str) -> str:
    """A task's name behind the number with which its cell begins."""
    cell = read.cell("task")
    text = "".join(cell.text.split("\n")).strip() if cell else ""
    return f"{text.removesuffix(read.name)}{name}" if read.name and text.endswith(read.name) else name


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def columns_of(fields: Mapping[int, str]) -> dict[str, int]:
    """The column of each field."""
    found: dict[str, int] = {}
    for column in sorted(fields):
        found.setdefault(fields[column], column)
    return found
