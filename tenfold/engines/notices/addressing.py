"""Who is meant by an address: persons, or whoever holds a post at organisations today."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from tenfold.foundation.calendar import today
from tenfold.foundation.people.models import Appointment, Person

CHUNK = 2000

HEADS = ("bureau_leader", "county_admin", "township_admin", "principal")
"""The roles of those who lead: a bureau, a township office, a school."""


@dataclass(frozen=True)
class Posts:
    """Whoever holds one of ``roles`` today at one of ``organisations`` (ids), not below them."""

    organisations: Sequence[int]
    roles: Sequence[str] = HEADS


def recipients(to: Posts | Iterable[Person | int]) -> dict[int, int | None]:
    """Persons by id with the organisation of the post in which they are addressed. Needs a context that reaches all."""
    if isinstance(to, Posts):
        found: dict[int, int | None] = {}
        for some in _chunks(sorted(set(to.organisations))):
            held = _running().filter(organisation__in=some, role__in=list(to.roles))
            for person, organisation in held.values_list("person", "organisation"):
                found.setdefault(person, organisation)
        return found
    ids = list(dict.fromkeys(p if isinstance(p, int) else p.pk for p in to))
    found = dict.fromkeys(ids)
    for some in _chunks(ids):
        for person, organisation in _running().filter(person__in=some).values_list("person", "organisation"):
            if found[person] is None:
                found[person] = organisation
    return found


def _running() -> Any:
    day = today()
    running = Q(until__isnull=True) | Q(until__gt=day)
    return Appointment.objects.filter(running, since__lte=day).order_by("-main", "since", "id")


def _chunks(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
