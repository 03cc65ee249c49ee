"""任务分解 as the page shows it: the programme of a day, each task with its light at a place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from tenfold.foundation.calendar import today
from tenfold.foundation.declare import house
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.ui.words import listed

from .. import telling, words
from ..content import number_text
from ..models import Level, Programme
from ..planned import PlannedMeasure, PlannedTarget, PlannedTask
from ..tables.numerals import spelled
from . import rail, standing
from .aims import stage_of
from .lights import lights
from .tallies import TaskAt, at_place, by_task


@dataclass(frozen=True)
class AimRow:
    """A target in words."""

    title: str
    stage: str
    wanted: str
    least: bool
    by: str
    down_to: str


@dataclass(frozen=True)
class TaskRow:
    """A task in words, with its light at the place ('' where it has no part there)."""

    number: str
    title: str
    lead: str
    responsible: str
    supporting: str
    leader: str
    by: str
    told: str
    after: str
    state: str
    reason: str


@dataclass(frozen=True)
class MeasureRow:
    """举措."""

    number: str
    name: str
    lowest: str
    aims: tuple[AimRow, ...]
    tasks: tuple[TaskRow, ...]


@dataclass(frozen=True)
class PlanPage:
    """The whole: (action, numeral, address, measures) in order, and the work beside."""

    programme: words.Programme
    day: date
    past: bool
    actions: tuple[tuple[words.Action, str, str, tuple[MeasureRow, ...]], ...]

    @property
    def measures(self) -> int:
        """How many measures."""
        return sum(len(measures) for _a, _n, _u, measures in self.actions)

    @property
    def aims(self) -> int:
        """How many targets."""
        return sum(len(each.aims) for _a, _n, _u, measures in self.actions for each in measures)

    @property
    def tasks(self) -> int:
        """How many tasks."""
        return sum(len(each.tasks) for _a, _n, _u, measures in self.actions for each in measures)


def plan_page(row: Programme, place: Organisation, on: date | None = None) -> PlanPage:
    """The programme as it stands, or stood on a day."""
    day = on or today()
    found = standing.planned(row, on)
    here = {each.number: each for each in by_task(at_place(lights(row, on), place.path))}
    actions = tuple(
        (a, spelled(a.number), rail.address(a), tuple(_measure(m, here, day) for m in a.measures))
        for a in found.actions
    )
    return PlanPage(found, day, on is not None, actions)


def _measure(measure: PlannedMeasure, here: Mapping[str, TaskAt], day: date) -> MeasureRow:
    return MeasureRow(
        measure.number,
        words.chosen(measure.name, measure.gloss or measure.name),
        str(Level(measure.lowest).label),
        tuple(_aim(each, day) for each in measure.targets),
        tuple(_task(each, here.get(each.number), day) for each in measure.tasks),
    )


def _aim(target: PlannedTarget, day: date) -> AimRow:
    indicator = house().indicators.get(target.counted.code)
    title, unit = (
        (str(indicator.title), str(indicator.unit))
        if indicator
        else (_("%s (no longer counted)") % target.counted.code, "")
    )
    return AimRow(
        title,
        stage_of(target.counted.split),
        f"{number_text(target.value)}{unit}",
        target.at == "least",
        telling.due(target.by, "", day),
        str(Level(target.level).label),
    )


def _task(task: PlannedTask, here: TaskAt | None, day: date) -> TaskRow:
    return TaskRow(
        number=task.number,
        title=task.title,
        lead=listed(task.lead),
        responsible=listed(task.responsible),
        supporting=listed(task.supporting),
        leader=task.leader,
        by=telling.due(task.due, task.due_text, day),
        told=telling.criterion(task.criterion),
        after=listed(task.after),
        state=here.state if here else "",
        reason=telling.reason(here.worst, day) if here else "",
    )
