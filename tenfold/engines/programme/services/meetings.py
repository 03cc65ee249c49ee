"""会议落实: what a meeting decided becomes supervised tasks at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from tenfold.foundation.acts import note, service
from tenfold.foundation.calendar import today
from tenfold.foundation.organisations.models import SCHOOLS, Organisation
from tenfold.foundation.people.queries import own_name
from tenfold.foundation.scope import require

from ..models import Assignment, Load, Meeting, Part, Programme, Step, StepKind, Task
from ..models.tasks import Origin
from ..parties import Found
from ..queries import handling
from ..reading_measures import criterion_fault
from ..rights import SET_TASKS
from ..rules import rules
from . import informing


class MeetingFault(ValueError):
    """What cannot be set down of a meeting; ``line`` is the number of the decision, 0 for the whole."""

    def __init__(self, text: str, line: int = 0) -> None:
        super().__init__(text)
        self.line = line


@dataclass(frozen=True)
class Agreed:
    """One decision with its units found. ``what`` counts as done."""

    text: str
    parts: Mapping[str, Sequence[Found]]
    due: date | None = None
    due_text: str = ""
    what: str = ""

    def owing(self) -> dict[int, tuple[Organisation, str]]:
        """Each organisation with its part, the first in which it is named."""
        found: dict[int, tuple[Organisation, str]] = {}
        for part in (Part.LEAD, Part.RESPONSIBLE, Part.SUPPORTING):
            for each in self.parts.get(part, ()):
                for organisation in each.organisations:
                    found.setdefault(organisation.pk, (organisation, part))
        return found


@service(right=SET_TASKS)
def decide(
    programme: Programme, name: str, on: date, agreed: Sequence[Agreed], *, remote: bool = False, reason: str = ""
) -> Meeting:
    """Set down a meeting with its decisions: each a task handed out to its units. All of them, or none.

    ``reason``: a leader's, why a school may hold more tasks than the cap. Raises :class:`MeetingFault`.
    """
    if not name.strip() or not agreed:
        raise MeetingFault(_("A meeting has a name and at least one decision."))
    if on > today():
        raise MeetingFault(_("The meeting has not been held yet."))
    for line, each in enumerate(agreed, 1):
        _check(each, line, on)
    _admit(programme, agreed, reason)
    meeting = Meeting(programme=programme, organisation=_own(programme), name=name.strip()[:120], on=on, remote=remote)
    meeting.save()
    held = Task.objects.filter(programme=programme, meeting__on=on).count()
    for number, each in enumerate(agreed, held + 1):
        _made(meeting, each, number)
    informing.of_meeting(meeting)
    note(subject=f"meeting:{meeting.pk}", place=meeting.organisation.path, count=len(agreed), why=meeting.name)
    return meeting


def _check(each: Agreed, line: int, on: date) -> None:
    context = require()
    if not each.text.strip() or len(each.text) > 500:
        raise MeetingFault(_("A decision has 1 to 500 characters."), line)
    unknown = [found.text for parts in each.parts.values() for found in parts if not found.organisations]
    if unknown:
        raise MeetingFault(_("No organisation was found for: %s") % "、".join(unknown), line)
    owing = each.owing()
    if all(part == Part.SUPPORTING for _unit, part in owing.values()):
        raise MeetingFault(_("Name a unit that is to do it."), line)
    beyond = [unit.name for unit, _part in owing.values() if not context.reaches(unit.path)]
    if beyond:
        raise MeetingFault(_("Beyond your scope: %s") % "、".join(beyond[:5]), line)
    if each.due is None and not each.due_text.strip():
        raise MeetingFault(_("Say by when, or that it is long-standing."), line)
    if each.due is not None and each.due < on:
        raise MeetingFault(_("The day lies before the meeting."), line)
    if wrong := criterion_fault(_criterion(each)):
        raise MeetingFault(wrong, line)


def _criterion(each: Agreed) -> dict[str, str]:
    what = {"what": each.what.strip()[:200]} if each.what.strip() else {}
    return {"code": "programme.material", **what}


def _admit(programme: Programme, agreed: Sequence[Agreed], reason: str) -> None:
    """Schools take no more running tasks than the cap without a leader's reason, which they read."""
    more: dict[int, tuple[Organisation, int]] = {}
    for each in agreed:
        for unit, part in each.owing().values():
            if unit.kind in SCHOOLS and part != Part.SUPPORTING:
                more[unit.pk] = (unit, more.get(unit.pk, (unit, 0))[1] + 1)
    if not more:
        return
    counted = handling.held_by_many(programme, more)
    reasoned = set(Load.objects.filter(programme=programme).values_list("organisation", flat=True))
    over = [unit for pk, (unit, number) in more.items() if counted[pk] + number > rules().cap and pk not in reasoned]
    if over and not reason.strip():
        told = {"number": len(over), "cap": rules().cap, "name": over[0].name}
        raise MeetingFault(
            _("%(number)s schools would hold more than %(cap)s tasks, %(name)s among them. Give a leader's reason.")
            % told
        )
    same = {"programme": programme, "who": require().person, "who_name": own_name(), "on": today()}
    for unit in over:
        Load(organisation=unit, reason=reason.strip()[:300], **same).save()


def _own(programme: Programme) -> Organisation:
    context = require()
    own = Organisation.objects.filter(pk=context.organisation).first() if context.organisation else None
    return own or programme.organisation


def _made(meeting: Meeting, each: Agreed, number: int) -> None:
    task = Task(
        programme=meeting.programme, organisation=meeting.organisation, meeting=meeting, origin=Origin.MEETING,
        number=f"会{meeting.on:%Y%m%d}-{number}", name=each.text.strip(), begins=meeting.on, due=each.due,
        due_text="" if each.due else each.due_text.strip()[:60], criterion=_criterion(each),
        parties={part: [found.text for found in units] for part, units in each.parts.items() if units},
        order=100_000 + number,
    )  # fmt: skip
    task.save()
    rows = [
        Assignment(task=task, organisation=unit, part=part, since=meeting.on) for unit, part in each.owing().values()
    ]
    same = {"kind": StepKind.ASSIGNED, "on": today(), "who": require().person, "who_name": own_name()}
    made = Assignment.objects.bulk_create(rows, batch_size=500)
    Step.objects.bulk_create(
        (Step(assignment=row, organisation=row.organisation, text=meeting.name, **same) for row in made), batch_size=500
    )
