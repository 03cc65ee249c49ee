"""Pupils are enrolled; they and their guardians are let in. Nothing here acts where no pupils are kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import PermissionDenied

from tenfold.foundation.acts import note, service

from ..bulk_pupils import PupilEntry, record_pupils
from ..models import Appointment, Enrolment, Guardianship, Person, Pupil
from ..option import keeps_pupils
from ..rights import KEEP_PUPILS
from ..words import SIGN_IN_TITLES


class NoPupils(PermissionDenied):
    """This installation keeps no pupils."""


def check_option() -> None:
    """Raises :class:`NoPupils` where ``TENFOLD_PUPILS`` is off."""
    if not keeps_pupils():
        raise NoPupils("this installation keeps no pupils (TENFOLD_PUPILS)")


@service(right=KEEP_PUPILS)
def enrol(entries: Iterable[PupilEntry]) -> int:
    """Enrol pupils, new ones and those who stand (入学、升级、转学); says how many.

    A city is loaded in calls of some ten thousand, each a transaction of its own.
    """
    check_option()
    count = record_pupils(entries)
    note(subject="pupils", count=count)
    return count


@service(right=KEEP_PUPILS)
def let_in_pupil(pupil: Pupil, number: str, *, since: date) -> Person:
    """Give a pupil a person to sign in as, under a number that tells nothing of her."""
    check_option()
    running = Enrolment.objects.select_related("organisation").get(pupil=pupil, until=None)
    person = _person(number)
    pupil.person = person
    pupil.save()
    _post(person, running, "student", since)
    note(subject=f"pupil:{pupil.pk}", place=running.organisation.path, after={"person": person.pk})
    return person


@service(right=KEEP_PUPILS)
def let_in_guardian(guardianship: Guardianship, number: str, *, since: date) -> Person:
    """Give a guardian a person to sign in as; the same number for all her children."""
    check_option()
    running = Enrolment.objects.select_related("organisation").get(pupil=guardianship.pupil_id, until=None)
    person = _person(number)
    guardianship.person = person
    guardianship.save()
    _post(person, running, "guardian", since)
    note(subject=f"guardianship:{guardianship.pk}", place=running.organisation.path, after={"person": person.pk})
    return person


def _person(number: str) -> Person:
    person = Person.objects.filter(number=number).first() or Person(number=number, name="")
    person.save()
    return person


def _post(person: Person, running: Enrolment, role: str, since: date) -> None:
    """The post through which they sign in. Its role reaches nothing but oneself and one's children."""
    if not Appointment.objects.filter(person=person, role=role, until=None).exists():
        Appointment.objects.create(
            person=person, organisation=running.organisation, title=SIGN_IN_TITLES[role], role=role, since=since
        )
