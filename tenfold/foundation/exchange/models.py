"""Imports with their rows. The rows stay after writing: they are the source of every figure made of them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenfold.foundation.fields import EncryptedJSON, EncryptedText, classed
from tenfold.foundation.files.models import StoredFile
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.scope.models import Scoped


class State(models.TextChoices):
    """Where an import stands."""

    RECEIVED = "received", _("Received")
    REFUSED = "refused", _("Cannot be read")
    COLUMNS = "columns", _("Columns to be confirmed")
    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked")
    WRITING = "writing", _("Being written")
    WRITTEN = "written", _("Written")
    DROPPED = "dropped", _("Dropped")
    UNDONE = "undone", _("Undone")


ENDED = (State.WRITTEN, State.DROPPED, State.UNDONE)
"""No check and no writing follows any more."""


class Batch(Scoped):
    """One file that somebody sent, and what became of it.

    ``tables``: per sheet that holds a table: heading rows, headings, sources (address, columns, signs,
    basis, unit), the column of the stage, the unit noted above, and rows that are no data. ``problem``:
    code and params of what is wrong with the file as a whole. ``counts``: rows by state and what writing
    would do, or did. ``key`` tells the same file sent again. ``format``
    is what it was read as (xlsx, xls, csv), ``preset`` the known export by whose headings it was understood.
    """

    kind = models.CharField(max_length=30)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    period = models.CharField(max_length=10, blank=True)
    filename = classed(models.CharField(max_length=200), "internal")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True)
    digest = models.CharField(max_length=64)
    format = classed(models.CharField(max_length=4, blank=True, default=""), "internal")
    preset = classed(models.CharField(max_length=60, blank=True, default=""), "internal")
    key = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField(default=0)
    uploader = models.BigIntegerField(null=True)
    uploader_name = classed(models.CharField(max_length=60, blank=True), "internal")
    post = models.BigIntegerField(null=True)
    mapping = classed(models.TextField(blank=True), "internal")
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    tables = classed(models.JSONField(default=list), "internal")
    problem = classed(models.JSONField(default=dict), "internal")
    counts = classed(models.JSONField(default=dict), "internal")
    job = models.CharField(max_length=40, blank=True)
    received_at = models.DateTimeField(auto_now_add=True)
    written_at = models.DateTimeField(null=True)

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        ordering = ("-id",)


class RowState(models.TextChoices):
    """What a staged row is."""

    GOOD = "good", _("in order")
    FAULTY = "faulty", _("to be handled")
    SKIPPED = "skipped", _("left out")


class StagedRow(Scoped):
    """A row of a sheet as it was sent. ``number`` counts from 1, as Excel shows it.

    ``role``: data, or total or subtotal of the rows above. ``corrections``: column → what it should hold
    instead (None: unknown). ``seen``: warnings that somebody has looked at. ``flaws``: those that stand, see
    ``declare.imports.Flaw``. ``basis``: digest of what stood when it was checked. What a row holds is sealed.
    """

    scope_field = "batch__organisation"

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="rows")
    sheet = models.PositiveSmallIntegerField(default=0)
    number = models.PositiveIntegerField()
    role = models.CharField(max_length=10, default="data")
    cells: Any = EncryptedJSON(default=list)
    state = models.CharField(max_length=8, choices=RowState.choices, default=RowState.GOOD)
    corrections: Any = EncryptedJSON(null=True)  # type: ignore[misc]
    seen = classed(models.JSONField(null=True), "internal")
    flaws: Any = EncryptedJSON(null=True)  # type: ignore[misc]
    change = models.CharField(max_length=10, blank=True)
    basis = models.CharField(max_length=64, blank=True)

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        ordering = ("batch", "sheet", "number")
        constraints = (models.UniqueConstraint(fields=["batch", "sheet", "number"], name="one_staged_row"),)
        indexes = (models.Index(fields=["batch", "state"]),)


class KeptRecord(Scoped):
    """What an import did to one record, see ``declare.imports.Kept``: kept until it is undone."""

    scope_field = "batch__organisation"

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="kept")
    key = models.CharField(max_length=120, db_index=True)
    before = EncryptedText(blank=True, default="")
    stood = classed(models.CharField(max_length=64, blank=True), "internal")
    mark = classed(models.CharField(max_length=64), "internal")

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        ordering = ("batch", "id")


class KnownHeading(Scoped):
    """What a heading meant the last time an organisation sent it. An empty address: not imported."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30)
    heading = classed(models.CharField(max_length=200), "internal")
    address = models.CharField(max_length=60, blank=True)
    unit = models.CharField(max_length=10, blank=True)
    used_at = models.DateTimeField(auto_now=True)

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        constraints = (models.UniqueConstraint(fields=["organisation", "kind", "heading"], name="one_meaning"),)
