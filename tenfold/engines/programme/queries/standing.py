"""The programme as it stands in the store: its frame, its entries, today's and those of a past day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from tenfold.foundation.declare import house
from tenfold.foundation.scope import once

from .. import words
from ..content import Entries, entries_of, number_text, planned_measure, planned_target, planned_task
from ..models import Change, Measure, Programme, Target, Task
from ..models.tasks import Origin
from ..reading import ProgrammeFault, check, line_of_entry, read, read_frame


def in_force() -> Programme | None:
    """The programme in force, None in a house where none was loaded yet."""
    return once("programme.in_force", _in_force)


def _in_force() -> Programme | None:
    return Programme.objects.filter(in_force=True).select_related("organisation").first()


def programme(row: Programme | None = None) -> words.Programme:
    """The frame of the programme in force (or of ``row``); before one is loaded, the file that the settings name.

    Raises :class:`ProgrammeFault`, which names file and line, also where it names a room or an indicator
    that nobody declares.
    """
    row = row or in_force()
    return from_file() if row is None else _framed(row)


def from_file(name: str = "") -> words.Programme:
    """A programme of the folder of programmes, with measures and tasks; raises :class:`ProgrammeFault`."""
    name = f"{name or settings.TENFOLD['PROGRAMME']}.toml"
    path = Path(settings.TENFOLD["PROGRAMMES"]) / name
    try:
        stamp = path.stat()
    except FileNotFoundError as fault:
        raise ProgrammeFault(name, 1, _("there is no such file in the folder of programmes")) from fault
    found, text = _read(path, stamp.st_mtime_ns, stamp.st_size)
    check(name, text, found, house().rooms, house().indicators)
    return found


def place_in_file(name: str, key: str) -> str:
    """File and line of a measure, a target or a task, '' where the file has none so called."""
    name = f"{name or settings.TENFOLD['PROGRAMME']}.toml"
    path = Path(settings.TENFOLD["PROGRAMMES"]) / name
    stamp = path.stat()
    found, text = _read(path, stamp.st_mtime_ns, stamp.st_size)
    line = line_of_entry(text, found, key)
    return _("%(file)s, line %(line)d: %(text)s") % {"file": name, "line": line, "text": ""} if line > 1 else ""


@lru_cache(maxsize=4)
def _read(path: Path, changed: int, size: int) -> tuple[words.Programme, str]:
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError as fault:
        raise ProgrammeFault(path.name, 1, _("the file is not written in UTF-8")) from fault
    return read(path.name, text), text


_frames: dict[tuple[int, int, str], words.Programme] = {}


def _framed(row: Programme) -> words.Programme:
    """The frame of a row, read once a version."""
    key = (row.pk, row.version, row.digest)
    if key not in _frames:
        _frames.clear()
        _frames[key] = _counted(read_frame(row.code, row.frame))
    return _frames[key]


def _counted(found: words.Programme) -> words.Programme:
    """A frame without indicators that are no longer counted: their threads have none until others are named."""
    known = house().indicators
    actions = tuple(
        replace(
            a, headline=a.headline if a.headline and a.headline.code in known else None,
            threads=tuple(replace(t, indicators=tuple(c for c in t.indicators if c.code in known)) for t in a.threads),
        )
        for a in found.actions
    )  # fmt: skip
    beside = tuple(replace(w, indicators=tuple(c for c in w.indicators if c.code in known)) for w in found.beside)
    return replace(found, actions=actions, beside=beside)


def entries(row: Programme, day: date | None = None) -> Entries:
    """What stands of a programme: today, or as it stood at the end of a past day (later changes walked back)."""
    found = _today(row)
    for key, before in changed_since(row, day).items() if day else ():
        if before is None:
            found.pop(key, None)
        else:
            found[key] = before
    return found


def changed_since(row: Programme, day: date) -> dict[tuple[str, str], dict[str, Any] | None]:
    """The entries that were changed after a day, each as it stood then; None where it did not stand yet."""
    changes = Change.objects.filter(programme=row, on__gt=day).order_by("-pk")
    return {(change.kind, change.key): change.before for change in changes}


def _today(row: Programme) -> Entries:
    found = entries_of(programme(row))
    measures = list(Measure.objects.filter(programme=row, ended_on=None))
    targets = list(Target.objects.filter(measure__programme=row, ended_on=None).select_related("measure"))
    tasks = list(Task.objects.filter(programme=row, ended_on=None, origin=Origin.PROGRAMME).select_related("measure"))
    for measure in measures:
        found["measure", measure.number] = measure_entry(measure)
        for target in targets:
            if target.measure_id == measure.pk:
                found["target", target.number] = target_entry(target)
        for task in tasks:
            if task.measure_id == measure.pk:
                found["task", task.number] = task_entry(task)
    return found


def measure_entry(measure: Measure) -> dict[str, Any]:
    """A measure as an entry."""
    return {
        "action": measure.action, "thread": measure.thread, "name": measure.name, "gloss": measure.gloss,
        "lowest": measure.lowest,
    }  # fmt: skip


def target_entry(target: Target) -> dict[str, Any]:
    """A target as an entry."""
    return {
        "measure": target.measure.number, "indicator": target.indicator, "split": target.split,
        "value": number_text(Decimal(target.value)), "at": target.at, "by": target.by.isoformat(), "rule": target.rule,
        "level": target.level, "hand": dict(sorted(target.hand.items())),
    }  # fmt: skip


def task_entry(task: Task) -> dict[str, Any]:
    """A task as an entry."""
    return {
        "measure": task.measure.number if task.measure else "", "name": task.name, "gloss": task.gloss,
        "lead": task.parties.get("lead", []), "responsible": task.parties.get("responsible", []),
        "supporting": task.parties.get("supporting", []), "leader": task.leader,
        "begins": _day(task.own_begins), "due": _day(task.due),
        "due_text": task.due_text, "criterion": task.criterion, "after": task.after, "cells": task.cells,
    }  # fmt: skip


def planned(row: Programme, day: date | None = None) -> words.Programme:
    """The programme with its measures, targets and tasks, as a file would say it."""
    found, frame = entries(row, day), programme(row)
    measures: dict[int, list[Any]] = {}
    for (kind, key), entry in found.items():
        if kind != "measure":
            continue
        targets = [planned_target(e) for (k, _n), e in found.items() if k == "target" and e["measure"] == key]
        tasks = [planned_task(n, e) for (k, n), e in found.items() if k == "task" and e["measure"] == key]
        measures.setdefault(entry["action"], []).append(planned_measure(key, entry, targets, tasks))
    actions = tuple(replace(a, measures=tuple(measures.get(a.number, ()))) for a in frame.actions)
    return replace(frame, actions=actions)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
