"""Handling (督办): an organisation's part in a task with its course; the lists of what is owed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from tenfold.foundation.calendar import today
from tenfold.foundation.people.models import Appointment, Person

from ..models import Assignment, Load, Material, Programme, Step, StepKind
from ..rules import rules
from .lights import Lit, lights


@dataclass(frozen=True)
class Course:
    """How far the handling is, read from its steps; no light reads it.

    ``asked``: an extension that waits to be decided; ``response``: one that waits to be looked at; ``raised``: what was
    passed up and not taken up yet.
    """

    assigned: date | None = None
    accepted: date | None = None
    concluded: date | None = None
    asked: Step | None = None
    response: Step | None = None
    raised: Step | None = None

    @property
    def state(self) -> str:
        """concluded, asked, responded, accepted or open: what a list says of it."""
        if self.concluded:
            return "concluded"
        if self.asked:
            return "asked"
        if self.response:
            return "responded"
        return "accepted" if self.accepted else "open"


def course_of(steps: Iterable[Step]) -> Course:
    """The course of one assignment from its steps, the oldest first."""
    found = Course()
    for step in steps:
        found = _after(found, step)
    return found


def _after(course: Course, step: Step) -> Course:
    told = {name: getattr(course, name) for name in Course.__dataclass_fields__}
    kind = step.kind
    if kind == StepKind.ASSIGNED:
        told["assigned"] = told["assigned"] or step.on
    elif kind == StepKind.ACCEPTED:
        told["accepted"] = told["accepted"] or step.on
    elif kind == StepKind.RESPONDED:
        told["response"] = step
    elif kind == StepKind.ASKED:
        told["asked"] = step
    elif kind in (StepKind.EXTENDED, StepKind.REFUSED):
        told["asked"] = None
    elif kind == StepKind.ESCALATED:
        told["raised"] = step
    elif kind == StepKind.REMINDED and step.who is not None:
        told["raised"] = None
    elif kind in (StepKind.REVIEWED, StepKind.RETURNED, StepKind.CONCLUDED):
        told.update(response=None, raised=None)
        told["concluded"] = step.on if kind == StepKind.CONCLUDED else None
    return Course(**told)


def assignment(pk: int) -> Assignment | None:
    """An assignment within the scope, with all that its page names; None where there is none."""
    joined = ("organisation", "task__measure", "task__meeting", "task__organisation", "task__programme__organisation")
    return Assignment.objects.filter(pk=pk).select_related(*joined).first()


def steps_of(row: Assignment) -> list[Step]:
    """Its steps, the oldest first."""
    return list(Step.objects.filter(assignment=row).select_related("to"))


def courses(pks: Iterable[int]) -> dict[int, Course]:
    """The courses of many assignments by their keys; one query for 500 of them."""
    wanted, found = list(pks), {}
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        by_row: dict[int, list[Step]] = {pk: [] for pk in some}
        for step in Step.objects.filter(assignment__in=some).order_by("pk"):
            by_row[step.assignment_id].append(step)
        found.update({pk: course_of(steps) for pk, steps in by_row.items()})
    return found


def materials_of(row: Assignment) -> list[Material]:
    """Its Material, the newest first."""
    return list(Material.objects.filter(assignment=row).select_related("file").order_by("-pk"))


def lit_of(row: Assignment) -> Lit | None:
    """Its light; None for a supporting unit's part and for one that has ended."""
    return next((each for each in lights(row.task.programme) if each.assignment == row.pk), None)


def colleagues(row: Assignment) -> list[tuple[int, str]]:
    """Who may handle it in the unit: those with a running post there (of an office: in its bureau)."""
    from ..policy import office_of

    places = [row.organisation_id, *([office_of(row)] if office_of(row) else [])]
    running = Appointment.objects.filter(Q(until=None) | Q(until__gt=today()), organisation__in=places)
    people = Person.objects.filter(pk__in=running.exclude(role__in=("", "guardian", "student")).values("person"))
    return [(person.pk, person.name) for person in people]


def handler_of(row: Assignment) -> str:
    """The name of who handles it there; '' where nobody is named."""
    person = Person.objects.filter(pk=row.person).first() if row.person else None
    return person.name if person else ""


@dataclass(frozen=True)
class Held:
    """How many running tasks a school holds, how many it may, and a leader's reason for more ('' for none)."""

    number: int
    cap: int
    reason: str = ""
    who: str = ""


def held_by(programme: Programme, organisation: int) -> Held:
    """The running tasks of a school, those it only supports apart."""
    number = sum(each.organisation == organisation for each in lights(programme))
    if number <= rules().cap:
        return Held(number, rules().cap)
    load = Load.objects.filter(programme=programme, organisation=organisation).order_by("-pk").first()
    return Held(number, rules().cap, load.reason if load else "", load.who_name if load else "")


def held_by_many(programme: Programme, organisations: Iterable[int]) -> dict[int, int]:
    """How many running tasks each of some schools holds, those it only supports apart."""
    wanted = dict.fromkeys(organisations, 0)
    for each in lights(programme):
        if each.organisation in wanted:
            wanted[each.organisation] += 1
    return wanted


def handled(person: int) -> QuerySet[Assignment]:
    """The running assignments within the scope that a person handles."""
    rows = Assignment.objects.filter(person=person, until=None, task__ended_on=None)
    return rows.select_related("organisation", "task__organisation", "task__programme__organisation")


def handled_by(person: int | None, programme: Programme) -> frozenset[int]:
    """The assignments that a person handles."""
    if person is None:
        return frozenset()
    rows = Assignment.objects.filter(task__programme=programme, until=None, person=person)
    return frozenset(rows.values_list("pk", flat=True))


ORDER: Mapping[str, int] = {"late": 0, "attention": 1, "unknown": 2, "on_track": 3, "done": 4}


def in_order(found: Iterable[Lit]) -> list[Lit]:
    """What is owed first: late ones by how long, then by their day."""
    return sorted(found, key=lambda each: (ORDER[each.state], each.due or date.max, each.path, each.assignment))
