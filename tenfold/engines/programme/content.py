"""A programme as entries under their numbers: what is held against what stands, shown as a diff, exported again.

An entry is (kind, key) → fields as plain data. ``frame_data`` and ``toml_text`` lead back to the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from .planned import PlannedMeasure, PlannedTarget, PlannedTask
from .words import Action, Counted, Programme, Work

Key = tuple[str, str]
Entries = dict[Key, dict[str, Any]]

HEAD = ("name", "gloss", "year", "role", "role_gloss", "begun", "ends")
ACTION = ("name", "gloss", "menu", "menu_gloss", "role", "role_gloss", "room", "lead", "lead_gloss")
WORK = ("name", "gloss", "hint", "record", "record_gloss", "later", "later_gloss")


def entries_of(found: Programme) -> Entries:
    """The programme as entries, in its order."""
    made: Entries = {("programme", ""): _plain(found, HEAD)}
    for action in found.actions:
        made["action", str(action.number)] = _action(action)
        for thread in action.threads:
            made["thread", thread.number] = _work(thread)
        for measure in action.measures:
            made.update(measure_entries(action.number, measure))
    for work in found.beside:
        made["beside", work.number] = {**_work(work), "where": work.where}
    return made


def measure_entries(action: int, measure: PlannedMeasure) -> Entries:
    """A measure with its targets and tasks."""
    made: Entries = {
        ("measure", measure.number): {
            "action": action, "thread": measure.thread, "name": measure.name, "gloss": measure.gloss,
            "lowest": measure.lowest,
        }
    }  # fmt: skip
    for n, target in enumerate(measure.targets, 1):
        made["target", f"{measure.number}/{n}"] = target_entry(measure.number, target)
    for task in measure.tasks:
        made["task", task.number] = task_entry(measure.number, task)
    return made


def target_entry(measure: str, target: PlannedTarget) -> dict[str, Any]:
    """A target as plain data."""
    return {
        "measure": measure, "indicator": target.counted.code, "split": target.counted.split,
        "value": number_text(target.value), "at": target.at, "by": target.by.isoformat(), "rule": target.rule,
        "level": target.level, "hand": {name: number_text(value) for name, value in sorted(target.hand.items())},
    }  # fmt: skip


def task_entry(measure: str, task: PlannedTask) -> dict[str, Any]:
    """A task as plain data."""
    return {
        "measure": measure, "name": task.name, "gloss": task.gloss, "lead": list(task.lead),
        "responsible": list(task.responsible), "supporting": list(task.supporting), "leader": task.leader,
        "begins": task.begins.isoformat() if task.begins else "", "due": task.due.isoformat() if task.due else "",
        "due_text": task.due_text, "criterion": plain(task.criterion), "after": list(task.after),
        "cells": dict(task.cells),
    }  # fmt: skip


def plain(value: Any) -> Any:
    """Numbers as text, so that they come back from JSON as they went in."""
    if isinstance(value, Mapping):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    return number_text(Decimal(value)) if isinstance(value, (int, Decimal)) else str(value)


def number_text(value: Decimal) -> str:
    """60, 0.45: without trailing zeros, never in powers."""
    text = format(value.normalize(), "f")
    return text if text != "-0" else "0"


@dataclass(frozen=True)
class Difference:
    """One entry that would change. ``kind``: action, task …; ``before``/``after``: its fields, None where it is not."""

    kind: str
    key: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None

    @property
    def change(self) -> str:
        """new, ended or altered."""
        return "new" if self.before is None else "ended" if self.after is None else "altered"

    @property
    def name(self) -> str:
        """What it is called now, or was."""
        return str((self.after or self.before or {}).get("name", ""))

    @property
    def altered(self) -> list[tuple[str, Any, Any]]:
        """(field, before, after) of what differs."""
        before, after = self.before or {}, self.after or {}
        return [
            (key, before.get(key), after.get(key)) for key in {**before, **after} if before.get(key) != after.get(key)
        ]


def differences(now: Entries, then: Entries) -> list[Difference]:
    """What applying ``then`` to ``now`` would change, in the order of ``then``, what ends last."""
    found = [
        Difference(kind, key, now.get((kind, key)), after)
        for (kind, key), after in then.items()
        if now.get((kind, key)) != after
    ]
    return found + [
        Difference(kind, key, before, None) for (kind, key), before in now.items() if (kind, key) not in then
    ]


def frame_data(found: Programme) -> dict[str, Any]:
    """The declared frame (head, actions, threads, work beside) as tables that ``reading.read_frame`` reads."""
    head = {"code": found.code, **{key: value for key, value in _plain(found, HEAD).items() if value}}
    data: dict[str, Any] = {"programme": head, "action": [], "where": {}, "beside": []}
    for action in found.actions:
        row = {"number": action.number, **{key: value for key, value in _action(action).items() if value}}
        row["thread"] = [_work_row(thread) for thread in action.threads]
        data["action"].append(row)
    for work in found.beside:
        data["where"][work.where] = {"name": work.where_name, "gloss": work.where_gloss}
        data["beside"].append({**_work_row(work), "where": work.where})
    return data


def planned_measure(
    key: str, entry: Mapping[str, Any], targets: list[PlannedTarget], tasks: list[PlannedTask]
) -> PlannedMeasure:
    """A measure from its entry."""
    return PlannedMeasure(
        key, entry["name"], entry["gloss"], entry["thread"], entry["lowest"], tuple(targets), tuple(tasks)
    )


def planned_target(entry: Mapping[str, Any]) -> PlannedTarget:
    """A target from its entry."""
    return PlannedTarget(
        Counted(entry["indicator"], entry["split"]), Decimal(entry["value"]), date.fromisoformat(entry["by"]),
        entry["at"], entry["rule"], entry["level"], {name: Decimal(v) for name, v in entry["hand"].items()},
    )  # fmt: skip


def planned_task(key: str, entry: Mapping[str, Any]) -> PlannedTask:
    """A task from its entry."""
    days: dict[str, Any] = {
        name: date.fromisoformat(entry[name]) if entry[name] else None for name in ("begins", "due")
    }
    lists: dict[str, Any] = {name: tuple(entry[name]) for name in ("lead", "responsible", "supporting", "after")}
    same = {name: entry[name] for name in ("name", "gloss", "leader", "due_text", "criterion", "cells")}
    return PlannedTask(number=key, **same, **days, **lists)


def _plain(found: Any, names: tuple[str, ...]) -> dict[str, Any]:
    told = {name: getattr(found, name) for name in names}
    return {name: value.isoformat() if isinstance(value, date) else value or "" for name, value in told.items()}


def _action(action: Action) -> dict[str, Any]:
    headline = _counted(action.headline) if action.headline else ""
    return {**_plain(action, ACTION), "headline": headline}


def _work(work: Work) -> dict[str, Any]:
    return {**_plain(work, WORK), "indicators": [_counted(each) for each in work.indicators]}


def _work_row(work: Work) -> dict[str, Any]:
    told = _work(work)
    return {"number": work.number, **{key: value for key, value in told.items() if value or key == "indicators"}}


def _counted(counted: Counted) -> str:
    return f"{counted.code} {counted.split}".strip()


def toml_text(found: Programme) -> str:
    """The whole programme as a file of ``programmes/``: what was read from one comes back as the same programme."""
    import tomli_w

    data: dict[str, Any] = {key: value for key, value in frame_data(found).items() if value}
    data["programme"] |= {key: getattr(found, key) for key in ("begun", "ends") if getattr(found, key)}
    for action, row in zip(found.actions, data["action"], strict=True):
        row["measure"] = [_measure_table(measure) for measure in action.measures]
    return tomli_w.dumps(_without_nothing(data), multiline_strings=False)


def _measure_table(measure: PlannedMeasure) -> dict[str, Any]:
    names = ("number", "thread", "name", "gloss", "lowest")
    return {
        **{name: getattr(measure, name) for name in names},
        "target": [_target_table(target) for target in measure.targets],
        "task": [_task_table(task) for task in measure.tasks],
    }


def _target_table(target: PlannedTarget) -> dict[str, Any]:
    same = {name: getattr(target, name) for name in ("by", "at", "rule", "level")}
    return {"indicator": _counted(target.counted), "value": target.value, **same, "hand": dict(target.hand)}


def _task_table(task: PlannedTask) -> dict[str, Any]:
    lists = {name: list(getattr(task, name)) for name in ("lead", "responsible", "supporting", "after")}
    same = {name: getattr(task, name) for name in ("number", "name", "gloss", "leader", "begins", "due", "due_text")}
    return {**same, **lists, "criterion": dict(task.criterion), "cells": dict(task.cells)}


def _without_nothing(value: Any) -> Any:
    """Tables without what is empty: None, '' and lists of nothing."""
    if isinstance(value, dict):
        told = {key: _without_nothing(each) for key, each in value.items()}
        kept = ("indicators", "thread")
        return {key: each for key, each in told.items() if each not in (None, "", [], {}) or key in kept}
    return [_without_nothing(each) for each in value] if isinstance(value, list) else value
