"""An import as the command line tells it."""

from __future__ import annotations

from typing import Any

from tenfold.foundation.fields import mask

from .kinds import guarded
from .models import Batch, State
from .queries import faults, problem_text, same_written


def report(batch: Batch, *, dry_run: bool = False) -> dict[str, Any]:
    """Rows read and written, every fault with sheet, row, column, code and text; what else is worth knowing."""
    counts = batch.counts
    before = same_written(batch)
    found = [
        {
            "sheet": f.sheet,
            "row": f.row,
            "column": f.column,
            "code": f.code,
            "text": f.text,
            "level": f.level,
            "value": f.value,
            "suggestion": mask(f.suggestion or "") or None if f.address in guarded(batch.kind) else f.suggestion,
        }
        for f in faults(batch)
    ]
    if batch.problem:
        whole = {"sheet": "", "row": None, "column": "", "code": batch.problem["code"], "text": problem_text(batch)}
        found.insert(0, {**whole, "level": "error", "value": "", "suggestion": None})
    return {
        "batch": batch.pk,
        "kind": batch.kind,
        "file": batch.filename,
        "under": batch.organisation.code,
        "period": batch.period,
        "read_as": batch.format,
        "preset": batch.preset,
        "state": batch.state,
        "dry_run": dry_run,
        "rows_read": counts.get("rows", 0),
        "rows_written": counts.get("written", 0) if batch.state == State.WRITTEN else 0,
        "new": counts.get("new", 0),
        "changed": counts.get("changed", 0),
        "unchanged": counts.get("unchanged", 0),
        "skipped": counts.get("skipped", 0),
        "same_file_written": {"batch": before.pk, "at": before.written_at and before.written_at.isoformat()}
        if before
        else None,
        "faults": found,
    }
