"""工作交接: the tasks that a person handles go to her successor in the unit."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from tenfold.engines.notices.services import tell
from tenfold.foundation.acts import note, service
from tenfold.foundation.calendar import today
from tenfold.foundation.people.models import Person
from tenfold.foundation.people.rights import KEEP_PEOPLE

from ..models import Assignment
from ..notices import TASK
from ..queries import handling
from .handling import HandlingFault


@service(right=KEEP_PEOPLE)
def hand_tasks(person: int, successor: int, keys: Iterable[str]) -> int:
    """Hand the running tasks with these keys to the successor, who is told. She holds a post in each unit."""
    wanted = [int(key) for key in keys]
    rows = list(handling.handled(person).filter(pk__in=wanted))
    checked: set[int] = set()
    for row in rows:
        if row.organisation_id not in checked and successor not in dict(handling.colleagues(row)):
            told = {"unit": row.organisation.name}
            raise HandlingFault(_("The successor holds no post in %(unit)s; hand the post over as well.") % told)
        checked.add(row.organisation_id)
    Assignment.objects.filter(pk__in=[row.pk for row in rows]).update(person=successor)
    for row in rows:
        note(
            subject=f"assignment:{row.pk}", place=row.organisation.path, before={"person": person},
            after={"person": successor},
        )  # fmt: skip
    _told(person, successor, len(rows))
    return len(rows)


def _told(person: int, successor: int, number: int) -> None:
    with translation.override("zh-hans"):
        before = Person.objects.filter(pk=person).first()
        told = {"number": number, "name": before or ""}
        tell(
            TASK, to=[successor], title=_("Handover: %(number)s tasks of %(name)s are yours now") % told,
            link=reverse("programme:tasks") + "?whose=mine", key=f"programme.handover.{person}.{successor}.{today()}",
        )  # fmt: skip
