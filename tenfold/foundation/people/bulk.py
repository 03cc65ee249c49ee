"""Many people and posts at once: what an import writes. No post written here carries a role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tenfold.foundation.organisations.names import sort_key
from tenfold.foundation.scope import as_system

from .models import Appointment, Person


@dataclass(frozen=True)
class PostEntry:
    """One post of one person as a table tells it. ``appointment`` is the post that stands, if one does."""

    number: str
    name: str
    organisation: int
    title: str
    since: date
    until: date | None
    subject: str
    main: bool
    appointment: int | None = None


def record_staff(entries: Sequence[PostEntry]) -> None:
    """Enter people who are new, appoint them, and mend the posts that stand (任职名册). Inside a service only."""
    people = _people(entries)
    posts = []
    for entry in entries:
        if entry.appointment is None:
            posts.append(_appointment(entry, people[entry.number]))
            continue
        standing = Appointment.objects.get(pk=entry.appointment)
        standing.since, standing.until = entry.since, entry.until
        standing.subject, standing.main = entry.subject, entry.main
        standing.save()
    Appointment.objects.bulk_create(posts, batch_size=500)


def _people(entries: Sequence[PostEntry]) -> dict[str, Person]:
    """The people by number, made where the number is new. Numbers are unique beyond any scope."""
    wanted = {entry.number: entry.name for entry in entries}
    numbers = list(wanted)
    with as_system("people.numbers"):
        held: dict[str, Person] = {}
        for start in range(0, len(numbers), 500):
            held.update({p.number: p for p in Person.objects.filter(number__in=numbers[start : start + 500])})
        fresh = [
            Person(number=number, name=name, sort_key=sort_key(name)[:120])
            for number, name in wanted.items()
            if number not in held
        ]
        held.update({p.number: p for p in Person.objects.bulk_create(fresh, batch_size=500)})
    return held


def _appointment(entry: PostEntry, person: Person) -> Appointment:
    return Appointment(
        person=person,
        organisation_id=entry.organisation,
        title=entry.title,
        subject=entry.subject,
        main=entry.main,
        since=entry.since,
        until=entry.until,
    )
