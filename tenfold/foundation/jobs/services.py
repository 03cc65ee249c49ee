"""Asking for work, and asking it to stop."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.timezone import now
from django.utils.translation import get_language

from tenfold.foundation.acts import permitted
from tenfold.foundation.declare import house
from tenfold.foundation.scope import current


def enqueue(name: str, *, key: str = "", after: datetime | None = None, **arguments: Any) -> Any:
    """Ask for a job by its declared name, in the caller's transaction; returns the Job.

    With a ``key``, a job that still waits under it is returned instead of a second one, and is due at
    the earlier of the two times. The job acts
    for the person and post that ask. Raises KeyError for a name that no manifest declares.
    """
    from .models import Job, State

    kind = house().jobs[name]
    context = current()
    job = Job(
        name=kind.name,
        key=key,
        arguments=arguments,
        run_after=after or now(),
        person=context.person if context else None,
        post=context.post if context else None,
        language=get_language() or "",
    )
    with permitted("jobs"):
        if not key:
            job.save(force_insert=True)
            return job
        waiting = Job.objects.filter(key=key, state=State.WAITING)
        try:
            with transaction.atomic():
                # Held until the caller commits, so that no worker starts before the change it is asked for stands.
                found = waiting.select_for_update().first()
                if found is None:
                    job.save(force_insert=True)
                elif found.run_after > job.run_after:
                    found.run_after = job.run_after
                    found.save(update_fields=["run_after"])
                return found or job
        except IntegrityError:  # another asked at the same moment
            return waiting.first() or enqueue(name, key=key, after=after, **arguments)


def ask_cancel(job: Any) -> None:
    """Ask a job to stop: at once where it waits, at its next look where it runs."""
    from .models import Job, State

    with permitted("jobs"):
        stopped = Job.objects.filter(pk=job.pk, state=State.WAITING).update(state=State.CANCELLED, ended_at=now())
        if not stopped:
            Job.objects.filter(pk=job.pk, state=State.RUNNING).update(cancel_asked=True)
