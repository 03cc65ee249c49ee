"""Many people and posts at once: what an import writes. No post written here carries a role."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

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


def take_back_staff(gone: Sequence[int], former: Mapping[int, tuple[Any, ...]]) -> None:
    """Undo: take posts away, with people to whom nothing else is tied, and restore others. Inside a service only.

    ``former``: since, until, subject and main by the number of the post.
    """
    people: set[int] = set()
    for start in range(0, len(gone), 500):
        part = Appointment.objects.filter(pk__in=gone[start : start + 500])
        people.update(part.values_list("person", flat=True))
        part.delete()
    for pk, (since, until, subject, main) in former.items():
        Appointment.objects.filter(pk=pk).update(since=since, until=until, subject=subject, main=main)
    with as_system("people.numbers"):
        for start in range(0, len(people), 500):
            _forget_untied(sorted(people)[start : start + 500])


def _forget_untied(people: Sequence[int]) -> None:
    """Take away those of some people whom no record names any more."""
    found = Person.objects.filter(pk__in=people)
    for relation in Person._meta.get_fields(include_hidden=True):
        if relation.auto_created and relation.is_relation and relation.related_model is not None:
            name = relation.field.name  # type: ignore[union-attr]
            model: Any = relation.related_model
            found = found.exclude(pk__in=model._base_manager.filter(**{f"{name}__in": people}).values(name))
    found.delete()
