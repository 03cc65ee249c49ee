"""Reads the measures, targets and tasks of a programme's file, and holds them against the house."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from tenfold.foundation.declare import Indicator, house

from .content import plain
from .lines import Way
from .planned import LEVELS, RULES, PlannedMeasure, PlannedTarget, PlannedTask
from .words import Programme

if TYPE_CHECKING:
    from .reading import _Reading

MEASURE = {"number": str, "name": str}
MEASURE_MAY = {"gloss": str, "thread": str, "lowest": str, "target": list, "task": list}
TARGET: dict[str, Any] = {"indicator": str, "value": (int, Decimal), "by": date}
TARGET_MAY = {"at": str, "rule": str, "level": str, "hand": dict}
TASK = {"number": str, "name": str}
TASK_MAY = {
    "gloss": str, "lead": list, "responsible": list, "supporting": list, "leader": str, "begins": date, "due": date,
    "due_text": str, "criterion": dict, "after": list, "cells": dict,
}  # fmt: skip


def measures_of(
    reading: _Reading, action: Way, row: Mapping[str, Any], threads: set[str]
) -> tuple[PlannedMeasure, ...]:
    """The measures of an action; each number begins with that of its thread, or of the action."""
    found = []
    for n, entry in enumerate(row.get("measure", ())):
        path = (*action, "measure", n)
        reading.table(path, entry, MEASURE, MEASURE_MAY)
        _among(reading, path, entry, "lowest", LEVELS)
        thread = entry.get("thread", "")
        if thread and thread not in threads:
            reading.fault((*path, "thread"), _("there is no thread “%s” in this action") % thread)
        _numbered(reading, path, entry["number"], thread or str(row["number"]))
        lowest = entry.get("lowest", "county")
        targets = tuple(
            _target(reading, (*path, "target", m), t, lowest) for m, t in enumerate(entry.get("target", ()))
        )
        tasks = tuple(_task(reading, (*path, "task", m), t, entry) for m, t in enumerate(entry.get("task", ())))
        found.append(
            PlannedMeasure(entry["number"], entry["name"], entry.get("gloss", ""), thread, lowest, targets, tasks)
        )
    return tuple(found)


def _target(reading: _Reading, path: Way, row: Any, lowest: str) -> PlannedTarget:
    reading.table(path, row, TARGET, TARGET_MAY)
    _among(reading, path, row, "at", ("least", "most"))
    _among(reading, path, row, "rule", RULES)
    _among(reading, path, row, "level", LEVELS)
    level = row.get("level", lowest)
    if LEVELS.index(level) > LEVELS.index(lowest):
        reading.fault((*path, "level"), _("the measure reaches no lower than “%s”") % lowest)
    hand = row.get("hand", {})
    for name, value in hand.items():
        if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
            reading.fault((*path, "hand"), _("the value of “%s” is no number") % name)
    return PlannedTarget(
        reading.counted((*path, "indicator"), row["indicator"]), Decimal(row["value"]), row["by"],
        row.get("at", "least"), row.get("rule", "same"), level, {name: Decimal(v) for name, v in hand.items()},
    )  # fmt: skip


def _task(reading: _Reading, path: Way, row: Any, measure: Mapping[str, Any]) -> PlannedTask:
    reading.table(path, row, TASK, TASK_MAY)
    _numbered(reading, path, row["number"], measure["number"])
    for key in ("lead", "responsible", "supporting", "after"):
        if not all(isinstance(word, str) and word for word in row.get(key, ())):
            reading.fault((*path, key), _("“%s” holds texts alone") % key)
    if "due" not in row and not row.get("due_text"):
        reading.fault(path, _("“%s” is missing") % "due")
    criterion = row.get("criterion", {"code": "programme.material"})
    if not isinstance(criterion.get("code"), str):
        reading.fault((*path, "criterion"), _("“%s” is missing") % "code")
    cells = row.get("cells", {})
    if not all(isinstance(text, str) for text in cells.values()):
        reading.fault((*path, "cells"), _("“%s” holds texts alone") % "cells")
    return PlannedTask(
        number=row["number"], name=row["name"], gloss=row.get("gloss", ""), lead=tuple(row.get("lead", ())),
        responsible=tuple(row.get("responsible", ())), supporting=tuple(row.get("supporting", ())),
        leader=row.get("leader", ""), begins=row.get("begins"), due=row.get("due"), due_text=row.get("due_text", ""),
        criterion=plain(criterion), after=tuple(row.get("after", ())),
        cells=dict(cells),
    )  # fmt: skip


def _among(reading: _Reading, path: Way, row: Mapping[str, Any], key: str, known: tuple[str, ...]) -> None:
    if row.get(key, known[0]) not in known:
        words = {"word": row[key], "known": ", ".join(known)}
        reading.fault((*path, key), _("“%(word)s” is none of %(known)s") % words)


def _numbered(reading: _Reading, path: Way, number: str, above: str) -> None:
    if not number.startswith(f"{above}."):
        reading.fault(
            (*path, "number"),
            _("the number %(number)s should begin with %(above)s.") % {"number": number, "above": above},
        )


def check_measures(
    reading: _Reading,
    action: Way,
    measures: tuple[PlannedMeasure, ...],
    found: Programme,
    known: Mapping[str, Indicator],
) -> None:
    """Refuse unknown indicators and criteria, numbers twice, days outside the programme, tasks waiting in a circle."""
    for n, measure in enumerate(measures):
        path = (*action, "measure", n)
        for m, target in enumerate(measure.targets):
            reading.check_indicators((*path, "target", m, "indicator"), (target.counted,), known)
            _in_year(reading, (*path, "target", m, "by"), target.by, found)
        for m, task in enumerate(measure.tasks):
            _check_task(reading, (*path, "task", m), task, found, known)


def _check_task(
    reading: _Reading, path: Way, task: PlannedTask, found: Programme, known: Mapping[str, Indicator]
) -> None:
    tasks = tasks_of(found)
    if sum(each.number == task.number for each in tasks) > 1:
        reading.fault((*path, "number"), _("the number %s stands twice") % task.number)
    for key, day in (("begins", task.begins), ("due", task.due)):
        if day is not None:
            _in_year(reading, (*path, key), day, found)
    if task.begins and task.due and task.due < task.begins:
        reading.fault((*path, "due"), _("it is due before it begins"))
    wrong = criterion_fault(task.criterion)
    if wrong:
        reading.fault((*path, "criterion"), wrong)
    numbers = {each.number: each for each in tasks}
    for other in task.after:
        if other not in numbers:
            reading.fault((*path, "after"), _("there is no task %s") % other)
    circle = _circle(task, numbers)
    if circle:
        reading.fault((*path, "after"), _("these tasks wait for each other: %s") % " → ".join(circle))


def criterion_fault(criterion: Mapping[str, Any]) -> str:
    """What is wrong with a criterion, in words; '' for nothing."""
    declared = house().criteria.get(str(criterion.get("code", "")))
    if declared is None:
        return _("there is no criterion “%s”") % criterion.get("code", "")
    names = {name for name, _needed in declared.parameters}
    for key in criterion:
        if key != "code" and key not in names:
            return _("the criterion “%(code)s” knows no “%(key)s”") % {"code": declared.code, "key": key}
    for name, needed in declared.parameters:
        if needed and name not in criterion:
            return _("the criterion “%(code)s” needs “%(key)s”") % {"code": declared.code, "key": name}
    return declared.check(criterion) if declared.check else ""


def tasks_of(found: Programme) -> list[PlannedTask]:
    """All tasks of all actions, in order."""
    return [task for action in found.actions for measure in action.measures for task in measure.tasks]


def circle_from(number: str, after: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The way from a task back to itself over what it waits for; empty where there is none."""
    ways: list[tuple[str, ...]] = [(number,)]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        for other in after.get(way[-1], ()):
            if other == number:
                return (*way, number)
            if other not in seen:
                seen.add(other)
                ways.append((*way, other))
    return ()


def _circle(task: PlannedTask, numbers: Mapping[str, PlannedTask]) -> tuple[str, ...]:
    return circle_from(task.number, {number: each.after for number, each in numbers.items()})


def _in_year(reading: _Reading, path: Way, day: date, found: Programme) -> None:
    if found.begun and found.ends and not found.begun <= day <= found.ends:
        reading.fault(path, _("%s lies outside the programme's time") % day.isoformat())
