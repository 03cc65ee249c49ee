"""Reading a file into staged rows and judging them. Staged rows are no truth yet: they are written in chunks.

A worker that is killed here leaves an import that says so; checking begins anew and ends the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction

from tenfold.foundation.acts import note, permitted, service
from tenfold.foundation.declare.imports import Flaw
from tenfold.foundation.fields import Unreadable
from tenfold.foundation.files import queries as files
from tenfold.foundation.scope.bulk import insert_known

from ..analysis import Staged, analyse, layout_of
from ..judging import Judge, Line, Verdict
from ..kinds import handler_class, handler_for, mapping_of, vocabulary_of
from ..models import ENDED, Batch, KnownHeading, RowState, StagedRow, State
from ..presets import recognised
from ..reading import Limits, ReadingFault, open_book
from ..rights import SEE_IMPORTS

CHUNK = 500
Progress = Callable[[int, int, str], None]
Hold = Callable[[], None]
"""Raises inside a transaction whose work is no longer ours to do; see ``jobs.running.Run.hold``."""


def _free() -> None:
    """Nobody else can take the work over."""


def check(batch: Batch, *, ask: bool = True, progress: Progress | None = None, hold: Hold = _free) -> Batch:
    """Read the file if that is still to be done, judge every row, and say what writing would do.

    ``ask``: stop at columns that a person must confirm; otherwise such columns are not imported and the
    import tells so. ``hold`` stands in the transaction of every part, so that a worker that was thought dead
    adds nothing to what its successor does. The state becomes refused, columns, or checked. Idempotent.
    """
    tell = progress or (lambda done, total, text: None)
    if batch.state in ENDED:
        return batch
    _set(batch, State.CHECKING, hold)
    tell(0, 0, "read")
    if not batch.tables:
        try:
            staged = _read(batch)
        except ReadingFault as fault:
            return _refuse(batch, fault, hold)
        batch.tables = [sheet.layout.plain() for sheet in staged]
        lines = [
            Line(index, number, cells, role) for index, sheet in enumerate(staged) for number, cells, role in sheet.rows
        ]
        fresh = True
    else:
        lines = lines_of(batch)
        fresh = False
    if ask and any(layout["issues"] for layout in batch.tables):
        if fresh:
            _insert(batch, lines, [Verdict() for _line in lines], tell, hold)
        return _conclude(batch, State.COLUMNS, lines, [], hold)
    tell(0, len(lines), "judge")
    verdicts = judge_of(batch).judge(lines)
    if fresh:
        _insert(batch, lines, verdicts, tell, hold)
    else:
        _update(batch, lines, verdicts, hold)
    return _conclude(batch, State.CHECKED, lines, verdicts, hold)


def _read(batch: Batch) -> list[Staged]:
    if batch.file is None:
        raise ReadingFault("damaged_file")
    try:
        with files.opened(batch.file) as stream:
            book = open_book(stream, Limits(file=settings.TENFOLD["UPLOAD_LIMIT"]))
    except (FileNotFoundError, Unreadable) as fault:
        raise ReadingFault("damaged_file") from fault
    batch.format = book.kind
    if not batch.mapping and (known := recognised(book, batch.kind)) is not None:
        batch.preset, batch.mapping = known.code, known.text
    remembered = {
        heading: (address, unit)
        for heading, address, unit in KnownHeading.objects.filter(
            organisation=batch.organisation, kind=batch.kind
        ).values_list("heading", "address", "unit")
    }
    personal = getattr(handler_class(batch.kind), "personal", False)
    return analyse(book, vocabulary_of(batch.kind), mapping_of(batch), remembered, personal=personal)


def judge_of(batch: Batch) -> Judge:
    """What judges the rows of an import."""
    layouts = [layout_of(layout) for layout in batch.tables]
    return Judge(vocabulary_of(batch.kind), layouts, mapping_of(batch), handler_for(batch), batch.pk)


def lines_of(batch: Batch) -> list[Line]:
    """The staged rows as the judge takes them, in order."""
    return [
        Line(sheet, number, cells, role, state == RowState.SKIPPED, corrections or {}, frozenset(seen or ()))
        for sheet, number, cells, role, state, corrections, seen in StagedRow.objects.filter(batch=batch)
        .order_by("sheet", "number")
        .values_list("sheet", "number", "cells", "role", "state", "corrections", "seen")
        .iterator(chunk_size=2000)
    ]


def flaw_data(flaw: Flaw) -> dict[str, Any]:
    """A flaw as a staged row keeps it."""
    return {
        "code": flaw.code,
        "address": flaw.address,
        "params": dict(flaw.params),
        "suggestion": flaw.suggestion,
        "level": flaw.level,
    }


def _outcome(line: Line, verdict: Verdict) -> dict[str, Any]:
    state = RowState.SKIPPED if line.skipped else RowState.FAULTY if verdict.flaws else RowState.GOOD
    return {
        "state": state,
        "flaws": [flaw_data(flaw) for flaw in verdict.flaws] or None,
        "change": verdict.change.state,
        "basis": verdict.change.basis,
    }


def _insert(batch: Batch, lines: Sequence[Line], verdicts: Sequence[Verdict], tell: Progress, hold: Hold) -> None:
    with permitted("jobs"), transaction.atomic():
        hold()
        StagedRow.objects.filter(batch=batch).delete()
    for start in range(0, len(lines), CHUNK):
        rows = [
            {
                "batch": batch.pk,
                "sheet": line.sheet,
                "number": line.number,
                "cells": line.cells,
                "role": line.role,
                **_outcome(line, verdict),
            }
            for line, verdict in zip(lines[start : start + CHUNK], verdicts[start : start + CHUNK], strict=True)
        ]
        with permitted("jobs"), transaction.atomic():
            hold()
            insert_known(StagedRow, rows)
        tell(min(start + CHUNK, len(lines)), len(lines), "stage")


def _update(batch: Batch, lines: Sequence[Line], verdicts: Sequence[Verdict], hold: Hold) -> None:
    """Write what changed since the last check, chunk by chunk."""
    changed: list[StagedRow] = []
    for row, line, verdict in zip(_rows(batch), lines, verdicts, strict=True):
        outcome = _outcome(line, verdict)
        if any(getattr(row, name) != value for name, value in outcome.items()):
            for name, value in outcome.items():
                setattr(row, name, value)
            changed.append(row)
    for start in range(0, len(changed), CHUNK):
        with permitted("jobs"), transaction.atomic():
            hold()
            StagedRow.objects.bulk_update(
                changed[start : start + CHUNK], ["state", "flaws", "change", "basis"], batch_size=100
            )


def _rows(batch: Batch) -> Iterator[StagedRow]:
    return (
        StagedRow.objects.filter(batch=batch)
        .order_by("sheet", "number")
        .only("pk", "batch", "state", "flaws", "change", "basis")
        .iterator(chunk_size=2000)
    )


def counted(lines: Sequence[Line], verdicts: Sequence[Verdict]) -> dict[str, int]:
    """How many rows there are, how many are in order, and what writing them would do."""
    data = [index for index, line in enumerate(lines) if line.role == "data"]
    skipped = sum(lines[index].skipped for index in data)
    told = [v for v in verdicts if v.flaws]
    flaws = [flaw for verdict in told for flaw in verdict.flaws]
    changes = [verdicts[index].change.state for index in data] if verdicts else []
    return {
        "rows": len(data),
        "skipped": skipped,
        "faulty": len(told),
        "good": len(data) - skipped - sum(bool(verdicts[index].flaws) for index in data) if verdicts else 0,
        "errors": sum(flaw.level == "error" for flaw in flaws),
        "warnings": sum(flaw.level != "error" for flaw in flaws),
        "new": changes.count("new"),
        "changed": changes.count("changed"),
        "unchanged": changes.count("unchanged"),
    }


def _set(batch: Batch, state: str, hold: Hold) -> None:
    with permitted("jobs"), transaction.atomic():
        hold()
        batch.state = state
        batch.save(update_fields=["state"])


@service(right=SEE_IMPORTS)
def _refuse(batch: Batch, fault: ReadingFault, hold: Hold) -> Batch:
    hold()
    batch.state = State.REFUSED
    batch.problem = {"code": fault.code, "params": fault.params}
    batch.save()
    note(subject=f"import:{batch.pk}", place=batch.organisation.path, after=batch.problem)
    return batch


@service(right=SEE_IMPORTS)
def _conclude(batch: Batch, state: str, lines: Sequence[Line], verdicts: Sequence[Verdict], hold: Hold) -> Batch:
    hold()
    batch.state = state
    batch.problem = {}
    batch.counts = counted(lines, verdicts)
    batch.save()
    note(subject=f"import:{batch.pk}", place=batch.organisation.path, count=len(lines), after=batch.counts)
    return batch
