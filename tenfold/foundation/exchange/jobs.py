"""The importer's long work, as jobs: checking and writing."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from . import services
from .models import Batch, State


def check(run: Any, batch: int) -> None:
    """Read and check an import; stops at columns to be confirmed."""
    services.check(Batch.objects.get(pk=batch), progress=_teller(run), hold=run.hold)


def write(run: Any, batch: int) -> None:
    """Write a checked import; the job ends in the transaction that makes the rows true."""
    found = Batch.objects.get(pk=batch)
    if found.state in (State.WRITTEN, State.UNDONE):
        return
    try:
        if found.state == State.CHECKING:  # a worker that met a conflict died while it compared anew
            raise services.Conflict([])
        services.write(found, progress=_teller(run), finish=run.finish)
    except services.Conflict as conflict:
        checked = services.check(Batch.objects.get(pk=batch), progress=_teller(run), hold=run.hold)
        services.note_conflict(checked, conflict)


def undo(run: Any, batch: int) -> None:
    """Undo a large import, or say on it what has changed since."""
    found = Batch.objects.get(pk=batch)
    try:
        services.undo(found, finish=run.finish)
    except services.CannotUndo as fault:
        services.note_hindrance(found, fault)


def grow_old(run: Any) -> None:
    """Let go of what undoing would need, where the term is over."""
    services.grow_old()


def _teller(run: Any) -> services.Progress:
    def tell(done: int, total: int, text: str) -> None:
        words = {
            "read": _("Reading the file"),
            "judge": _("Checking the rows"),
            "stage": _("Checked %(done)s of %(total)s rows"),
            "write": _("Writing"),
        }
        run.progress(done, total, words.get(text, text) % {"done": done, "total": total})
        run.check()

    return tell
