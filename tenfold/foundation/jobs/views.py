"""Progress of one's own job, and the list for the system's administrator."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from tenfold.foundation.declare import house

from . import queries, services


def progress(request: Any, pk: UUID) -> HttpResponse:
    """A fragment that the page polls until the job has ended."""
    job = queries.own(pk)
    if job is None:
        raise Http404
    return render(request, "jobs/progress.html", {"job": job, "kind": house().jobs[job.name]})


def cancel(request: Any, pk: UUID) -> HttpResponse:
    """Ask one's own job to stop."""
    job = queries.own(pk)
    if job is None:
        raise Http404
    services.ask_cancel(job)
    return redirect("job", pk=pk)


def jobs(request: Any) -> HttpResponse:
    """后台任务: what waits, runs, failed."""
    rows = [(job, house().jobs[job.name]) for job in queries.recent() if job.name in house().jobs]
    return render(request, "jobs/jobs.html", {"rows": rows})
