"""A task table (任务分解表) that somebody sent, until it is applied."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenfold.foundation.fields import EncryptedJSON, classed
from tenfold.foundation.files.models import StoredFile
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.scope.models import Scoped

from .plan import Programme


class DraftState(models.TextChoices):
    """Where a table stands."""

    OPEN = "open", _("Being looked at")
    APPLIED = "applied", _("Applied")


class TableDraft(Scoped):
    """One file that somebody sent, and what was decided of its cells.

    ``programme``: into which its tasks go, None where it is to be a programme of its own. ``document``: the file cell
    by cell. ``settled``: decisions (``tables.settled``). ``ends_rest``: what it does not name is ended.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+", null=True, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    filename = classed(models.CharField(max_length=200), "internal")
    document: Any = EncryptedJSON(default=dict)
    settled = classed(models.JSONField(default=dict), "internal")
    ends_rest = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=DraftState.choices, default=DraftState.OPEN)
    who = models.BigIntegerField(null=True)
    who_name = classed(models.CharField(max_length=60, blank=True), "internal")
    received_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        ordering = ("-id",)
