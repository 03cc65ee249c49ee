"""What the programme lets people know: each step of handling, Material, the hearing of a period, new tasks.

One line in each service; whom it concerns is found here. The unit is told by whom it is handled, else by all who may
handle it; who supervises is the one who acted last, else the nearest office above that has somebody for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from tenfold.engines.notices.services import LONGEST, Posts, tell
from tenfold.foundation.access.roles import roles
from tenfold.foundation.calendar import today
from tenfold.foundation.declare import NoticeKind, Right
from tenfold.foundation.organisations.models import STEP, Kind, Organisation
from tenfold.foundation.people.models import Appointment
from tenfold.foundation.scope import as_system, require
from tenfold.foundation.ui import words

from .. import policy
from ..models import Assignment, FrozenPeriod, Material, MaterialState, Meeting, Part, Programme, Step, StepKind
from ..notices import ASKED, ESCALATED, HEARING, MATERIAL, REMINDED, TASK
from ..queries import lights
from ..rights import CONFIRM_MATERIAL, HANDLE_TASKS, SET_TASKS

TO_UNIT = {
    StepKind.ASSIGNED: TASK,
    StepKind.RETURNED: TASK,
    StepKind.CONCLUDED: TASK,
    StepKind.TRANSFERRED: TASK,
    StepKind.EXTENDED: TASK,
    StepKind.REFUSED: TASK,
    StepKind.REMINDED: REMINDED,
}
FROM_UNIT = (ASKED, ESCALATED, MATERIAL)
"""Kinds whose title names the unit: whoever supervises has many of them for one task."""
SUPERVISING = (StepKind.ASSIGNED, StepKind.REMINDED, StepKind.RETURNED, StepKind.REVIEWED, StepKind.EXTENDED)
EXPLAINED = ("late", "attention", "unknown")
"""Lights of which a unit is told when the hearing begins; nobody is asked about what goes well."""

Addressees = Posts | Sequence[int]


def of_step(row: Assignment, step: Step) -> None:
    """Tell of a step whoever is to act on it."""
    with as_system("programme.informing"):
        if step.kind in TO_UNIT:
            kind, to = TO_UNIT[StepKind(step.kind)], _unit(row)
        elif step.kind == StepKind.ESCALATED:
            kind, to = ESCALATED, _nearest(row, SET_TASKS, step.to.path if step.to else "")
        elif step.kind == StepKind.ASKED:
            kind, to = ASKED, _supervisor(row, SET_TASKS, row.task.organisation.path)
        elif step.kind == StepKind.RESPONDED:
            kind, to = ASKED, _supervisor(row, SET_TASKS)
        else:
            return
    with translation.override("zh-hans"):
        _tell(kind, to, row, _of_step(step), f"step.{step.pk}", step.text)


def of_material(material: Material) -> None:
    """Tell who may confirm it that it came, and who submitted it what became of it."""
    row, state = material.assignment, material.state
    with as_system("programme.informing"):
        to: Addressees = [material.submitted_by] if material.submitted_by else []
        if state == MaterialState.SUBMITTED:
            to = _supervisor(row, CONFIRM_MATERIAL)
    with translation.override("zh-hans"):
        head = {
            MaterialState.SUBMITTED: _("Material to confirm"),
            MaterialState.CONFIRMED: _("Material confirmed"),
            MaterialState.RETURNED: _("Material given back"),
        }[MaterialState(state)]
        text = material.text if state == MaterialState.SUBMITTED else material.remark
        _tell(MATERIAL, to, row, head, f"material.{material.pk}.{state}", text)


def of_hearing(period: FrozenPeriod) -> None:
    """Tell those units that something may be explained, while it may."""
    if today() > period.freezes_on:
        return
    concerned = {each.organisation for each in lights(period.programme) if each.state in EXPLAINED}
    if not concerned:
        return
    with translation.override("zh-hans"):
        told = {"period": period.span.title, "day": words.day(period.freezes_on, False)}
        tell(
            HEARING,
            to=_units(concerned),
            title=_("%(period)s: see your lights; you may explain them until %(day)s") % told,
            body=_("A light does not change by it; your words stand beside it when the period is frozen."),
            link=reverse("programme:period", args=[period.period]),
            key=f"programme.hearing.{period.pk}",
        )


def of_tasks(programme: Programme, made: Iterable[Assignment]) -> None:
    """Tell the units to which a programme in force has just given tasks, once whatever their number."""
    units = {row.organisation_id for row in made if row.part != Part.SUPPORTING}
    if not units or not programme.in_force:
        return
    with translation.override("zh-hans"):
        tell(
            TASK,
            to=_units(units),
            title=_("Tasks for your unit: %(programme)s") % {"programme": programme.name[: LONGEST - 30]},
            body=_("Read what your unit owes and by when, and accept it."),
            link=reverse("programme:tasks"),
            key=f"programme.tasks.{programme.pk}.{programme.version}",
        )


def of_meeting(meeting: Meeting) -> None:
    """Tell the units of what a meeting has decided for them, once whatever the number of decisions."""
    owed = Assignment.objects.filter(task__meeting=meeting).exclude(part=Part.SUPPORTING)
    units = set(owed.values_list("organisation", flat=True))
    with translation.override("zh-hans"):
        tell(
            TASK,
            to=_units(units),
            title=_("Decided for your unit: %(meeting)s") % {"meeting": meeting.name[: LONGEST - 30]},
            body=_("Read what your unit owes and by when, and accept it."),
            link=reverse("programme:meeting", args=[meeting.pk]),
            key=f"programme.meeting.{meeting.pk}",
        )


def _tell(kind: NoticeKind, to: Addressees, row: Assignment, head: str, key: str, text: str) -> None:
    """One notice of one assignment, led to its page; nobody is told of her own act."""
    if not isinstance(to, Posts):
        to = [person for person in to if person != require().person]
        if not to:
            return
    told = {"head": head, "number": row.task.number, "task": row.task.name, "unit": row.organisation.name}
    title = _("%(head)s: %(number)s %(task)s") % told
    if kind in FROM_UNIT:
        title = _("%(head)s: %(unit)s, %(number)s %(task)s") % told
    tell(
        kind, to=to, title=title if len(title) <= LONGEST else f"{title[: LONGEST - 1]}…",
        body="\n".join(part for part in (row.organisation.name, text) if part),
        link=reverse("programme:task", args=[row.pk]), key=f"programme.{key}",
    )  # fmt: skip


def _of_step(step: Step) -> str:
    day = {"day": words.day(step.day)} if step.day else {}
    said = {
        StepKind.ASSIGNED: _("Please accept"),
        StepKind.RESPONDED: _("Answer of a unit"),
        StepKind.RETURNED: _("Sent back to be mended"),
        StepKind.CONCLUDED: _("Concluded"),
        StepKind.REMINDED: _("Reminder"),
        StepKind.TRANSFERRED: _("Handed to another unit"),
        StepKind.ESCALATED: _("Passed up to you"),
    }
    dated = {
        StepKind.ASKED: _("A later day is asked for, %(day)s"),
        StepKind.EXTENDED: _("Extended to %(day)s"),
        StepKind.REFUSED: _("Not extended to %(day)s"),
    }
    kind = StepKind(step.kind)
    return said[kind] if kind in said else dated[kind] % day


def _holding(right: Right) -> tuple[str, ...]:
    return tuple(role.code for role in roles().values() if right.code in role.rights)


def _running() -> Q:
    return Q(since__lte=today()) & (Q(until=None) | Q(until__gt=today()))


def _unit(row: Assignment) -> Addressees:
    """Who handles it, while she is there; else all who may handle it."""
    places = [row.organisation_id, *([bureau] if (bureau := policy.office_of(row)) else [])]
    if row.person and Appointment.objects.filter(_running(), person=row.person, organisation__in=places).exists():
        return [row.person]
    return _units([row.organisation_id])


def _units(units: Iterable[int]) -> Posts:
    """All who may handle the tasks of units; for an office in which nobody holds a post, those of its bureau."""
    holding, places = _holding(HANDLE_TASKS), set(units)
    with as_system("programme.informing"):
        held = Appointment.objects.filter(_running(), organisation__in=places, role__in=holding)
        staffed = set(held.values_list("organisation", flat=True))
        empty = Organisation.objects.filter(pk__in=places - staffed, kind=Kind.OFFICE)
        bureaus = {int(path[-2 * STEP : -STEP]) for path in empty.values_list("path", flat=True) if len(path) > STEP}
    return Posts(sorted((places & staffed) | bureaus), holding)


def _supervisor(row: Assignment, right: Right, path: str = "") -> Addressees:
    """Who supervised last and still may; else the nearest above. ``path``: of the place that she has to reach."""
    last = Step.objects.filter(assignment=row, kind__in=SUPERVISING).exclude(who=None).order_by("-pk").first()
    if last is not None:
        posts = Appointment.objects.filter(_running(), person=last.who, role__in=_holding(right))
        reached = path or row.organisation.path
        if any(reached.startswith(held) for held in posts.values_list("organisation__path", flat=True)):
            return [last.who]
    return _nearest(row, right, path)


def _nearest(row: Assignment, right: Right, path: str = "") -> Addressees:
    """The nearest place at ``path`` or above the unit where somebody holds a right: officers, else leaders."""
    own = row.organisation.path
    path = path or (own[:-STEP] if row.organisation_id != row.task.programme.organisation_id else own)
    above = [int(path[i : i + STEP]) for i in range(0, len(path), STEP)]
    held = Appointment.objects.filter(_running(), organisation__in=above, role__in=_holding(right))
    found = list(held.values_list("person", "organisation", "role"))
    if not found:
        return []
    nearest = max((organisation for _person, organisation, _role in found), key=above.index)
    there = {person: role for person, organisation, role in found if organisation == nearest}
    officers = set(_holding(HANDLE_TASKS))
    return [person for person, role in there.items() if role in officers] or list(there)
