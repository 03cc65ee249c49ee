"""Looking at jobs."""

from __future__ import annotations

from uuid import UUID

from tenfold.foundation.scope import current

from .models import Job


def own(pk: UUID) -> Job | None:
    """A job that the one who asks has asked for herself."""
    context = current()
    if context is None or context.person is None:
        return None
    return Job.objects.filter(pk=pk, person=context.person).first()


def recent(limit: int = 100) -> list[Job]:
    """The latest jobs of the whole house, for the system's administrator."""
    return list(Job.objects.order_by("-created_at")[:limit])
