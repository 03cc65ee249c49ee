"""Reads of people: who holds which post, who is in which class. Masks are applied here, not in templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q

from tenfold.foundation.fields import mask
from tenfold.foundation.organisations.models import SCHOOLS, Organisation, under
from tenfold.foundation.scope import current, require

from .codes import relation_word
from .models import Appointment, Enrolment, Guardianship, Person, Pupil
from .words import FIELD_TITLES, SIGN_IN_TITLES

SIZE = 50


@dataclass(frozen=True)
class PersonRow:
    """A person with the posts that run, as a list shows her."""

    id: int
    name: str
    number: str
    posts: tuple[tuple[str, str], ...]
    """(title, organisation)"""


@dataclass(frozen=True)
class FieldRow:
    """One guarded field as a page shows it: masked, or open because somebody has said what for."""

    subject: str
    """``pupil:12``, ``guardianship:7``, ``person:3``"""
    field: str
    title: str
    shown: str
    openable: bool
    opened: bool = False


@dataclass(frozen=True)
class ClassRow:
    """A class of a school: grade, number, and how many are enrolled in it."""

    stage: str
    grade: int
    number: int | None
    pupils: int


@dataclass(frozen=True)
class PupilRow:
    """A pupil of a class: the name masked."""

    id: int
    name: str
    sex: str
    state: str
    since: date


def staff(place: Organisation, text: str, page: str | None) -> Page[PersonRow]:
    """Those who hold or held a post at or below a place, by name or number, without families."""
    posts = Appointment.objects.filter(under(place.path, "organisation__path")).exclude(role__in=SIGN_IN_TITLES)
    found = Person.objects.filter(pk__in=posts.values("person"))
    if text:
        found = found.filter(Q(name__contains=text) | Q(number__startswith=text))
    people = Paginator(found.order_by("sort_key", "pk"), SIZE).get_page(page)
    running: dict[int, list[tuple[str, str]]] = {}
    for post in posts.filter(person__in=[p.pk for p in people], until=None).select_related("organisation"):
        running.setdefault(post.person_id, []).append((post.title, post.organisation.name))
    people.object_list = [PersonRow(p.pk, p.name, p.number, tuple(running.get(p.pk, ()))) for p in people]
    return people


def posts_of(person: Person) -> list[Appointment]:
    """Her posts over time, the newest first, as far as the scope reaches."""
    found = Appointment.objects.filter(person=person).exclude(role__in=SIGN_IN_TITLES)
    return list(found.select_related("organisation").order_by("-since", "-pk"))


def schools_with_pupils(place: Organisation) -> list[tuple[Organisation, int]]:
    """The schools at or below a place with the pupils enrolled in each; head counts are not suppressed."""
    running = Enrolment.objects.filter(under(place.path, "organisation__path"), until=None)
    counts = dict(running.order_by().values_list("organisation").annotate(Count("pk")))
    schools = Organisation.objects.filter(under(place.path), kind__in=SCHOOLS, closed_on=None)
    return [(school, counts[school.pk]) for school in schools if school.pk in counts]


def classes_of(school: Organisation) -> list[ClassRow]:
    """The classes of a school in their order."""
    rows = (
        Enrolment.objects.filter(organisation=school, until=None)
        .order_by("stage", "grade", "class_number")
        .values_list("stage", "grade", "class_number")
        .annotate(Count("pk"))
    )
    order = {stage: place for place, stage in enumerate(("kindergarten", "primary", "junior", "senior"))}
    return sorted((ClassRow(*row) for row in rows), key=lambda r: (order.get(r.stage, 9), r.grade, r.number or 0))


def class_list(school: Organisation, grade: int, number: int | None) -> list[PupilRow]:
    """The pupils of one class."""
    found = Enrolment.objects.filter(organisation=school, until=None, grade=grade, class_number=number)
    return [
        PupilRow(e.pupil_id, mask(e.pupil.name), e.pupil.get_sex_display(), e.get_state_display(), e.since)
        for e in found.select_related("pupil").order_by("pupil")
    ]


def enrolments_of(pupil: Pupil) -> list[Enrolment]:
    """Where a pupil is and was enrolled, the newest first."""
    return list(Enrolment.objects.filter(pupil=pupil).select_related("organisation"))


def fields_of(record: Pupil | Guardianship | Person, opened: tuple[str, str] = ("", "")) -> list[FieldRow]:
    """The guarded fields of a record, all masked but the one that was opened (subject and field)."""
    subject = subject_of(record)
    rows = []
    for name in FIELD_TITLES[type(record).__name__.lower()]:
        value = getattr(record, name) or ""
        is_open = (subject, name) == opened
        rows.append(
            FieldRow(subject, name, str(_title(record, name)), value if is_open else mask(value), bool(value), is_open)
        )
    return rows


def own_fields(record: Pupil | Guardianship) -> list[tuple[str, str]]:
    """Titles and values of one's own record, open: whom it tells of may read it (个人信息保护法 art. 45)."""
    return [(str(_title(record, n)), getattr(record, n) or "") for n in FIELD_TITLES[type(record).__name__.lower()]]


def guardians_of(pupil: Pupil) -> list[tuple[Guardianship, str]]:
    """A pupil's guardians with what each is to her."""
    return [(g, relation_word(g.relation)) for g in Guardianship.objects.filter(pupil=pupil)]


def own_children() -> Sequence[Pupil]:
    """The children of whoever asks."""
    return list(Pupil.objects.filter(guardianships__person__in=require().persons).distinct())


def own_record() -> Pupil | None:
    """The record of a pupil who asks."""
    found: Pupil | None = Pupil.objects.filter(person__in=require().persons).first()
    return found


def subject_of(record: Pupil | Guardianship | Person) -> str:
    """What the audit calls a record: its kind and number, never its name."""
    return f"{type(record).__name__.lower()}:{record.pk}"


def _title(record: Pupil | Guardianship | Person, name: str) -> object:
    return FIELD_TITLES[type(record).__name__.lower()][name]


def own_name() -> str:
    """The name of the one who asks or acts; '' for the house itself."""
    context = current()
    person = Person.objects.filter(pk=context.person).first() if context and context.person else None
    return person.name if person else ""
