"""Jobs."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenfold.foundation.fields import classed


class State(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Stopped")


class Job(models.Model):
    """One piece of work.

    ``attempt`` and ``lease_until`` say which worker holds it; ``failures`` counts its own faults, not the workers'.
    ``language`` is that in which it was asked, and in which it tells how far it is.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = classed(models.CharField(max_length=60), "internal")
    key = models.CharField(max_length=120, blank=True)
    arguments = classed(models.JSONField(default=dict), "internal")
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    attempt = models.PositiveSmallIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)
    run_after = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    told = classed(models.CharField(max_length=200, blank=True), "internal")
    cancel_asked = models.BooleanField(default=False)
    fault = classed(models.CharField(max_length=300, blank=True), "internal")
    person = models.BigIntegerField(null=True)
    post = models.BigIntegerField(null=True)
    language = classed(models.CharField(max_length=12, blank=True), "internal")
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["state", "run_after"]),
            models.Index(fields=["name", "created_at"]),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["key"], condition=Q(state="waiting") & ~Q(key=""), name="one_waiting_job_a_key"
            ),
        )
