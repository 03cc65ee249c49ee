"""What becomes of tasks when the tree of organisations changes in mid-year: who is closed owes no more."""

from __future__ import annotations

from tenfold.foundation.acts import note, service
from tenfold.foundation.calendar import today

from ..models import Assignment, Programme, Task
from ..models.tasks import Origin
from ..parties import Directory
from ..queries import standing
from ..rights import KEEP_PROGRAMME
from .plan import owing_of

__all__ = ["follow_tree"]


@service(right=KEEP_PROGRAMME)
def follow_tree(row: Programme) -> int:
    """End the parts of organisations that were closed; of the same tasks, let those begin that the words mean by now
    (各县市区 after a county was dissolved and another opened). Returns how many ended.
    """
    gone = list(
        Assignment.objects.filter(task__programme=row, until=None, organisation__closed_on__lte=today()).select_related(
            "organisation", "task"
        )
    )
    for each in gone:
        each.until = max(each.since, each.organisation.closed_on or today())
        each.save()
    entries, directory = standing.entries(row), Directory(row.organisation)
    tasks = {each.task for each in gone if each.task.origin == Origin.PROGRAMME and each.task.ended_on is None}
    made = [part for task in sorted(tasks, key=lambda t: t.pk) for part in _newly(task, entries, directory)]
    Assignment.objects.bulk_create(made)
    note(subject=f"programme:{row.code}", place=row.organisation.path, count=len(gone))
    return len(gone)


def _newly(task: Task, entries: standing.Entries, directory: Directory) -> list[Assignment]:
    """Parts of organisations that never held the task."""
    held = set(Assignment.objects.filter(task=task).values_list("organisation", flat=True))
    wanted = owing_of(task.number, entries, directory)
    return [
        Assignment(task=task, organisation_id=pk, part=part, since=today())
        for pk, part in wanted.items()
        if pk not in held
    ]


def follow_trees() -> None:
    """The same for the programmes in force in which somebody who is closed still owes something."""
    late = Assignment.objects.filter(
        until=None, organisation__closed_on__lte=today(), task__programme__in_force=True
    ).values_list("task__programme", flat=True)
    for row in Programme.objects.filter(pk__in=set(late)).select_related("organisation"):
        follow_tree(row)
