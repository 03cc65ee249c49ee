"""People enter, are appointed, and leave their posts."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenfold.foundation.acts import note, service
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.organisations.names import sort_key
from tenfold.foundation.scope import as_system, require
from tenfold.foundation.scope.models import OutOfScope

from ..models import Appointment, Person
from ..rights import KEEP_PEOPLE
from ..words import APART


@service(right=KEEP_PEOPLE)
def appoint(
    number: str,
    name: str,
    organisation: Organisation,
    title: str,
    *,
    since: date,
    role: str = "",
    main: bool = True,
) -> Appointment:
    """Appoint a person (made where the staff number is new) to a post from a day on (任职)."""
    if not require().reaches(organisation.path):
        raise OutOfScope(organisation.code)
    person = Person.objects.filter(number=number).first()
    if person is None:
        person = Person(number=number, name=name, sort_key=sort_key(name)[:120])
        person.save()
    _keep_apart(person, role, since)
    post = Appointment(
        person=person,
        organisation=organisation,
        title=title,
        role=role,
        main=main,
        since=since,
    )
    post.save()
    note(
        subject=f"person:{person.pk}",
        place=organisation.path,
        after={"post": title, "role": role},
    )
    return post


class NotApart(ValidationError):
    """One person would hold two of the three administrators' roles."""


def _keep_apart(person: Person, role: str, since: date) -> None:
    if role not in APART:
        return
    with as_system("people.appoint"):  # her other post may lie elsewhere
        others = person.appointments.filter(role__in=set(APART) - {role})
        held = others.filter(Q(until__isnull=True) | Q(until__gt=since)).first()
    if held is not None:
        raise NotApart(
            _("%(name)s is %(held)s already. System, security and audit administrators are three different people."),
            params={"name": person.name, "held": held.title},
        )


@service(right=KEEP_PEOPLE)
def end_appointment(appointment: Appointment, on: date, *, why: str = "") -> None:
    """End a post on a day (免职)."""
    appointment.until = on
    appointment.save()
    note(
        subject=f"person:{appointment.person_id}",
        place=appointment.organisation.path,
        after={"until": str(on)},
        why=why,
    )
