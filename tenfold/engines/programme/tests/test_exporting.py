"""任务分解表 out again: untouched it is what came in; altered in the browser and read again, it says what stands."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenfold.engines.programme.content import differences, entries_of
from tenfold.engines.programme.parties import groups, normal
from tenfold.engines.programme.planned import PlannedMeasure, PlannedTask
from tenfold.engines.programme.tables.exporting import in_its_layout, usual
from tenfold.engines.programme.tables.grid import Document
from tenfold.engines.programme.tables.opening import open_table
from tenfold.engines.programme.tables.planning import Head, Planning, plan_of
from tenfold.engines.programme.tables.settled import Settled
from tenfold.engines.programme.tables.understanding import understand
from tenfold.engines.programme.tables.writing import word, workbook
from tenfold.engines.programme.words import Programme

from .test_tables import FLAT, MERGED, WORD

HEAD = Head("990000-2024", "清渠市五项行动", "2024", date(2024, 1, 1), date(2024, 12, 31))
KINDS = ("merged", "word", "flat", "usual")
UNITS = ("基教科", "人事科", "各县市区", "市直学校", "督导室", "各县、市、区")


def known(name: str) -> bool:
    return any(normal(name) in group.words for group in groups()[0])


def plan(document: Document, standing: Programme | None = None, ever: frozenset[str] = frozenset()) -> Planning:
    """The programme of a document, what it does not name ended."""
    read = understand(document, 2024, known, time=lambda _year: (HEAD.begun, HEAD.ends))
    return plan_of(read, standing, HEAD, lambda _units: "county", ends_rest=True, ever=ever)


@cache
def source(kind: str) -> tuple[Document, Planning]:
    """A document as an office made it, and its programme; the last in the usual layout."""
    document = open_table({"word": WORD, "flat": FLAT}.get(kind, MERGED).read_bytes())
    found = plan(document)
    if kind == "usual":
        document = usual(found.programme)
        found = plan(document)
    return document, found


def out(document: Document, first: Planning, altered: Programme) -> Document:
    """The table after the programme was altered."""
    read = understand(document, 2024, known, time=lambda _year: (HEAD.begun, HEAD.ends))
    return in_its_layout(altered, read, Settled(), {n: str(row.place) for n, row in first.rows.items()})


@pytest.mark.parametrize("kind", KINDS)
def test_untouched_it_is_what_came_in(kind: str) -> None:
    document, first = source(kind)
    assert out(document, first, first.programme) == document


class Dice:
    """Alters a programme as officers do."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)

    def task(self, task: PlannedTask) -> PlannedTask:
        """A task with a field or two altered."""
        units = self.dice.sample(UNITS, 4)
        later = date(2024, 1, 31) + timedelta(days=self.dice.randrange(300))
        ways: list[dict[str, Any]] = [
            {"name": f"{task.name}并总结"}, {"leader": self.dice.choice(("林书宁", "周知远、唐景行", ""))},
            {"due": later, "due_text": ""}, {"due": None, "due_text": "长期坚持"}, {"due": later, "due_text": "暑假前"},
            {"begins": date(2024, 1, 8), "due": later, "due_text": ""},
            {"lead": (units[0],), "responsible": (units[1],), "supporting": (units[2], units[3])},
            {"lead": (), "responsible": (units[1], units[2]), "supporting": ()},
            {"responsible": (units[0],), "supporting": (units[3],)},
        ]  # fmt: skip
        for way in self.dice.sample(ways, self.dice.choice((1, 2))):
            task = replace(task, **way)
        if task.begins and task.due and task.due < task.begins:
            task = replace(task, begins=None)
        told = {*task.lead}
        responsible = tuple(u for u in task.responsible if u not in told)
        told |= {*responsible}
        return replace(task, responsible=responsible, supporting=tuple(u for u in task.supporting if u not in told))

    def measure(self, measure: PlannedMeasure) -> PlannedMeasure:
        """A measure with tasks altered, ended, added."""
        tasks = [self.task(t) if self.dice.random() < 0.4 else t for t in measure.tasks if self.dice.random() > 0.15]
        if self.dice.random() < 0.4:
            number = f"{measure.number}.{len(measure.tasks) + 1}"
            fresh = PlannedTask(number, f"新增任务之{number}", responsible=("基教科",), due=date(2024, 11, 30))
            tasks.append(self.task(fresh) if self.dice.random() < 0.5 else fresh)
        return replace(measure, tasks=tuple(tasks))

    def programme(self, found: Programme) -> Programme:
        """A programme altered; sometimes with a measure more."""
        actions = []
        for action in found.actions:
            measures = [_led(self.measure(m), action.lead) for m in action.measures]
            if self.dice.random() < 0.2:
                number = f"{action.number}.{len(measures) + 1}"
                fresh = PlannedTask(f"{number}.1", "另起一项工作", lead=("督导室",), due=date(2024, 10, 31))
                measures.append(PlannedMeasure(number, f"新增举措{action.number}", tasks=(fresh,)))
            actions.append(replace(action, measures=tuple(measures)))
        return replace(found, actions=tuple(actions))


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(KINDS), st.integers(0, 10**6))
def test_altered_and_read_again_it_says_what_stands(kind: str, seed: int) -> None:
    document, first = source(kind)
    altered = Dice(seed).programme(first.programme)
    sent = out(document, first, altered)
    for write in (workbook, word):
        back = plan(open_table(BytesIO(write(sent))), altered)
        seen = [d for d in differences(entries_of(altered), entries_of(back.programme)) if _matters(d, altered)]
        assert not seen, [(d.kind, d.key, d.altered) for d in seen[:3]]


def _led(measure: PlannedMeasure, lead: str) -> PlannedMeasure:
    """Where the heading of an action names who leads it, no task below is without one."""
    led = [replace(t, lead=t.lead or (lead,)) if lead and lead not in t.units else t for t in measure.tasks]
    return replace(measure, tasks=tuple(led))


def _matters(difference: Any, altered: Programme) -> bool:
    """What a table cannot say: its own cells as they were, and measures in which no task is left."""
    if difference.change == "altered":
        return any(name != "cells" for name, _before, _after in difference.altered)
    empty = {m.number for a in altered.actions for m in a.measures if not m.tasks}
    return not (difference.kind == "measure" and difference.key in empty)
