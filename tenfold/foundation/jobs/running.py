"""What a running job holds in its hand: progress, the wish to stop, its end."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import F
from django.utils.timezone import now

from tenfold.foundation.acts import permitted


class LostLease(RuntimeError):
    """Another worker has taken the job over; whatever was done here must be rolled back."""


class Cancelled(RuntimeError):
    """The job was asked to stop and has stopped."""


class Released(RuntimeError):
    """The worker is to end and lets the job go; another takes it up at once. What was done is rolled back."""


GRACE = 10.0
"""Seconds that a job may go on after its worker was told to end: half of what ``tenfold serve`` waits."""


class Run:
    """A job in a worker's hands. ``stop`` is set when its worker is to end."""

    def __init__(self, job: Any, stop: threading.Event | None = None) -> None:
        self.job = job
        self._stop = stop
        self._stopped_at: float | None = None
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
        """Stop here if somebody asked for it, or let go where the worker was told to end and the grace is over."""
        if self.cancelled():
            raise Cancelled(self.job.name)
        if self._stop is not None and self._stop.is_set():
            self._stopped_at = self._stopped_at or time.monotonic()
            if time.monotonic() - self._stopped_at >= GRACE:
                raise Released(self.job.name)

    def hold(self) -> None:
        """Make sure, inside the transaction of a part, that the job is still ours; raises :class:`LostLease`.

        For work that is written in parts: a worker that was thought dead cannot add to what its successor does.
        """
        if not self._mine(cancel_asked=F("cancel_asked")):
            raise LostLease(self.job.name)

    def finish(self, note: str = "") -> None:
        """End the job inside the transaction of its effect; raises :class:`LostLease` where it is no longer ours.

        A second call changes nothing. If the transaction is rolled back, the job is running again.
        """
        words = {"told": note[:200]} if note else {}
        if self._mine(state="done", ended_at=now(), lease_until=None, **words):
            return
        if not self._attempt().filter(state="done").exists():
            raise LostLease(self.job.name)

    def _attempt(self) -> Any:
        return type(self.job).objects.filter(pk=self.job.pk, attempt=self.job.attempt)

    def _mine(self, **changes: Any) -> int:
        with permitted("jobs"):
            return int(self._attempt().filter(state="running").update(**changes))


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

    def hold(self) -> None:
        """Nobody else can take it over."""

    def finish(self, note: str = "") -> None:
        """There is no job to end."""
