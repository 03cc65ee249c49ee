"""工作交接: the tasks that a person handles, as what passes to her successor."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import Handover, Held
from tenfold.foundation.ui import words

from .queries import handling
from .services.handing import hand_tasks


def held_tasks(person: int) -> Iterator[Held]:
    """The running tasks that she handles, the earliest due first."""
    for row in sorted(handling.handled(person), key=lambda each: str(each.due or each.task.due or "9999")):
        due = row.due or row.task.due
        when = words.day(due, True) if due else row.task.due_text
        note = "，".join(part for part in (row.organisation.name, str(row.get_part_display()), when) if part)
        yield Held(str(row.pk), f"{row.task.number} {row.task.name}", note, reverse("programme:task", args=[row.pk]))


TASKS = Handover("programme.tasks", _("Tasks in hand"), ("programme.Assignment.person",), held_tasks, hand_tasks)
