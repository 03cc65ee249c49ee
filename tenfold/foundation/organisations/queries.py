"""Reads of the tree: a place, what lies below, who stood above on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from tenfold.foundation.scope import as_system, current, once

from .models import STEP, Boundary, Event, EventKind, Kind, Organisation, Placement, PlacementKind, under

LEVELS = (Kind.PROVINCE, Kind.CITY, Kind.COUNTY, Kind.TOWNSHIP)


@dataclass(frozen=True)
class Card:
    """The public fields of an organisation: what may be seen upwards and sideways."""

    id: int
    code: str
    name: str
    kind: str


def place(code: str) -> Organisation:
    """The organisation of that code within the scope; raises Organisation.DoesNotExist."""
    return Organisation.objects.get(code=code)


def cards(ids: Iterable[int]) -> dict[int, Card]:
    """Cards by id, whatever the scope."""
    with as_system("organisations.cards"):
        rows = Organisation.plain.filter(pk__in=list(ids)).values_list("pk", "code", "name", "kind")
        return {pk: Card(pk, code, name, kind) for pk, code, name, kind in rows}


def trail(organisation: Organisation) -> list[Card]:
    """Cards from the top down to the organisation itself, for breadcrumbs."""
    ids = [int(organisation.path[i : i + STEP]) for i in range(0, len(organisation.path), STEP)]
    known = cards(ids[:-1]) if ids[1:] else {}
    own = Card(organisation.pk, organisation.code, organisation.name, organisation.kind)
    return [*(known[i] for i in ids[:-1]), own]


def around(school: Organisation) -> tuple[list[Card], Card | None]:
    """The trail of a school, and the card of the county in which it stands, whatever the scope. One query."""
    ids = [int(school.path[i : i + STEP]) for i in range(0, len(school.path), STEP)]
    with as_system("organisations.around"):
        stands = Placement.objects.filter(organisation=school, kind=PlacementKind.LOCATION, until=None)
        rows = (
            Organisation.plain.filter(Q(pk__in=ids) | Q(pk__in=stands.values("parent")))
            .annotate(stands=Exists(stands.filter(parent=OuterRef("pk"))))
            .values_list("pk", "code", "name", "kind", "stands")
        )
        known = {pk: (Card(pk, code, name, kind), stood) for pk, code, name, kind, stood in rows}
    return [known[pk][0] for pk in ids], next((card for card, stood in known.values() if stood), None)


def home() -> Organisation | None:
    """The organisation of the post in which she acts."""
    context = current()
    if context is None or context.organisation is None:
        return None
    pk, places = context.organisation, context.places
    return once(("organisations.home", pk, places), lambda: Organisation.objects.filter(pk=pk).first())


def at_home(place: Organisation) -> None:
    """Whose post is read with its place need not ask for it again on the same page."""
    once(("organisations.home", place.pk, (place.path,)), lambda: place)


def county_of(school: Organisation) -> Organisation | None:
    """The county in which a school stands (所在县域), else that above it, where she reaches it."""
    counties = Organisation.objects.filter(kind=Kind.COUNTY)
    above = [int(school.path[i : i + STEP]) for i in range(0, len(school.path), STEP)]
    stands = Placement.objects.filter(organisation=school, kind=PlacementKind.LOCATION, until=None).values("parent")
    return counties.filter(pk__in=stands).first() or counties.filter(pk__in=above).first()


def schools_below(organisation: Organisation) -> int:
    """How many open schools and teaching points lie at or below a place, within the scope."""
    return Organisation.objects.filter(
        under(organisation.path), kind__in=(Kind.SCHOOL, Kind.POINT), closed_on=None
    ).count()


def events_of(organisation: Organisation) -> list[Event]:
    """What befell it, the newest first."""
    return list(
        Event.objects.filter(Q(organisation=organisation) | Q(other=organisation)).select_related(
            "organisation", "other"
        )
    )


def split_off_after(day: date) -> dict[int, tuple[date, str]]:
    """By id, what was split off another organisation after a day: when, and the name of that one; within the scope."""
    found = _splits_after(day)
    return {pk: (on, name) for pk, on, name in found.values_list("other", "on", "organisation__name")}


def not_yet_split_off(found: QuerySet[Organisation], day: date) -> QuerySet[Organisation]:
    """Organisations without those that were split off another after a day: no query of its own."""
    return found.exclude(pk__in=_splits_after(day).values("other"))


def _splits_after(day: date) -> QuerySet[Event]:
    return Event.objects.filter(kind=EventKind.SPLIT, on__gt=day, other__isnull=False)


def boundaries(ids: Iterable[int]) -> dict[int, Boundary]:
    """The outlines of places by their ids, whatever the scope: a map of counties is public, its figures are not."""
    with as_system("organisations.boundaries"):
        return {row.organisation_id: row for row in Boundary.objects.filter(organisation__in=list(ids))}


def boundaries_of(codes: Iterable[str]) -> dict[str, Boundary]:
    """The same by the places' codes."""
    with as_system("organisations.boundaries"):
        rows = Boundary.objects.filter(organisation__code__in=list(codes)).select_related("organisation")
        return {row.organisation.code: row for row in rows}


@dataclass(frozen=True)
class Ancestry:
    """Where statistics count an organisation on a day: ids of the places above it (None where there is none)."""

    province: int | None
    city: int | None
    county: int | None
    township: int | None


def ancestry_on(day: date) -> dict[int, Ancestry]:
    """For every school and point that stood on a day: the places that count it.

    The county is its 所在县域; township and city follow it. System contexts only (the fact store).
    """
    kinds: dict[int, str] = {}
    open_on: list[int] = []
    rows = Organisation.plain.values_list("pk", "kind", "closed_on")
    for pk, kind, closed in rows:
        kinds[pk] = kind
        if kind in (Kind.SCHOOL, Kind.POINT) and (closed is None or closed > day):
            open_on.append(pk)
    parents = {kind: _parents(kind, day) for kind in PlacementKind.values}
    authority, location = (
        parents[PlacementKind.AUTHORITY],
        parents[PlacementKind.LOCATION],
    )

    def climb(start: int | None) -> dict[str, int]:
        found: dict[str, int] = {}
        while start is not None:
            found.setdefault(kinds[start], start)
            start = authority.get(start)
        return found

    known: dict[int | None, dict[str, int]] = {}
    result = {}
    for pk in open_on:
        for start in (location.get(pk), authority.get(pk)):
            if start not in known:
                known[start] = climb(start)
        counted, managed = known[location.get(pk)], known[authority.get(pk)]
        county = counted.get(Kind.COUNTY)
        township = counted.get(Kind.TOWNSHIP)
        if township is None and managed.get(Kind.COUNTY) == county:
            township = managed.get(Kind.TOWNSHIP)
        result[pk] = Ancestry(counted.get(Kind.PROVINCE), counted.get(Kind.CITY), county, township)
    return result


def _parents(kind: str, day: date) -> dict[int, int]:
    rows = (
        Placement.objects.filter(kind=kind, since__lte=day)
        .filter(Q(until__isnull=True) | Q(until__gt=day))
        .values_list("organisation", "parent")
    )
    earliest = Placement.objects.filter(kind=kind).order_by("-since").values_list("organisation", "parent")
    found = dict(earliest)
    found.update(dict(rows))
    return {child: parent for child, parent in found.items() if parent is not None}
