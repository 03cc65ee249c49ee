"""An import is undone (撤销导入): what stood before stands again, or nothing is touched and it is said what changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from tenfold.foundation.acts import note, service
from tenfold.foundation.calendar import now
from tenfold.foundation.declare.imports import Kept
from tenfold.foundation.jobs import enqueue
from tenfold.foundation.scope.bulk import insert_rows

from ..kinds import handler_for, reader_of
from ..models import Batch, KeptRecord, State
from ..rights import SEE_IMPORTS
from .receiving import may_import
from .repairing import LARGE

CHUNK = 500
SHOWN = 20


@dataclass(frozen=True)
class Since:
    """A record that keeps an import from being undone: its name, what happened to it since, and by which import."""

    name: str
    what: str
    batch: int | None = None


class CannotUndo(Exception):
    """Something has changed since; nothing was touched. ``since`` names the records, ``count`` how many there are."""

    def __init__(self, since: Sequence[Since], count: int = 0) -> None:
        super().__init__(len(since))
        self.since = list(since)
        self.count = count or len(self.since)

    def __str__(self) -> str:
        return self.text()

    def text(self) -> str:
        """What keeps it, in one line."""
        told = _("; ").join(f"{one.name}{_(': ')}{one.what}" for one in self.since)
        return _("Nothing was undone. %(told)s") % {"told": told}


def keep(batch: Batch, kept: Iterable[Kept]) -> None:
    """Keep what the write has just done, in its own transaction; what stood before is sealed."""
    rows = [
        (
            batch.pk, k.key, "" if k.before is None else json.dumps(k.before, cls=DjangoJSONEncoder), k.stood, k.mark,
        )
        for k in kept
    ]  # fmt: skip
    insert_rows(KeptRecord, ("batch", "key", "before", "stood", "mark"), rows, checked=True)


@service(right=SEE_IMPORTS, touches=("*",))
def undo(batch: Batch, *, finish: Callable[[], None] | None = None) -> Batch:
    """Undo a written import: new records go, changed ones are as before. All of it, or nothing.

    ``finish`` ends the job in the same transaction. Raises :class:`CannotUndo` where a record was changed since, or
    something hangs on one that would go. Undone twice, it changes nothing.
    """
    may_import(batch.kind)
    locked: Batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if locked.state == State.UNDONE:
        return locked
    kept = kept_of(locked)
    if locked.state != State.WRITTEN or len(kept) < bool(locked.counts.get("written")):
        raise CannotUndo([Since(locked.filename, _("it is not kept what stood before this import"))])
    if found := _hindrances(locked, kept):
        raise CannotUndo(found[:SHOWN], len(found))
    handler_for(locked).undo(kept)
    _follow(locked, kept)
    KeptRecord.objects.filter(batch=locked).delete()
    locked.state = State.UNDONE
    locked.counts = {**locked.counts, "undone": len(kept), "hindrance": None}
    locked.save()
    note(subject=f"import:{locked.pk}", place=locked.organisation.path, count=len(kept), after={"undone": len(kept)},
         why=str(reader_of(locked.kind).title))  # fmt: skip
    if finish is not None:
        finish()
    return locked


def is_large(batch: Batch) -> bool:
    """Whether undoing it would keep a page waiting."""
    return int(batch.counts.get("written") or 0) > LARGE


@service(right=SEE_IMPORTS)
def ask_undo(batch: Batch) -> None:
    """Ask for the undoing of a large import, as a job; asked twice, it is done once."""
    may_import(batch.kind)
    locked: Batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if locked.state != State.WRITTEN:
        return
    asked = enqueue("exchange.undo", key=f"exchange.undo:{locked.pk}", batch=locked.pk)
    locked.job = str(asked.pk)
    locked.counts = {**locked.counts, "hindrance": None}
    locked.save()
    note(subject=f"import:{locked.pk}", place=locked.organisation.path, after={"job": "exchange.undo"})


@service(right=SEE_IMPORTS)
def note_hindrance(batch: Batch, fault: CannotUndo) -> None:
    """Say on the import why the job undid nothing."""
    told = {"count": fault.count, "since": [asdict(one) for one in fault.since]}
    batch.counts = {**batch.counts, "hindrance": told}
    batch.save()
    note(subject=f"import:{batch.pk}", place=batch.organisation.path, count=fault.count, after="hindrance")


def grow_old() -> int:
    """Let go of what undoing would need, where an import was written longer ago than the term; says of how many."""
    before = now() - timedelta(days=settings.TENFOLD["UNDO_DAYS"])
    old = Batch.objects.filter(state=State.WRITTEN, written_at__lt=before)
    aged = list(old.filter(pk__in=KeptRecord.objects.values("batch")))
    for batch in aged:
        _let_go(batch)
    return len(aged)


@service(right=SEE_IMPORTS)
def _let_go(batch: Batch) -> None:
    held = KeptRecord.objects.filter(batch=batch)
    note(subject=f"import:{batch.pk}", place=batch.organisation.path, count=held.count(), after="aged")
    held.delete()
    batch.counts = {**batch.counts, "aged": True}
    batch.save()


def kept_of(batch: Batch) -> list[Kept]:
    """What an import did, record by record."""
    rows = KeptRecord.objects.filter(batch=batch).order_by("pk").values_list("key", "before", "stood", "mark")
    return [Kept(key, json.loads(before) if before else None, stood, mark) for key, before, stood, mark in rows]


def _hindrances(batch: Batch, kept: Sequence[Kept]) -> list[Since]:
    """The records that are no longer as the import left them, and those on which something hangs."""
    handler = handler_for(batch)
    keys = [k.key for k in kept]
    marks = handler.marks(keys)
    moved = [k.key for k in kept if marks.get(k.key) != k.mark]
    if moved:
        names, later = handler.names(moved), _later(batch, moved)
        return [Since(names.get(key, key), *(later.get(key) or (_by_hand(key in marks),))) for key in moved]
    ties = handler.ties(kept)
    names = handler.names(list(ties))
    return [Since(names.get(key, key), _("%(what)s stands on it") % {"what": what}) for key, what in ties.items()]


def _by_hand(stands: bool) -> str:
    return _("was changed since") if stands else _("is no longer there")


def _later(batch: Batch, keys: Sequence[str]) -> dict[str, tuple[str, int]]:
    """By which later import each of the records was changed, in words and by its number."""
    found: dict[str, tuple[str, int]] = {}
    for start in range(0, len(keys), CHUNK):
        rows = _others(batch).filter(batch__gt=batch.pk, key__in=keys[start : start + CHUNK]).order_by("-batch")
        for key, pk, name in rows.values_list("key", "batch", "batch__filename"):
            told = _("was changed by import %(number)s, “%(file)s”; undo that one first") % {"number": pk, "file": name}
            found[key] = told, pk
    return found


def _follow(batch: Batch, kept: Sequence[Kept]) -> None:
    """Earlier imports know their records by a digest; where an undo has given one a new digest, they learn it."""
    marks = handler_for(batch).marks([k.key for k in kept if k.before is not None])
    for k in kept:
        if k.before is not None and marks.get(k.key, k.stood) != k.stood:
            _others(batch).filter(batch__lt=batch.pk, key=k.key, mark=k.stood).update(mark=marks[k.key])


def _others(batch: Batch) -> Any:
    return KeptRecord.objects.filter(
        batch__kind=batch.kind, batch__period=batch.period, batch__state=State.WRITTEN
    ).exclude(batch=batch)
