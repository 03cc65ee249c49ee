"""佐证材料: one person submits it, another, from above the unit, confirms it or gives it back."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tenfold.foundation.acts import Refused, note, service
from tenfold.foundation.calendar import today
from tenfold.foundation.files import services as files
from tenfold.foundation.people.queries import own_name
from tenfold.foundation.scope import require

from .. import policy
from ..models import Assignment, Material, MaterialState
from ..rights import CONFIRM_MATERIAL, HANDLE_TASKS
from . import informing
from .handling import HandlingFault

LONGEST = 1000


@service(right=HANDLE_TASKS)
def submit(row: Assignment, text: str, *, file: files.Arrived | None = None, name: str = "") -> Material:
    """Submit Material: words, and a file where it says more. Nothing else is ever asked for."""
    if not policy.handles(require(), row):
        raise Refused(_subject(row))
    if row.until is not None or row.task.ended_on is not None:
        raise HandlingFault(_("This part has ended; nothing is added to it."))
    if not text.strip():
        raise HandlingFault(_("Say in a few words what was done."))
    if len(text) > LONGEST:
        raise HandlingFault(_("At most %(number)s characters.") % {"number": LONGEST})
    if Material.objects.filter(assignment=row, state=MaterialState.SUBMITTED).exists():
        raise HandlingFault(_("Material waits to be confirmed already."))
    made = Material(
        assignment=row, organisation=row.organisation, text=text.strip(), on=today(), submitted_by=require().person,
        submitted_name=own_name(),
    )  # fmt: skip
    if file is not None:
        made.file = files.keep(file, name=name, place=row.organisation)
    made.save()
    informing.of_material(made)
    note(subject=_subject(row), place=row.organisation.path, after={"material": made.pk})
    return made


@service(right=CONFIRM_MATERIAL)
def confirm(material: Material, remark: str = "") -> Material:
    """Confirm what another has submitted; confirmed, it is the record of the task."""
    return _decided(material, MaterialState.CONFIRMED, remark)


@service(right=CONFIRM_MATERIAL)
def give_back(material: Material, remark: str) -> Material:
    """Give it back to be mended, with the reason."""
    if not remark.strip():
        raise HandlingFault(_("Say in a few words what is to be mended."))
    return _decided(material, MaterialState.RETURNED, remark)


def _decided(material: Material, state: str, remark: str) -> Material:
    row, context = material.assignment, require()
    if not policy.confirms(context, row):
        raise Refused(_subject(row))
    if context.person is not None and context.person == material.submitted_by:
        raise HandlingFault(_("You submitted this yourself; another person confirms it."))
    waiting = Material.objects.filter(pk=material.pk, state=MaterialState.SUBMITTED)
    words = {"decided_by": context.person, "decided_name": own_name(), "decided_on": today()}
    if not waiting.update(state=state, remark=remark.strip()[:300], **words):
        raise HandlingFault(_("This Material was decided meanwhile."))
    material.refresh_from_db()
    informing.of_material(material)
    note(
        subject=_subject(row), place=row.organisation.path, after={"material": material.pk, "state": str(state)},
        why=remark.strip()[:300],
    )  # fmt: skip
    return material


def _subject(row: Assignment) -> str:
    return f"assignment:{row.pk}"
