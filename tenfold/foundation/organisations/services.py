"""What befalls organisations: opened, renamed, moved, merged, split, closed. Nothing is overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat, LPad, Substr
from django.utils.translation import gettext as _

from tenfold.foundation.acts import note, service, touch
from tenfold.foundation.calendar import Period
from tenfold.foundation.scope import require
from tenfold.foundation.scope.bulk import insert_rows
from tenfold.foundation.scope.models import OutOfScope

from .mapping import Matched
from .models import (
    STEP,
    Boundary,
    Event,
    EventKind,
    Kind,
    Organisation,
    Placement,
    PlacementKind,
    under,
)
from .names import initials, sort_key
from .rights import KEEP_ORGANISATIONS

TOUCHES = ("*",)
"""Ancestors stand in every fact, so a change of the tree makes all facts of the periods after it stale."""


@dataclass
class Draft:
    """An organisation to be opened. ``parent`` administers it; ``location`` is its county where that differs."""

    code: str
    name: str
    kind: str
    parent: Organisation | None
    since: date
    location: Organisation | None = None
    attributes: dict[str, Any] = field(default_factory=dict)

    @property
    def opened(self) -> date:
        """The day on which it was opened: when it was built, where it stood before its place is known."""
        return min(self.attributes.get("built_on") or self.since, self.since)


def _step(pk: int) -> str:
    return str(pk).zfill(STEP)


def _within_scope(*organisations: Organisation | None) -> None:
    context = require()
    for organisation in organisations:
        if organisation is not None and not context.reaches(organisation.path):
            raise OutOfScope(organisation.code)


def _stale_since(day: date) -> None:
    from tenfold.foundation.calendar import today

    period, last = Period.of(day, "school_year"), Period.of(today(), "school_year")
    while period.code <= last.code:
        touch(period.code)
        period = period.next()


def open_many(drafts: Sequence[Draft]) -> list[Organisation]:
    """Write many new organisations whose parents stand already. Inside a service only."""
    rows = []
    for draft in drafts:
        depth = draft.parent.depth + 1 if draft.parent else 0
        rows.append(
            Organisation(
                code=draft.code, name=draft.name, kind=draft.kind, depth=depth, opened_on=draft.opened,
                sort_key=sort_key(draft.name), initials=initials(draft.name), **draft.attributes,
            )
        )  # fmt: skip
    made = Organisation.plain.bulk_create(rows, batch_size=500)
    _lay_paths(made, drafts)
    placements, events = [], []
    above = {draft.parent.pk: draft.parent for draft in drafts if draft.parent is not None}
    counties = {pk: _county_of(parent) for pk, parent in above.items()}
    for row, draft in zip(made, drafts, strict=True):
        here = draft.location or (counties[draft.parent.pk] if draft.parent else None)
        parents = {PlacementKind.AUTHORITY: draft.parent, PlacementKind.LOCATION: here}
        placements += [
            (row.pk, parent.pk, kind.value, draft.since) for kind, parent in parents.items() if parent is not None
        ]
        events.append((row.pk, EventKind.OPENED.value, draft.opened, "", draft.name, ""))
    insert_rows(Placement, ("organisation", "parent", "kind", "since"), placements, checked=True)
    insert_rows(Event, ("organisation", "kind", "on", "before", "after", "document"), events, checked=True)
    return made


def _county_of(parent: Organisation) -> Organisation:
    """Where an organisation stands when nothing else is said: the county above its parent, else the parent."""
    ids = [int(parent.path[i : i + STEP]) for i in range(0, len(parent.path), STEP)]
    return Organisation.plain.filter(pk__in=ids, kind=Kind.COUNTY).order_by("-depth").first() or parent


def _lay_paths(made: Sequence[Organisation], drafts: Sequence[Draft]) -> None:
    """Paths end in the row's own id, so they are laid after the insert: one update a parent and 500 rows."""
    by_parent: dict[str, list[Organisation]] = {}
    for row, draft in zip(made, drafts, strict=True):
        by_parent.setdefault(draft.parent.path if draft.parent else "", []).append(row)
    for above, rows in by_parent.items():
        for row in rows:
            row.path = above + _step(row.pk)
        own = LPad(Cast("pk", CharField()), STEP, Value("0"))
        for start in range(0, len(rows), 500):
            part = Organisation.plain.filter(pk__in=[row.pk for row in rows[start : start + 500]])
            part.update(path=Concat(Value(above), own))


@service(right=KEEP_ORGANISATIONS, touches=TOUCHES)
def open_organisation(draft: Draft, *, document: str = "") -> Organisation:
    """Open an organisation under its parent (设立). Raises ValidationError where the code is taken."""
    _within_scope(draft.parent)
    if draft.parent is None and not require().everywhere:
        raise OutOfScope(draft.code)
    if Organisation.plain.filter(code=draft.code).exists():
        raise ValidationError(_("The code %(code)s is already in use.") % {"code": draft.code})
    made = open_many([draft])[0]
    note(
        subject=f"organisation:{made.code}",
        place=made.path,
        after={"name": made.name, "kind": made.kind},
    )
    return made


@service(right=KEEP_ORGANISATIONS)
def rename_organisation(organisation: Organisation, name: str, on: date, *, document: str = "") -> None:
    """Give a new name from a day on (更名); the old one stays in the event."""
    _within_scope(organisation)
    before = organisation.name
    Event.objects.create(
        organisation=organisation,
        kind=EventKind.RENAMED,
        on=on,
        before=before,
        after=name,
        document=document,
    )
    organisation.name, organisation.sort_key, organisation.initials = (
        name,
        sort_key(name),
        initials(name),
    )
    organisation.save()
    note(
        subject=f"organisation:{organisation.code}",
        place=organisation.path,
        before=before,
        after=name,
    )


