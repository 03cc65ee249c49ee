"""Outlines of a file and the places they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .models import Kind, Organisation
from .outlines import Outline

DRAWN = (Kind.PROVINCE, Kind.CITY, Kind.COUNTY, Kind.TOWNSHIP)
"""Places that a map draws as an area."""


@dataclass(frozen=True)
class Matched:
    """An outline and its place."""

    outline: Outline
    organisation: Organisation


def match(outlines: Sequence[Outline]) -> tuple[list[Matched], list[Outline], list[Outline]]:
    """The outlines with their places within the scope, by code, else by the beginning of the name; those of no
    place there; and those of a place that an earlier one has taken.
    """
    places = list(Organisation.objects.filter(kind__in=DRAWN, closed_on=None))
    found: dict[int, Matched] = {}
    foreign, twice = [], []
    for outline in outlines:
        place = _place_of(outline, places)
        if place is None:
            foreign.append(outline)
        elif place.pk in found:
            twice.append(outline)
        else:
            found[place.pk] = Matched(outline, place)
    return list(found.values()), foreign, twice


def _place_of(outline: Outline, places: Sequence[Organisation]) -> Organisation | None:
    by_code = next((p for p in places if outline.code and p.code == outline.code), None)
    if by_code is not None or not outline.name:
        return by_code
    named = [p for p in places if p.name == outline.name] or [p for p in places if p.name.startswith(outline.name)]
    return named[0] if len(named) == 1 else None
