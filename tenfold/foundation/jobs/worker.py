"""The worker: takes what waits and what a dead worker has left."""

from __future__ import annotations

import logging
import threading
import time
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import Error as DatabaseFault
from django.db import IntegrityError, close_old_connections, connection, transaction
from django.db.models import Q
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.timezone import now

from tenfold.foundation.acts import permitted
from tenfold.foundation.declare import house
from tenfold.foundation.scope import acting, as_system

from .models import Job, State
from .running import Cancelled, LostLease, Released, Run
from .services import enqueue

log = logging.getLogger(__name__)

HAND_OVERS = 30
"""A job under which so many workers died is given up."""
KEEP = timedelta(days=7)
PATIENCE = 2.0
"""Seconds until a database that did not answer is asked again."""


class NoLongerInPost(RuntimeError):
    """Whoever asked for the job no longer holds the post in which she asked."""


def lease() -> timedelta:
    """How long a worker holds a job without a sign of life."""
    return timedelta(seconds=settings.TENFOLD["LEASE_SECONDS"])


def claim() -> Job | None:
    """Take the next job: one that waits, or one whose lease has run out."""
    moment = now()
    due = Q(state=State.WAITING, run_after__lte=moment) | Q(state=State.RUNNING, lease_until__lt=moment)
    for job in Job.objects.filter(due).order_by("run_after")[:5]:
        kind = house().jobs.get(job.name)
        same = Job.objects.filter(pk=job.pk, state=job.state, attempt=job.attempt)
        with permitted("jobs"):
            if job.cancel_asked:
                same.update(state=State.CANCELLED, ended_at=moment, lease_until=None)
                continue
            if kind is None or job.attempt >= HAND_OVERS:
                same.update(state=State.FAILED, ended_at=moment, fault="the worker died too often")
                continue
            taken = same.update(
                state=State.RUNNING, attempt=job.attempt + 1, lease_until=moment + lease(), started_at=moment
            )
        if taken:
            job.refresh_from_db()
            return job
    return None


def context_of(job: Job) -> AbstractContextManager[Any]:
    """Act for whoever asked, else as the named system."""
    kind = house().jobs[job.name]
    if job.person is None or kind.system or kind.every is not None:
        return as_system(f"job:{job.name}")
    context = import_string(settings.TENFOLD["CONTEXT_OF_POST"])(job.person, job.post)
    if context is None:
        raise NoLongerInPost(job.name)
    return acting(context)


def carry_out(job: Job, ending: threading.Event | None = None) -> None:
    """Run a claimed job to its end, its retry or its failure. ``ending`` is set when the worker is to end."""
    log.info("%s %s begins, attempt %s", job.name, job.pk, job.attempt)
    run = Run(job, ending)
    stop = threading.Event()
    heart = threading.Thread(target=_beat, args=(job, stop), daemon=True)
    heart.start()
    try:
        with context_of(job), translation.override(job.language or settings.LANGUAGE_CODE):
            import_string(house().jobs[job.name].run.replace(":", "."))(run, **job.arguments)
        run.finish()
    except LostLease:
        log.warning("%s %s was taken over", job.name, job.pk)
    except Cancelled:
        _end(job, state=State.CANCELLED)
    except Released:
        log.info("%s %s was let go", job.name, job.pk)
        _back(job)
    except Exception as fault:
        log.exception("%s %s, attempt %s", job.name, job.pk, job.attempt)
        _again_or_fail(job, fault)
    finally:
        stop.set()
        heart.join()


def _beat(job: Job, stop: threading.Event) -> None:
    """Renew the lease while the work runs."""
    while not stop.wait(settings.TENFOLD["LEASE_SECONDS"] / 4):
        try:
            with permitted("jobs"):
                Job.objects.filter(pk=job.pk, attempt=job.attempt, state=State.RUNNING).update(
                    lease_until=now() + lease()
                )
        except DatabaseFault:  # busy, or gone for a moment; the lease outlives several beats
            log.info("a heartbeat of %s was late", job.pk)
            connection.close()
    connection.close()


def _end(job: Job, **changes: Any) -> None:
    with permitted("jobs"):
        Job.objects.filter(pk=job.pk, attempt=job.attempt, state=State.RUNNING).update(
            ended_at=now(), lease_until=None, **changes
        )


def _again_or_fail(job: Job, fault: BaseException) -> None:
    words = f"{type(fault).__name__}: {fault}"[:300]
    failures = job.failures + 1
    if isinstance(fault, NoLongerInPost) or failures >= house().jobs[job.name].attempts:
        _end(job, state=State.FAILED, fault=words, failures=failures)
        return
    _back(job, run_after=now() + timedelta(seconds=5 * 2**job.failures), fault=words, failures=failures)


def _back(job: Job, **changes: Any) -> None:
    """Let a job wait again. Where another waits under its key, that one does the work, and this one ends."""
    try:
        with permitted("jobs"), transaction.atomic():
            Job.objects.filter(pk=job.pk, attempt=job.attempt, state=State.RUNNING).update(
                state=State.WAITING, lease_until=None, **changes
            )
    except IntegrityError:
        _end(job, state=State.CANCELLED, **changes)


def keep_schedules() -> None:
    """Ask for what repeats and is due."""
    moment = now()
    for kind in house().jobs.values():
        if kind.every is None:
            continue
        key = f"every:{kind.name}"
        last = Job.objects.filter(name=kind.name, key=key).order_by("-created_at").first()
        busy = last is not None and last.state in (State.WAITING, State.RUNNING)
        if not busy and (last is None or last.created_at <= moment - timedelta(seconds=kind.every)):
            enqueue(kind.name, key=key)


def sweep() -> None:
    """Take away what ended long ago."""
    with permitted("jobs"):
        Job.objects.filter(ended_at__lt=now() - KEEP).delete()


class Worker:
    """Takes jobs one after another until it is told to stop."""

    def __init__(self, pause: float = 0.5) -> None:
        self.pause = pause
        self._due = {keep_schedules: 0.0, sweep: 0.0}

    def run(self, stop: threading.Event, *, once: bool = False) -> int:
        """Work until ``stop`` is set, or until nothing is due when ``once``; returns how many jobs it took.

        A database that is busy or gone for a while is waited for; with ``once`` its fault is raised.
        """
        count = 0
        while not stop.is_set():
            try:
                found = self._turn(stop, once)
            except DatabaseFault:
                if once:
                    raise
                log.warning("the database does not answer; tried again in %s s", PATIENCE, exc_info=True)
                connection.close()
                stop.wait(PATIENCE)
                continue
            count += found
            if not found:
                if once:
                    break
                stop.wait(self.pause)
        return count

    def _turn(self, stop: threading.Event, once: bool) -> bool:
        if not once:
            close_old_connections()
            self._keep_house()
        job = claim()
        if job is not None:
            carry_out(job, stop)
        return job is not None

    def _keep_house(self) -> None:
        for work, every in ((keep_schedules, 5), (sweep, 3600)):
            if time.monotonic() >= self._due[work]:
                work()
                self._due[work] = time.monotonic() + every
