"""月调度 and 季通报: a period is announced, heard, frozen; what was shown then never changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from tenfold.foundation.acts import note, service
from tenfold.foundation.calendar import Period, now, today, working_days_before
from tenfold.foundation.people.queries import own_name
from tenfold.foundation.scope import require

from .. import telling
from ..models import Assignment, Explanation, FrozenLight, FrozenPeriod, Programme
from ..queries import lights
from ..queries.lights import Lit
from ..queries.periods import may_explain
from ..rights import HANDLE_TASKS
from ..rules import rules
from . import informing

KINDS = ("month", "quarter")


class PeriodFault(ValueError):
    """What cannot be done with a period, in words."""


def closes_on(period: Period) -> date:
    """The day on whose evening a period is frozen."""
    if period.kind == "month" and rules().month_closes:
        return min(period.end, period.start.replace(day=min(28, rules().month_closes)))
    return period.end


def due_periods(programme: Programme, on: date) -> Iterator[Period]:
    """The months and quarters of a programme whose hearing has begun by a day, the oldest first."""
    for kind in KINDS:
        period = Period.of(programme.begun, kind)
        while period.start <= min(on, programme.ends):
            closes = closes_on(period)
            if closes >= programme.begun and working_days_before(closes, rules().hearing) <= on:
                yield period
            period = period.next()


@service(right=None)
def announce(programme: Programme, period: Period) -> FrozenPeriod:
    """Open the hearing of a period: from now on units see their own lights of it and may explain them."""
    closes = closes_on(period)
    row = FrozenPeriod.objects.create(
        programme=programme, period=period.code, freezes_on=closes,
        hearing_from=working_days_before(closes, rules().hearing),
    )  # fmt: skip
    informing.of_hearing(row)
    note(subject=f"programme:{programme.code}@{period.code}", place=programme.organisation.path)
    return row


@service(right=None)
def freeze(row: FrozenPeriod) -> int:
    """Keep every light of a period as it stood on the evening on which it closes; returns how many.

    Raises :class:`PeriodFault` before that evening, and for a period that is frozen already.
    """
    if row.frozen_on is not None:
        raise PeriodFault(_("This period is frozen already."))
    if today() <= row.freezes_on:
        raise PeriodFault(_("This period is frozen after its last day."))
    found = lights(row.programme, row.freezes_on)
    FrozenLight.objects.bulk_create(
        (
            FrozenLight(
                frozen=row, assignment_id=each.assignment, organisation_id=each.organisation, light=each.state,
                told=told_of(each, row.freezes_on),
            )
            for each in found
        ),
        batch_size=500,
    )  # fmt: skip
    row.frozen_on, row.frozen_at = row.freezes_on, now()
    row.save()
    note(
        subject=f"programme:{row.programme.code}@{row.period}", place=row.programme.organisation.path, count=len(found)
    )
    return len(found)


def told_of(each: Lit, on: date) -> dict[str, str]:
    """What a page says of a light on a day, as plain data."""
    who = {"number": each.number, "title": each.title, "name": each.name, "part": each.part}
    with translation.override("zh-hans"):
        return {**who, **telling.plain(each, on)}


@service(right=HANDLE_TASKS)
def explain(row: FrozenPeriod, assignment: Assignment, text: str) -> Explanation:
    """Say why a light of one's own unit stands as it does. The light does not change; the words stand beside it.

    Until the period is frozen they may be put better. Raises :class:`PeriodFault` before the hearing and after it.
    """
    if not may_explain(assignment):
        raise PeriodFault(_("Only the unit itself explains its light."))
    if row.frozen_on is not None or today() > row.freezes_on:
        raise PeriodFault(_("This period is frozen; nothing can be added."))
    if today() < row.hearing_from:
        raise PeriodFault(_("The hearing of this period has not begun."))
    words = " ".join(text.split())
    if not words:
        raise PeriodFault(_("Say in a few words why."))
    if len(words) > 500:
        raise PeriodFault(_("At most 500 characters."))
    told, _made = Explanation.objects.update_or_create(
        frozen=row, assignment=assignment,
        defaults={
            "organisation": assignment.organisation, "text": words, "who": require().person, "who_name": own_name(),
            "on": today(),
        },
    )  # fmt: skip
    note(subject=f"task:{assignment.task.number}@{row.period}", place=assignment.organisation.path, why=words)
    return told


def keep_periods(run: object = None) -> None:
    """Announce and freeze what is due, of every programme in force: the house's own work, repeated by a job."""
    for programme in Programme.objects.filter(in_force=True).select_related("organisation"):
        held = {row.period: row for row in FrozenPeriod.objects.filter(programme=programme)}
        for period in due_periods(programme, today()):
            row = held.get(period.code) or announce(programme, period)
            if row.frozen_on is None and today() > row.freezes_on:
                freeze(row)
