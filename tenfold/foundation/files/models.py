"""A file that somebody sent: what it was called, how large it is, who brought it, to which place it belongs."""

from __future__ import annotations

from django.db import models

from tenfold.foundation.fields import classed
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.scope.models import Scoped


class StoredFile(Scoped):
    """A file with its contents in ``var/files``, under ``digest``. Several may tell of the same contents."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, db_index=True)
    name = classed(models.CharField(max_length=200), "internal")
    size = models.BigIntegerField()
    media_type = classed(models.CharField(max_length=100, blank=True), "internal")
    who = models.BigIntegerField(null=True)
    who_name = classed(models.CharField(max_length=60, blank=True), "internal")
    kept_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        ordering = ("id",)
