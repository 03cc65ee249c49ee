"""All or nothing: the rows of an import become true in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tenfold.foundation.acts import note, service
from tenfold.foundation.calendar import now
from tenfold.foundation.declare.imports import ImportRow

from ..kinds import guarded, handler_class, handler_for, reader_of
from ..models import Batch, KnownHeading, RowState, StagedRow, State
from ..rights import SEE_IMPORTS
from ..vocabulary import normal
from .receiving import forget_file, may_import
from .staging import Progress, judge_of, lines_of
from .undoing import keep


class NotReady(Exception):
    """An import with rows that are still to be handled. ``open`` says how many."""

    def __init__(self, open_rows: int) -> None:
        super().__init__(open_rows)
        self.open = open_rows


class Conflict(Exception):
    """What the rows were compared with has changed since. ``rows``: (sheet, row number) of those concerned."""

    def __init__(self, rows: Sequence[tuple[str, int]]) -> None:
        super().__init__(len(rows))
        self.rows = list(rows)

    def text(self) -> str:
        """What happened and what to do, in one line."""
        where = ", ".join(f"{sheet} {number}" for sheet, number in self.rows[:10])
        return _("Nothing was written: somebody else has meanwhile changed what these rows tell of (%(rows)s). "
                 "Check again, then write.") % {"rows": where}  # fmt: skip


def write(
    batch: Batch,
    *,
    skip_faulty: bool = False,
    warnings_seen: bool = False,
    progress: Progress | None = None,
    finish: Callable[[], None] | None = None,
) -> Batch:
    """Write all rows of a checked import, or none. ``finish`` ends the job in the same transaction.

    ``skip_faulty`` leaves faulty rows out; ``warnings_seen`` takes rows that have only warnings. Raises
    :class:`NotReady` where rows are still to be handled, :class:`Conflict` where others have written
    meanwhile. Written twice, it changes nothing: an import that is written stays as it is.
    """
    if batch.state in (State.WRITTEN, State.UNDONE):
        return batch
    tell = progress or (lambda done, total, text: None)
    staged = {
        (row["sheet"], row["number"]): row
        for row in StagedRow.objects.filter(batch=batch).values("sheet", "number", "state", "change", "basis", "flaws")
    }
    lines = lines_of(batch)
    judge = judge_of(batch)
    rows, waiting = [], 0
    for row in judge.rows(lines):
        held = staged[lines[row.index].sheet, row.number]
        if held["state"] == RowState.GOOD or (warnings_seen and held["change"]):
            rows.append(row)
        elif held["state"] == RowState.FAULTY:
            waiting += 1
    totals = {(line.sheet, line.number) for line in lines if line.role != "data"}
    waiting += sum(held["state"] == RowState.FAULTY for place, held in staged.items() if place in totals)
    if batch.state not in (State.CHECKED, State.WRITING) or (waiting and not skip_faulty):
        raise NotReady(waiting)
    tell(0, len(rows), "write")
    bases = [
        (staged[lines[row.index].sheet, row.number]["change"], staged[lines[row.index].sheet, row.number]["basis"])
        for row in rows
    ]
    return _write(batch, rows, bases, finish)


@service(right=SEE_IMPORTS, touches=("*",))
def _write(
    batch: Batch, rows: Sequence[ImportRow], bases: Sequence[tuple[str, str]], finish: Callable[[], None] | None
) -> Batch:
    may_import(batch.kind)
    locked = Batch.objects.select_for_update().get(pk=batch.pk)
    if locked.state in (State.WRITTEN, State.UNDONE):
        return locked
    handler = handler_for(locked)
    changes = handler.preview(rows)
    moved = [
        (row.sheet, row.number)
        for row, change, basis in zip(rows, changes, bases, strict=True)
        if (change.state, change.basis) != basis
    ]
    if moved:
        raise Conflict(moved)
    try:
        handler.write(rows)
    except ValidationError as fault:
        raise Conflict([]) from fault
    keep(locked, handler.kept())
    states = [change.state for change in changes]
    locked.state = State.WRITTEN
    locked.written_at = now()
    locked.counts = {
        **locked.counts,
        "written": states.count("new") + states.count("changed"),
        **{state: states.count(state) for state in ("new", "changed", "unchanged")},
    }
    locked.save()
    _remember(locked)
    if getattr(handler_class(locked.kind), "personal", False):
        forget_file(locked)
    if guarded(locked.kind):
        StagedRow.objects.filter(batch=locked).delete()
    note(subject=f"import:{locked.pk}", place=locked.organisation.path, count=len(rows), after=locked.counts,
         why=str(reader_of(locked.kind).title))  # fmt: skip
    if finish is not None:
        finish()
    return locked


@service(right=SEE_IMPORTS)
def note_conflict(batch: Batch, conflict: Conflict) -> None:
    """Say on the import that others had written meanwhile; it is then checked anew."""
    batch.counts = {**batch.counts, "conflict": [list(row) for row in conflict.rows[:50]]}
    batch.save()
    note(subject=f"import:{batch.pk}", place=batch.organisation.path, count=len(conflict.rows), after="conflict")


def _remember(batch: Batch) -> None:
    """Keep what the headings meant, for the next file of the same office."""
    meanings: dict[str, tuple[str, str]] = {}
    for layout in batch.tables:
        for source in layout["sources"]:
            if source["basis"] in ("confirmed", "saved", "title", "synonym") and len(source["columns"]) == 1:
                heading = normal(layout["headings"][source["columns"][0]])[:200]
                meanings[heading] = (source["address"], source["unit"])
    KnownHeading.objects.bulk_create(
        [
            KnownHeading(organisation=batch.organisation, kind=batch.kind, heading=heading, address=address, unit=unit)
            for heading, (address, unit) in meanings.items()
        ],
        batch_size=100,
        update_conflicts=True,
        unique_fields=["organisation", "kind", "heading"],
        update_fields=["address", "unit", "used_at"],
    )
