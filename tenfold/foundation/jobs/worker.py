"""The worker: takes what waits and what a dead worker has left."""

from __future__ import annotations

import logging
import threading
import time
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection, transaction
from django.db.models import Q
from django.utils.module_loading import import_string
from django.utils.timezone import now

from tenfold.foundation.acts import permitted
from tenfold.foundation.declare import house
from tenfold.foundation.scope import acting, as_system

from .models import Job, State
from .running import Cancelled, LostLease, Run
from .services import enqueue

log = logging.getLogger(__name__)

HAND_OVERS = 30
"""A job under which so many workers died is given up."""
KEEP = timedelta(days=7)


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


def carry_out(job: Job) -> None:
    """Run a claimed job to its end, its retry or its failure."""
    run = Run(job)
    stop = threading.Event()
    heart = threading.Thread(target=_beat, args=(job, stop), daemon=True)
    heart.start()
    try:
        with context_of(job):
            import_string(house().jobs[job.name].run.replace(":", "."))(run, **job.arguments)
        run.finish()
    except LostLease:
        log.warning("%s %s was taken over", job.name, job.pk)
    except Cancelled:
        _end(job, state=State.CANCELLED)
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
        except DatabaseError:  # the database is busy; the lease outlives several beats
            log.info("a heartbeat of %s was late", job.pk)
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
    pause = timedelta(seconds=5 * 2**job.failures)
    with permitted("jobs"), transaction.atomic():
        taken = Job.objects.filter(key=job.key, state=State.WAITING).exists() if job.key else False
        state = State.FAILED if taken else State.WAITING
        Job.objects.filter(pk=job.pk, attempt=job.attempt, state=State.RUNNING).update(
            state=state, run_after=now() + pause, lease_until=None, fault=words, failures=failures
        )


def keep_schedules() -> None:
    """Ask for what repeats and is due; take away what ended long ago."""
    moment = now()
    for kind in house().jobs.values():
        if kind.every is None:
            continue
        key = f"every:{kind.name}"
        last = Job.objects.filter(name=kind.name, key=key).order_by("-created_at").first()
        busy = last is not None and last.state in (State.WAITING, State.RUNNING)
        if not busy and (last is None or last.created_at <= moment - timedelta(seconds=kind.every)):
            enqueue(kind.name, key=key)
    with permitted("jobs"):
        Job.objects.filter(ended_at__lt=moment - KEEP).delete()


class Worker:
    """Takes jobs one after another until it is told to stop."""

    def __init__(self, pause: float = 0.5) -> None:
        self.pause = pause
        self._scheduled = 0.0

    def run(self, stop: threading.Event, *, once: bool = False) -> int:
        """Work until ``stop`` is set, or until nothing is due when ``once``; returns how many jobs it took."""
        count = 0
        while not stop.is_set():
            if not once:
                close_old_connections()
            if not once and time.monotonic() - self._scheduled > 5:
                self._scheduled = time.monotonic()
                keep_schedules()
            job = claim()
            if job is not None:
                carry_out(job)
                count += 1
            elif once:
                break
            else:
                stop.wait(self.pause)
        return count
