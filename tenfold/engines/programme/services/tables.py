"""A task table is received, its cells are decided, it is applied as a whole or dropped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from tenfold.foundation.acts import note, service
from tenfold.foundation.calendar import now
from tenfold.foundation.files import services as files
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.people.queries import own_name
from tenfold.foundation.scope import require

from ..content import entries_of
from ..models import DraftState, Programme, TableDraft
from ..queries.drafts import Understood, decided_before, understood_draft
from ..rights import KEEP_PROGRAMME
from ..tables.grid import Document
from ..tables.settled import Settled
from .plan import PlanFault, Preview, apply, compared

__all__ = [
    "apply_table",
    "apply_understood",
    "drop_table",
    "preview_table",
    "receive_table",
    "settle_table",
    "with_fix",
    "with_heading",
    "with_row",
    "with_unit",
]


@service(right=KEEP_PROGRAMME)
def receive_table(
    arrived: files.Arrived, name: str, document: Document, place: Organisation, programme: Programme | None = None
) -> TableDraft:
    """Keep a file, sealed, with its cells; nothing of the programme changes. ``programme``: into which its tasks go."""
    file = files.keep(arrived, name=name, place=place)
    own = programme is None or programme.table is not None
    draft = TableDraft.objects.create(
        organisation=place, programme=programme, file=file, filename=file.name, document=document.plain(),
        settled=decided_before(document, programme, place).plain(), ends_rest=own,
        who=require().person, who_name=own_name(),
    )  # fmt: skip
    note(subject=f"table:{draft.pk}", place=place.path, why=file.name)
    return draft


@service(right=KEEP_PROGRAMME)
def settle_table(draft: TableDraft, change: Callable[[Settled], Settled], *, ends_rest: bool | None = None) -> None:
    """Decide of a cell, a heading, a unit, a row, or of what the table does not name."""
    _still_open(draft)
    draft.settled = change(Settled.of(draft.settled)).plain()
    draft.ends_rest = draft.ends_rest if ends_rest is None else ends_rest
    draft.save()
    note(subject=f"table:{draft.pk}", place=draft.organisation.path)


@service(right=KEEP_PROGRAMME)
def apply_table(draft: TableDraft, *, reason: str = "") -> Programme:
    """Make a table the programme, or part of it: all of it or nothing. Raises :class:`PlanFault`."""
    _still_open(draft)
    row = apply_understood(understood_draft(draft), draft.filename, reason)
    draft.programme, draft.state, draft.applied_at = row, DraftState.APPLIED, now()
    draft.save()
    note(subject=f"table:{draft.pk}", place=draft.organisation.path, why=draft.filename)
    return row


@service(right=KEEP_PROGRAMME)
def apply_understood(found: Understood, source: str, reason: str = "") -> Programme:
    """Apply a table as it is understood, keep it cell by cell, and put its programme in force."""
    if found.open:
        raise PlanFault(_("Nothing was written: cells or units of the table still wait for a decision."))
    if not found.rows:
        raise PlanFault(_("Nothing was written: every row of the table is left out."))
    row = apply(found.planning.programme, found.place, source=source, keep_unknown=True, reason=reason)
    rows = {number: str(read.place) for number, read in found.planning.rows.items()}
    row.table = {
        "document": found.document.plain(), "settled": found.settled.plain(), "year": found.read.year, "rows": rows,
    }  # fmt: skip
    if not row.in_force:
        for other in Programme.objects.filter(in_force=True):
            other.in_force = False
            other.save()
        row.in_force = True
    row.save()
    note(subject=f"programme:{row.code}", place=found.place.path, count=len(found.rows), why=source)
    return row


def preview_table(found: Understood) -> Preview:
    """What applying a table would change; nothing is written. Raises :class:`PlanFault`."""
    now = entries_of(found.stands) if found.stands else {}
    return compared(found.planning.programme, found.standing, now, found.directory)


@service(right=KEEP_PROGRAMME)
def drop_table(draft: TableDraft) -> None:
    """Take a table away that was not applied, with its file."""
    _still_open(draft)
    file: Any = draft.file
    note(subject=f"table:{draft.pk}", place=draft.organisation.path, why=draft.filename)
    draft.delete()
    files.forget(file)


def _still_open(draft: TableDraft) -> None:
    if draft.state != DraftState.OPEN:
        raise PlanFault(_("This table was applied already; send it again to apply it anew."))


def with_fix(place: str, fix: dict[str, Any] | None) -> Callable[[Settled], Settled]:
    """A cell is to mean something (as), stays as words (keep), or is judged anew (None)."""

    def change(held: Settled) -> Settled:
        fixes = {key: value for key, value in held.fixes.items() if key != place}
        return replace(held, fixes={**fixes, place: fix} if fix else fixes)

    return change


def with_unit(text: str, meant: str | None) -> Callable[[Settled], Settled]:
    """A unit means another, stays as words (''), or is asked for anew (None)."""

    def change(held: Settled) -> Settled:
        told = {key: value for key, value in held.units.items() if key != text}
        return replace(held, units=told if meant is None else {**told, text: meant})

    return change


def with_heading(text: str, field: str) -> Callable[[Settled], Settled]:
    """A heading means a field, '' for none."""
    return lambda held: replace(held, headings={**held.headings, text: field})


def with_row(place: str, *, taken: bool) -> Callable[[Settled], Settled]:
    """A row is left out, or taken after all."""

    def change(held: Settled) -> Settled:
        others = tuple(each for each in held.skips if each != place)
        return replace(held, skips=others if taken else (*others, place))

    return change
