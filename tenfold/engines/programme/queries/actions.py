"""What the programme adds to the page of an action at a place: measures with their targets and tasks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tenfold.foundation.calendar import today
from tenfold.foundation.organisations.models import SCHOOLS, Organisation

from .. import telling
from ..models import Measure, Programme, Task
from .aims import Aim, aims
from .cockpit import LateLine, late_lines, places_below
from .lights import Lit, lights
from .tallies import Tally, TaskAt, at_place, by_task, owed_first, page_of, units

NAMED = 8
"""So many units of one state are each named, and open their part."""


@dataclass(frozen=True)
class UnitLine:
    """A unit's part in a task with its light and why, or several units' of one state.

    ``named``: (name, address) of each where they are few; else they are told as one, ``state`` opening their list.
    """

    whose: str
    state: str
    reason: str
    named: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class TaskLine:
    """A task: its day, what decides it, how its parts stand at the place ('' state where it has none there)."""

    number: str
    title: str
    by: str
    told: str
    state: str
    tally: Tally
    units: tuple[UnitLine, ...]


@dataclass(frozen=True)
class MeasureLine:
    """举措 with its targets and tasks."""

    number: str
    name: str
    aims: tuple[Aim, ...]
    tasks: tuple[TaskLine, ...]


@dataclass(frozen=True)
class ActionPart:
    """An action at a place on a day. ``whole``: it is the programme's own place."""

    place: Organisation
    whole: bool
    day: date
    past: bool
    tally: Tally
    late: tuple[LateLine, ...]
    measures: tuple[MeasureLine, ...]
    aims: tuple[Aim, ...]


def action_part(row: Programme, number: int, place: Organisation, on: date | None = None) -> ActionPart:
    """Measures, targets and tasks of an action, with the lights within the scope."""
    day = on or today()
    found = [each for each in at_place(lights(row, on), place.path) if each.action == number]
    below = places_below(place)
    names = {path: each.name for path, each in below.items()}
    tasks = {each.task: each for each in by_task(found)}
    mine = [each for each in aims(row, place, on) if each.action == number]
    measures = Measure.objects.filter(programme=row, action=number, ended_on=None)
    rows = Task.objects.filter(programme=row, action=number, ended_on=None).select_related("measure")
    by_measure: dict[int | None, list[Task]] = {}
    for each in rows:
        by_measure.setdefault(each.measure_id, []).append(each)
    lines = [
        MeasureLine(
            measure.number,
            measure.name,
            tuple(a for a in mine if a.measure == measure.number),
            tuple(_task(t, tasks.get(t.pk), names, day) for t in by_measure.get(measure.pk, ())),
        )
        for measure in measures
    ]
    if None in by_measure:
        lines.append(MeasureLine("", "", (), tuple(_task(t, tasks.get(t.pk), names, day) for t in by_measure[None])))
    tally = Tally.of(tasks.values())
    return ActionPart(
        place,
        place.pk == row.organisation_id,
        day,
        on is not None,
        tally,
        tuple(late_lines(found, below, day)),
        tuple(lines),
        tuple(mine),
    )


def _task(task: Task, here: TaskAt | None, names: Mapping[str, str], day: date) -> TaskLine:
    return TaskLine(
        number=task.number,
        title=task.name,
        by=telling.due(task.due, task.due_text, day),
        told=telling.criterion(task.criterion),
        state=here.state if here else "",
        tally=_parts(here.parts) if here else Tally(),
        units=tuple(_units(here.parts, names, day)) if here else (),
    )


def _parts(parts: Iterable[Lit]) -> Tally:
    return Tally(**telling.counted(parts))


def _units(parts: Sequence[Lit], names: Mapping[str, str], day: date) -> Iterable[UnitLine]:
    """Each unit that does not run well in a line of its own, schools by place; what runs or is done in one."""
    groups: dict[tuple[str, str], list[Lit]] = {}
    for each in sorted(parts, key=owed_first):
        well = each.state in ("on_track", "done")
        place = next((path for path in names if each.path.startswith(path) and each.path != path), "")
        key = "" if well else place if each.kind in SCHOOLS and names else each.path
        groups.setdefault((each.state, key), []).append(each)
    for (state, _key), group in groups.items():
        alone = len(group) == 1 or state not in ("on_track", "done")
        reason = telling.reason(group[0], day) if alone else telling.by(group[0], day) if state == "on_track" else ""
        few = tuple((each.name, page_of(each)) for each in group) if len(group) <= NAMED else ()
        yield UnitLine(units(group, names), state, reason, few)
