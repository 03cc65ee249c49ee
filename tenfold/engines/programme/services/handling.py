"""督办: the steps of handling. They are only added, and none changes a light."""

from __future__ import annotations

from datetime import date

from django.db.models import F
from django.utils.translation import gettext as _

from tenfold.foundation.acts import Refused, note, service
from tenfold.foundation.calendar import today
from tenfold.foundation.organisations.models import SCHOOLS, STEP, Organisation
from tenfold.foundation.people.queries import own_name
from tenfold.foundation.scope import require

from .. import policy, telling
from ..models import Assignment, Change, Load, Part, Programme, Step, StepKind
from ..queries import handling
from ..queries.handling import Course
from ..rights import HANDLE_TASKS, SET_TASKS
from ..rules import rules
from . import informing

LONGEST = 1000


class HandlingFault(ValueError):
    """What cannot be done with an assignment as it stands, in words for the one who tried."""


# --- the unit that owes it ------------------------------------------------------------------------------


@service(right=HANDLE_TASKS)
def accept(row: Assignment) -> Step:
    """签收. Whoever accepts handles it, unless somebody is named already."""
    course = _handling(row)
    if course.accepted:
        raise HandlingFault(_("This task was accepted already."))
    if row.person is None:
        row.person = require().person
        row.save()
    return add_step(row, StepKind.ACCEPTED)


@service(right=HANDLE_TASKS)
def respond(row: Assignment, text: str) -> Step:
    """反馈: how far it is, in words."""
    _accepted(_handling(row))
    return add_step(row, StepKind.RESPONDED, _said(text, _("Say in a few words how far it is.")))


@service(right=HANDLE_TASKS)
def ask_extension(row: Assignment, day: date, text: str) -> Step:
    """Ask for a later day, with the reason."""
    course = _handling(row)
    _accepted(course)
    due = row.due or row.task.due
    if due is None:
        raise HandlingFault(_("This task has no day, so there is nothing to extend."))
    if course.asked:
        raise HandlingFault(_("An extension is asked for already and waits to be decided."))
    _later(day, due)
    return add_step(row, StepKind.ASKED, _said(text, _("Say why the day cannot be kept.")), day=day)


@service(right=HANDLE_TASKS)
def name_handler(row: Assignment, person: int) -> Assignment:
    """Name who handles it in the unit."""
    _handling(row)
    known = dict(handling.colleagues(row))
    if person not in known:
        raise HandlingFault(_("She holds no post in this unit."))
    before, row.person = row.person, person
    row.save()
    note(subject=_subject(row), place=row.organisation.path, before={"person": before}, after={"person": person})
    return row


# --- who supervises it ----------------------------------------------------------------------------------


@service(right=SET_TASKS)
def hand_out(row: Assignment, text: str = "") -> Step:
    """交办: hand it to the unit, which is told."""
    course = _supervising(row)
    if course.assigned:
        raise HandlingFault(_("This task was handed out already."))
    return add_step(row, StepKind.ASSIGNED, text)


@service(right=SET_TASKS)
def review(row: Assignment, text: str = "") -> Step:
    """复核: what the unit said was looked at and is in order."""
    if not _supervising(row).response:
        raise HandlingFault(_("Nothing waits to be looked at."))
    return add_step(row, StepKind.REVIEWED, text)


@service(right=SET_TASKS)
def send_back(row: Assignment, text: str) -> Step:
    """退回: what was said or concluded does not do."""
    course = _supervising(row)
    if not (course.response or course.concluded):
        raise HandlingFault(_("Nothing waits to be looked at."))
    return add_step(row, StepKind.RETURNED, _said(text, _("Say in a few words what is to be mended.")))


@service(right=SET_TASKS)
def conclude(row: Assignment, text: str = "") -> Step:
    """办结: only where the records tell that what counts as done is reached."""
    course = _supervising(row)
    if course.concluded:
        raise HandlingFault(_("This task was concluded already."))
    lit = handling.lit_of(row)
    if lit is not None and not lit.answer.reached:
        raise HandlingFault(_("Not concluded: %(reason)s.") % {"reason": telling.reason(lit)})
    return add_step(row, StepKind.CONCLUDED, text)


@service(right=SET_TASKS)
def remind(row: Assignment, text: str = "") -> Step:
    """催办."""
    course = _supervising(row)
    if course.concluded:
        raise HandlingFault(_("This task was concluded already."))
    return add_step(row, StepKind.REMINDED, text)


@service(right=SET_TASKS)
def extend(row: Assignment, text: str = "") -> Step:
    """Grant the extension that is asked for: the day changes, which stands among the changes of the programme."""
    asked = _deciding(row)
    day, before = asked.day, row.due
    row.due = day
    row.save()
    programme = row.task.programme
    Change.objects.create(
        programme=programme, kind="assignment", key=str(row.pk), before=_due(before), after=_due(day), on=today(),
        who=require().person, who_name=own_name(), source=asked.text[:200],
    )  # fmt: skip
    _moved(row)
    return add_step(row, StepKind.EXTENDED, text, day=day)


@service(right=SET_TASKS)
def refuse(row: Assignment, text: str) -> Step:
    """Do not grant the extension, with the reason; the day stays."""
    asked = _deciding(row)
    return add_step(row, StepKind.REFUSED, _said(text, _("Say why the day stays.")), day=asked.day)


