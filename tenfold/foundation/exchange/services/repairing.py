"""What a person does about faults before anything is written: replace, keep, leave out."""

from __future__ import annotations

from typing import Any

from tenfold.foundation.acts import note, service

from ..kinds import guarded
from ..models import Batch, RowState, StagedRow, State
from ..rights import SEE_IMPORTS
from .receiving import may_import
from .staging import check

LARGE = 3000
"""Rows above which an import is not checked anew within the request: the caller asks for a job."""


def again(batch: Batch) -> Batch:
    """Judge a small import anew at once; a large one is left to the job that the caller asks for."""
    if batch.counts.get("rows", 0) > LARGE:
        return batch
    return check(batch, ask=False)


def _row(batch: Batch, sheet: int, number: int) -> StagedRow:
    may_import(batch.kind)
    return StagedRow.objects.select_for_update().get(
        batch=batch, batch__state=State.CHECKED, sheet=sheet, number=number
    )


def replace_value(batch: Batch, sheet: int, number: int, column: int, value: str | None) -> Batch:
    """Put another value in place of a cell (采用, 填写); None makes it unknown (记为待填). The file stays as sent."""
    _replace(batch, sheet, number, column, value)
    return again(batch)


@service(right=SEE_IMPORTS)
def _replace(batch: Batch, sheet: int, number: int, column: int, value: str | None) -> None:
    row = _row(batch, sheet, number)
    row.corrections = {**(row.corrections or {}), str(column): value}
    row.save()
    note(
        subject=f"import:{batch.pk}",
        place=batch.organisation.path,
        after={"sheet": sheet, "row": number, "column": column} | ({} if guarded(batch.kind) else {"value": value}),
    )


def keep_value(batch: Batch, sheet: int, number: int, code: str, address: str) -> Batch:
    """Say that a warning was looked at and the value is true."""
    _keep(batch, sheet, number, code, address)
    return again(batch)


@service(right=SEE_IMPORTS)
def _keep(batch: Batch, sheet: int, number: int, code: str, address: str) -> None:
    row = _row(batch, sheet, number)
    row.seen = sorted({*(row.seen or ()), f"{code}:{address}"})
    row.save()
    note(
        subject=f"import:{batch.pk}", place=batch.organisation.path, after={"row": number, "kept": f"{code}:{address}"}
    )


def leave_out(batch: Batch, sheet: int | None = None, number: int | None = None) -> Batch:
    """Leave out one row, or, where none is named, every row that is still to be handled (跳过)."""
    _leave_out(batch, sheet, number)
    return again(batch)


@service(right=SEE_IMPORTS)
def _leave_out(batch: Batch, sheet: int | None, number: int | None) -> None:
    may_import(batch.kind)
    rows = StagedRow.objects.filter(batch=batch, batch__state=State.CHECKED)
    rows = rows.filter(state=RowState.FAULTY) if number is None else rows.filter(sheet=sheet, number=number)
    count = rows.update(state=RowState.SKIPPED)
    note(subject=f"import:{batch.pk}", place=batch.organisation.path, count=count, after={"left out": number or "all"})


def put_back(batch: Batch, sheet: int, number: int) -> Batch:
    """Take a row that was left out in again."""
    _put_back(batch, sheet, number)
    return again(batch)


@service(right=SEE_IMPORTS)
def _put_back(batch: Batch, sheet: int, number: int) -> None:
    row = _row(batch, sheet, number)
    row.state, row.corrections, row.seen = RowState.GOOD, None, None
    row.save()
    note(subject=f"import:{batch.pk}", place=batch.organisation.path, after={"taken in": number})


def take_suggestions(batch: Batch) -> Batch:
    """Take every suggestion of an error at once; warnings are left to be looked at one by one."""
    _take(batch)
    return again(batch)


@service(right=SEE_IMPORTS)
def _take(batch: Batch) -> None:
    may_import(batch.kind)
    taken = 0
    for row in StagedRow.objects.filter(batch=batch, batch__state=State.CHECKED, state=RowState.FAULTY):
        found: dict[str, Any] = {
            str(flaw["params"]["column"]): flaw["suggestion"]
            for flaw in row.flaws or ()
            if flaw["suggestion"] and flaw["level"] == "error" and "column" in flaw["params"]
        }
        if found:
            row.corrections = {**(row.corrections or {}), **found}
            row.save()
            taken += len(found)
    note(subject=f"import:{batch.pk}", place=batch.organisation.path, count=taken, after={"suggestions": taken})
