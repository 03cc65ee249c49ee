"""Which facts are stale: one row per change, taken away by the sync that has read it."""

from __future__ import annotations

from django.db import models


class DirtyFact(models.Model):
    """A (fact, period) that a service has changed. Rows are only added; the sync deletes those it has read."""

    fact = models.CharField(max_length=80)
    period = models.CharField(max_length=10)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = (models.Index(fields=["fact", "period"]),)
