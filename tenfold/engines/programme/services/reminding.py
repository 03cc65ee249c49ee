"""催办 by itself: 15, 5 and 1 days before its day, and every week after it, as the rules say. No light reads it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.utils import translation

from tenfold.foundation.acts import note, service
from tenfold.foundation.calendar import today

from .. import telling
from ..models import Assignment, Programme, Step, StepKind
from ..queries import handling, lights
from ..queries.lights import Lit
from ..rules import LightRules, rules
from .handling import add_step

CHUNK = 50
"""So many reminders a transaction: nobody waits long for the store."""


def remind_due() -> int:
    """Remind the units of what falls due; how many. Once a stage, however often it runs or was kept from running."""
    made = 0
    for programme in Programme.objects.filter(in_force=True).select_related("organisation"):
        owed = [(lit, since) for lit in lights(programme) if (since := stage(lit, today(), rules()))]
        open_ = _not_reminded(owed)
        for start in range(0, len(open_), CHUNK):
            made += _remind(open_[start : start + CHUNK])
    return made


def stage(lit: Lit, on: date, held: LightRules) -> date | None:
    """The day on which the stage began in which a task is to be reminded of; None where it is not."""
    if lit.state == "done" or lit.answer.reached or lit.due is None or on < lit.begins:
        return None
    left = (lit.due - on).days
    if left < 0:
        return lit.due + timedelta(days=1 + (-left - 1) // held.remind_late * held.remind_late)
    nearest = min((days for days in held.remind_before if left <= days), default=None)
    return None if nearest is None else lit.due - timedelta(days=nearest)


def _not_reminded(owed: Sequence[tuple[Lit, date]]) -> list[Lit]:
    """Those of which nobody was reminded in their stage, and which were not concluded."""
    courses = handling.courses(lit.assignment for lit, _since in owed)
    told = dict(
        Step.objects.filter(assignment__in=[lit.assignment for lit, _since in owed], kind=StepKind.REMINDED)
        .order_by("pk")
        .values_list("assignment", "on")
    )
    return [
        lit
        for lit, since in owed
        if not courses[lit.assignment].concluded and told.get(lit.assignment, date.min) < since
    ]


@service(right=None)
def _remind(some: Iterable[Lit]) -> int:
    found = {each.assignment: each for each in some}
    rows = Assignment.objects.filter(pk__in=found, until=None)
    for row in rows.select_related("organisation", "task__programme__organisation", "task__organisation"):
        with translation.override("zh-hans"):
            add_step(row, StepKind.REMINDED, telling.reason(found[row.pk]))
    note(subject="programme:reminders", count=len(found))
    return len(found)
