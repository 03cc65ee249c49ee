"""Many organisations at once: what an import writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tenfold.foundation.scope import require
from tenfold.foundation.scope.models import OutOfScope

from .models import Event, EventKind, Kind, Organisation, PlacementKind
from .names import initials, sort_key
from .services import Draft, _stale_since, open_many, place_from


@dataclass(frozen=True)
class Entry:
    """One organisation as a table tells it. None: the table does not say. Parents are codes."""

    code: str
    name: str | None
    kind: str | None
    parent: str | None
    location: str | None
    attributes: dict[str, Any] = field(default_factory=dict)


def record_organisations(entries: Sequence[Entry], on: date) -> None:
    """Open those that are new, rename, move and complete those that stand, from a day on. Inside a service only.

    New ones may stand below each other. Raises :class:`OutOfScope` where a parent is not reached.
    """
    wanted = {entry.code for entry in entries} | {e.parent for e in entries} | {e.location for e in entries}
    held = _held([code for code in wanted if code])
    _open(entries, held, on)
    for entry in entries:
        organisation = held[entry.code]
        if organisation is not None:
            _amend(organisation, entry, held, on)
    if entries:
        _stale_since(on)


def _held(codes: Sequence[str]) -> dict[str, Organisation]:
    found: dict[str, Organisation] = {}
    for start in range(0, len(codes), 500):
        found.update({o.code: o for o in Organisation.objects.filter(code__in=codes[start : start + 500])})
    return found


def _open(entries: Sequence[Entry], held: dict[str, Organisation], on: date) -> None:
    """Open the new ones, wave by wave from above, so that every parent stands before its children."""
    context = require()
    waiting = [entry for entry in entries if entry.code not in held]
    fresh = {entry.code for entry in waiting}
    while waiting:
        ready = [e for e in waiting if e.parent in held or (e.parent is None and context.everywhere)]
        if not ready:
            raise OutOfScope(waiting[0].code)
        drafts = []
        for entry in ready:
            parent = held.get(entry.parent or "")
            if parent is not None and not context.reaches(parent.path):
                raise OutOfScope(entry.code)
            location = held.get(entry.location or "")
            drafts.append(
                Draft(entry.code, entry.name or entry.code, entry.kind or Kind.SCHOOL, parent, on, location,
                      dict(entry.attributes))
            )  # fmt: skip
        made = open_many(drafts)
        held.update({organisation.code: organisation for organisation in made})
        waiting = [entry for entry in waiting if entry.code not in held]
    for code in fresh:
        held[code].tenfold_fresh = True  # type: ignore[attr-defined]


def _amend(organisation: Organisation, entry: Entry, held: dict[str, Organisation], on: date) -> None:
    if getattr(organisation, "tenfold_fresh", False):
        return
    if not require().reaches(organisation.path):
        raise OutOfScope(organisation.code)
    if entry.name and entry.name != organisation.name:
        Event.objects.create(
            organisation=organisation, kind=EventKind.RENAMED, on=on, before=organisation.name, after=entry.name
        )
        organisation.name = entry.name
        organisation.sort_key, organisation.initials = sort_key(entry.name), initials(entry.name)
    if entry.kind:
        organisation.kind = entry.kind
    for name, value in entry.attributes.items():
        setattr(organisation, name, value)
    organisation.save()
    for code, kind in ((entry.parent, PlacementKind.AUTHORITY), (entry.location, PlacementKind.LOCATION)):
        if code:
            _move(organisation, held[code], on, kind)


def _move(organisation: Organisation, parent: Organisation, on: date, kind: str) -> None:
    running = organisation.placements.filter(kind=kind, until=None).first()
    if running is not None and running.parent_id == parent.pk:
        return
    if not require().reaches(parent.path):
        raise OutOfScope(parent.code)
    place_from(organisation, parent, on, kind)
    Event.objects.create(organisation=organisation, kind=EventKind.MOVED, on=on, other=parent, after=parent.name)
