"""What waits for whom in the handling, without a look at lights: for the desk, at one query a side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from tenfold.foundation.calendar import today
from tenfold.foundation.organisations.models import STEP, Kind, under
from tenfold.foundation.scope import AccessContext, once

from ..models import Assignment, Material, MaterialState, Part, Step, StepKind
from ..rules import rules


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: of which assignment, what (accept, submit, mend, confirm, review, decide, step_in)."""

    what: str
    assignment: int
    name: str
    unit: str
    due: date | None


def to_handle(context: AccessContext) -> list[Waiting]:
    """What the own unit (a bureau: its offices too) is to accept, and the Material it is to hand in soon."""
    if context.organisation is None or not context.places:
        return []
    return once(("programme.to_handle", context.organisation), lambda: _to_handle(context))


def _to_handle(context: AccessContext) -> list[Waiting]:
    latest = Material.objects.filter(assignment=OuterRef("pk")).order_by("-pk").values("state")[:1]
    accepted, day = Exists(_steps(StepKind.ACCEPTED)), Coalesce("due", "task__due")
    offices = Q(organisation__kind=Kind.OFFICE) & under(context.places[0], "organisation__path")
    rows = (
        _running()
        .filter(Q(organisation=context.organisation) | offices)
        .annotate(accepted=accepted, material=Subquery(latest), day=day)
        .values_list(
            "pk", "task__name", "organisation__name", "organisation__path", "day", "accepted", "material", "part",
            "task__criterion",
        )
        .order_by("day", "pk")
    )  # fmt: skip
    soon = today() + timedelta(days=max(rules().remind_before))
    found = []
    for pk, name, unit, path, due, taken, material, part, criterion in rows:
        if len(path) > len(context.places[0]) + STEP:
            continue
        submits = criterion.get("code", "programme.material") == "programme.material" and part != Part.SUPPORTING
        if not taken:
            found.append(Waiting("accept", pk, name, unit, None))
        elif submits and material == MaterialState.RETURNED:
            found.append(Waiting("mend", pk, name, unit, due))
        elif submits and material is None and due and due <= soon:
            found.append(Waiting("submit", pk, name, unit, due))
    return found


def to_supervise(context: AccessContext) -> list[Waiting]:
    """What waits for the own office: Material to confirm, answers to review, extensions to decide, what was passed up.

    A county has its schools, the city its counties, offices and own schools: nobody has the same twice.
    """
    if context.organisation is None or not context.places:
        return []
    key = ("programme.to_supervise", context.organisation)
    return once(key, lambda: _to_supervise(context))


def _to_supervise(context: AccessContext) -> list[Waiting]:
    rows = (
        _running()
        .filter(_in_charge(context))
        .annotate(
            submitted=Exists(Material.objects.filter(assignment=OuterRef("pk"), state=MaterialState.SUBMITTED)),
            settled=Exists(Material.objects.filter(assignment=OuterRef("pk"), state=MaterialState.CONFIRMED)),
            responded=_last(StepKind.RESPONDED),
            looked=_last(StepKind.REVIEWED, StepKind.RETURNED, StepKind.CONCLUDED),
            asked=_last(StepKind.ASKED),
            decided=_last(StepKind.EXTENDED, StepKind.REFUSED),
            raised=Max("steps__pk", filter=Q(steps__kind=StepKind.ESCALATED, steps__to=context.organisation)),
            taken=_last(StepKind.REVIEWED, StepKind.RETURNED, StepKind.CONCLUDED, StepKind.TRANSFERRED),
        )
        .filter(
            Q(submitted=True)
            | Q(responded__gt=Coalesce(F("looked"), 0), settled=False)
            | Q(asked__gt=Coalesce(F("decided"), 0))
            | Q(raised__gt=Coalesce(F("taken"), 0))
        )
        .values_list(
            "pk", "task__name", "organisation__name", "submitted", "responded", "looked", "asked", "decided", "raised",
            "taken", "settled", "task__organisation", "organisation__path", "task__programme__organisation",
        )
        .order_by("pk")
    )  # fmt: skip
    found = []
    for pk, name, unit, submitted, responded, looked, asked, decided, raised, taken, settled, setter, path, top in rows:
        near = _nearest(context, path, top)
        waits = {
            "confirm": submitted and near,
            "decide": (asked or 0) > (decided or 0) and setter == context.organisation,
            "review": (responded or 0) > (looked or 0) and near and not settled,
            "step_in": (raised or 0) > (taken or 0),
        }
        found += [Waiting(what, pk, name, unit, None) for what, is_so in waits.items() if is_so]
    return found


def _running() -> QuerySet[Assignment]:
    return Assignment.objects.filter(until=None, task__ended_on=None, task__programme__in_force=True)


def _steps(*kinds: StepKind) -> QuerySet[Step]:
    return Step.objects.filter(assignment=OuterRef("pk"), kind__in=kinds)


def _last(*kinds: StepKind) -> Max:
    return Max("steps__pk", filter=Q(steps__kind__in=kinds))


def _in_charge(context: AccessContext) -> Q:
    """Units below the own place; at the top of the programme its own part too, since nobody stands above it."""
    here = Q(organisation=context.organisation)
    return under(context.places[0], "organisation__path") & (
        ~here | here & Q(task__programme__organisation=F("organisation"))
    )


def _nearest(context: AccessContext, path: str, top: int) -> bool:
    """Whether nobody stands between: the top has what lies directly below it, others all that is theirs."""
    return context.organisation != top or len(path) <= len(context.places[0]) + STEP