@service(right=KEEP_ORGANISATIONS, touches=TOUCHES)
def move_organisation(
    organisation: Organisation,
    parent: Organisation,
    on: date,
    *,
    kind: str = PlacementKind.AUTHORITY,
    document: str = "",
) -> None:
    """Place under another parent from a day on (划转). ``kind`` location moves only where statistics count it."""
    _within_scope(organisation, parent)
    if parent.path.startswith(organisation.path):
        raise ValidationError(_("%(name)s cannot stand below itself.") % {"name": organisation.name})
    place_from(organisation, parent, on, kind)
    Event.objects.create(
        organisation=organisation,
        kind=EventKind.MOVED,
        on=on,
        other=parent,
        after=parent.name,
        document=document,
    )
    _stale_since(on)
    note(
        subject=f"organisation:{organisation.code}",
        place=organisation.path,
        after={kind: parent.code},
        why=document,
    )


def place_from(organisation: Organisation, parent: Organisation, on: date, kind: str) -> None:
    """End the running placement and begin another; the path follows 管理隶属. Inside a service only."""
    running = Placement.objects.filter(organisation=organisation, kind=kind, until=None).first()
    if running is not None and running.parent_id == parent.pk:
        return
    if running is not None and running.since >= on:
        running.parent = parent
        running.save()
    else:
        if running is not None:
            running.until = on
            running.save()
        Placement.objects.create(organisation=organisation, parent=parent, kind=kind, since=on)
    if kind == PlacementKind.AUTHORITY:
        _repath(organisation, parent)


def _repath(organisation: Organisation, parent: Organisation) -> None:
    old, new = organisation.path, parent.path + _step(organisation.pk)
    shift = parent.depth + 1 - organisation.depth
    Organisation.plain.filter(under(old)).update(
        path=Concat(Value(new), Substr("path", len(old) + 1)), depth=F("depth") + shift
    )
    organisation.path, organisation.depth = new, organisation.depth + shift


@service(right=KEEP_ORGANISATIONS, touches=TOUCHES)
def close_organisation(organisation: Organisation, on: date, *, document: str = "") -> None:
    """Close from a day on (撤销). Refused while schools stand below it."""
    _within_scope(organisation)
    _close(organisation, on)
    Event.objects.create(organisation=organisation, kind=EventKind.CLOSED, on=on, document=document)
    _stale_since(on)
    note(
        subject=f"organisation:{organisation.code}",
        place=organisation.path,
        why=document,
    )


def _close(organisation: Organisation, on: date) -> None:
    below = Organisation.objects.filter(under(organisation.path), closed_on=None).exclude(pk=organisation.pk)
    if below.exists():
        raise ValidationError(_("%(name)s still has organisations below it.") % {"name": organisation.name})
    Placement.objects.filter(organisation=organisation, until=None, since__lt=on).update(until=on)
    organisation.closed_on = on
    organisation.save()


@service(right=KEEP_ORGANISATIONS, touches=TOUCHES)
def merge_organisations(gone: Sequence[Organisation], into: Organisation, on: date, *, document: str = "") -> None:
    """Merge some into another, which lives on (合并)."""
    _within_scope(into, *gone)
    for organisation in gone:
        _close(organisation, on)
        Event.objects.create(
            organisation=organisation,
            kind=EventKind.MERGED,
            on=on,
            other=into,
            after=into.name,
            document=document,
        )
    _stale_since(on)
    note(
        subject=f"organisation:{into.code}",
        place=into.path,
        before=[o.code for o in gone],
        why=document,
    )


@service(right=KEEP_ORGANISATIONS, touches=TOUCHES)
def split_organisation(
    organisation: Organisation, drafts: Sequence[Draft], on: date, *, document: str = ""
) -> list[Organisation]:
    """Split new organisations off one, which lives on (分设)."""
    _within_scope(organisation, *(d.parent for d in drafts))
    made = open_many(drafts)
    for new in made:
        Event.objects.create(
            organisation=organisation,
            kind=EventKind.SPLIT,
            on=on,
            other=new,
            after=new.name,
            document=document,
        )
    _stale_since(on)
    note(
        subject=f"organisation:{organisation.code}",
        place=organisation.path,
        after=[o.code for o in made],
    )
    return made


def ensure_root(code: str, name: str, kind: str = Kind.CITY) -> Organisation:
    """The top of the tree, made once (system context only)."""
    root = Organisation.plain.filter(code=code).first()
    return root or open_organisation(Draft(code, name, kind, None, date(1949, 10, 1)))


@service(right=KEEP_ORGANISATIONS)
def draw_boundaries(drawn: Sequence[Matched], source: str, review_number: str = "") -> int:
    """Take the outlines of places (载入底图), each in place of the one it had. How many were taken."""
    from tenfold.foundation.calendar import today

    _within_scope(*(one.organisation for one in drawn))
    Boundary.objects.filter(organisation__in=[one.organisation.pk for one in drawn]).delete()
    Boundary.objects.bulk_create(
        Boundary(
            organisation=one.organisation, name=one.outline.name or one.organisation.name,
            rings=[[list(point) for point in ring] for ring in one.outline.rings],
            longitude=one.outline.label[0], latitude=one.outline.label[1],
            source=source[:200], review_number=review_number[:60], loaded_on=today(), loaded_by=require().name[:60],
        )
        for one in drawn
    )  # fmt: skip
    codes = [one.organisation.code for one in drawn]
    note(subject="boundaries", count=len(drawn), after={"places": codes, "source": source, "review": review_number})
    return len(drawn)
