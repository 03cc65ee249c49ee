"""会议落实 as pages read it: meetings, what they decided, and what became of it, within the scope."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from ..models import Assignment, Meeting, Part, Programme, Task
from .lights import Lit, lights


@dataclass(frozen=True)
class Decided:
    """One decision with its lights. ``supporting``: names of the units that only support."""

    task: Task
    lights: tuple[Lit, ...]
    supporting: tuple[str, ...] = ()


def meetings(programme: Programme) -> list[tuple[Meeting, list[Lit]]]:
    """The meetings, the newest first, each with the lights of its decisions that lie within the scope."""
    found: dict[int, list[Lit]] = defaultdict(list)
    owner = dict(Task.objects.filter(programme=programme).exclude(meeting=None).values_list("pk", "meeting"))
    for each in lights(programme):
        if each.task in owner:
            found[owner[each.task]].append(each)
    rows = Meeting.objects.filter(programme=programme).select_related("organisation")
    return [(row, found[row.pk]) for row in rows]


def meeting(pk: int) -> Meeting | None:
    """One meeting; None where there is none."""
    return Meeting.objects.filter(pk=pk).select_related("programme__organisation", "organisation").first()


def decided(row: Meeting) -> list[Decided]:
    """What a meeting decided, as far as it lies within the scope, in its order."""
    by_task: dict[int, list[Lit]] = defaultdict(list)
    for each in lights(row.programme):
        by_task[each.task].append(each)
    helping: dict[int, list[str]] = defaultdict(list)
    parts = Assignment.objects.filter(task__meeting=row, part=Part.SUPPORTING, until=None)
    for task, name in parts.values_list("task", "organisation__name"):
        helping[task].append(name)
    tasks = Task.objects.filter(meeting=row, ended_on=None)
    return [Decided(task, tuple(by_task[task.pk]), tuple(helping[task.pk])) for task in tasks]