@service(right=SET_TASKS)
def transfer(row: Assignment, unit: Organisation, text: str) -> Assignment:
    """转办: another unit of the same place takes it over; the old part ends today, a new one begins."""
    _supervising(row)
    reason = _said(text, _("Say why another unit takes it over."))
    if unit.pk == row.organisation_id or not _beside(unit, row.organisation):
        raise HandlingFault(_("A task is handed to another unit of the same place."))
    if Assignment.objects.filter(task=row.task, organisation=unit, until=None).exists():
        raise HandlingFault(_("%(unit)s has a part in this task already.") % {"unit": unit.name})
    check_load(row, unit)
    add_step(row, StepKind.TRANSFERRED, reason, to=unit.pk)
    row.until = today()
    row.save()
    new = Assignment.objects.create(task=row.task, organisation=unit, part=row.part, due=row.due, since=today())
    _moved(row)
    add_step(new, StepKind.ASSIGNED, reason)
    note(subject=_subject(row), place=row.organisation.path, after={"unit": unit.code}, why=reason[:300])
    return new


@service(right=HANDLE_TASKS)
def pass_up(row: Assignment, text: str) -> Step:
    """提请上级督办, by the unit that owes it: the next level is to step in."""
    _accepted(_handling(row))
    return _passed_up(row, row.organisation, text)


@service(right=SET_TASKS)
def pass_on(row: Assignment, text: str) -> Step:
    """提请上级督办, by who supervises it."""
    _supervising(row)
    context = require()
    own = Organisation.objects.filter(pk=context.organisation).first() if context.organisation else None
    return _passed_up(row, own or row.organisation, text)


# --- shared ---------------------------------------------------------------------------------------------


def check_load(row: Assignment, unit: Organisation) -> None:
    """A school takes no more running tasks than the cap without a leader's reason."""
    if unit.kind not in SCHOOLS or row.part == Part.SUPPORTING:
        return
    held = handling.held_by(row.task.programme, unit.pk)
    if held.number >= held.cap and not Load.objects.filter(programme=row.task.programme, organisation=unit).exists():
        told = {"unit": unit.name, "number": held.number, "cap": rules().cap}
        raise HandlingFault(
            _("%(unit)s holds %(number)s tasks and may hold %(cap)s; more needs a leader's reason.") % told
        )


def _handling(row: Assignment) -> Course:
    if not policy.handles(require(), row):
        raise Refused(_subject(row))
    return _running(row)


def _supervising(row: Assignment) -> Course:
    if not policy.supervises(require(), row):
        raise Refused(_subject(row))
    return _running(row)


def _deciding(row: Assignment) -> Step:
    if not policy.may(require(), row).decide:
        raise Refused(_subject(row))
    asked = _running(row).asked
    if asked is None:
        raise HandlingFault(_("No extension is asked for."))
    return asked


def _running(row: Assignment) -> Course:
    if row.until is not None or row.task.ended_on is not None:
        raise HandlingFault(_("This part has ended; nothing is added to it."))
    return handling.course_of(handling.steps_of(row))


def _accepted(course: Course) -> None:
    if not course.accepted:
        raise HandlingFault(_("Accept the task first."))


def _said(text: str, otherwise: str) -> str:
    if not text.strip():
        raise HandlingFault(otherwise)
    return text


def _later(day: date, due: date) -> None:
    if day <= max(due, today()):
        raise HandlingFault(_("The new day lies after the present one and after today."))


def _beside(unit: Organisation, old: Organisation) -> bool:
    same_kind = unit.kind == old.kind or (unit.kind in SCHOOLS and old.kind in SCHOOLS)
    return same_kind and unit.path[:-STEP] == old.path[:-STEP] and unit.closed_on is None


def _passed_up(row: Assignment, by: Organisation, text: str) -> Step:
    top = row.task.programme.organisation
    path = by.path[:-STEP] if len(by.path) > len(top.path) else top.path
    return add_step(
        row, StepKind.ESCALATED, _said(text, _("Say what the next level is to settle.")), to=int(path[-STEP:])
    )


def add_step(
    row: Assignment, kind: StepKind, text: str = "", *, day: date | None = None, to: int | None = None
) -> Step:
    """Add one step and tell the audit."""
    if len(text) > LONGEST:
        raise HandlingFault(_("At most %(number)s characters.") % {"number": LONGEST})
    step = Step(
        assignment=row, organisation=row.organisation, kind=kind, on=today(), who=require().person,
        who_name=own_name(), text=text.strip(), day=day, to_id=to,
    )  # fmt: skip
    step.save()
    informing.of_step(row, step)
    after = {"step": str(kind), "day": day.isoformat() if day else ""}
    note(subject=_subject(row), place=row.organisation.path, after=after, why=text.strip()[:300])
    return step


def _moved(row: Assignment) -> None:
    """What was derived from the plan is derived anew."""
    programme = row.task.programme
    Programme.objects.filter(pk=programme.pk).update(version=F("version") + 1)
    programme.refresh_from_db(fields=["version"])


def _due(day: date | None) -> dict[str, str]:
    return {"due": day.isoformat() if day else ""}


def _subject(row: Assignment) -> str:
    return f"assignment:{row.pk}"
