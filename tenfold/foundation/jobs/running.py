"""What a running job holds in its hand: progress, the wish to stop, its end."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.utils.timezone import now

from tenfold.foundation.acts import permitted


class LostLease(RuntimeError):
    """Another worker has taken the job over; whatever was done here must be rolled back."""


class Cancelled(RuntimeError):
    """The job was asked to stop and has stopped."""


class Run:
    """A job in a worker's hands."""

    def __init__(self, job: Any) -> None:
        self.job = job
        self.finished = False
        self._told_at = 0.0

    def progress(self, done: int, total: int = 0, note: str = "") -> None:
        """Say how far it is, at most twice a second. Silent inside a transaction, where nobody could read it."""
        moment = time.monotonic()
        if connection.in_atomic_block or moment - self._told_at < 0.5:
            return
        self._told_at = moment
        self._mine(done=done, total=total, told=note[:200])

    def cancelled(self) -> bool:
        """Whether somebody asked it to stop."""
        return bool(type(self.job).objects.filter(pk=self.job.pk, cancel_asked=True).exists())

    def check(self) -> None:
        """Stop here if somebody asked for it."""
        if self.cancelled():
            raise Cancelled(self.job.name)

    def finish(self, note: str = "") -> None:
        """End the job inside the transaction of its effect; raises :class:`LostLease` where it is no longer ours."""
        if self.finished:
            return
        words = {"told": note[:200]} if note else {}
        if not self._mine(state="done", ended_at=now(), lease_until=None, **words):
            raise LostLease(self.job.name)
        self.finished = True

    def _mine(self, **changes: Any) -> int:
        with permitted("jobs"):
            mine = type(self.job).objects.filter(pk=self.job.pk, attempt=self.job.attempt, state="running")
            return int(mine.update(**changes))


class InlineRun:
    """The same, for work done at once on the command line; ``tell`` gets (done, total, note)."""

    def __init__(self, tell: Callable[[int, int, str], None] | None = None) -> None:
        self.tell = tell

    def progress(self, done: int, total: int = 0, note: str = "") -> None:
        """Pass it on."""
        if self.tell:
            self.tell(done, total, note)

    def cancelled(self) -> bool:
        """Ctrl-C is the only way to stop it."""
        return False

    def check(self) -> None:
        """Never stops here."""

    def finish(self, note: str = "") -> None:
        """There is no job to end."""
