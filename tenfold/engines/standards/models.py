"""What a county enters of a standard because no return tells it, and who confirmed it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenfold.foundation.fields import classed
from tenfold.foundation.files.models import StoredFile
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.scope.models import Scoped


class State(models.TextChoices):
    """Where an entered item stands."""

    ENTERED = "entered", _("To be confirmed")
    CONFIRMED = "confirmed", _("Confirmed")
    RETURNED = "returned", _("Returned")


class EnteredItem(Scoped):
    """One item of a standard for a place and a period.

    ``value`` where the item asks one, ``verdict`` whether it is met (of a veto: whether it happened).
    ``material`` is the file that it rests on. ``figures``: what the return
    said when it was confirmed, by name of the sentence, so that a later change is seen.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    period = models.CharField(max_length=10)
    standard = classed(models.CharField(max_length=60), "internal")
    item = classed(models.CharField(max_length=40), "internal")
    value = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    verdict = models.BooleanField(null=True)
    remark = classed(models.CharField(max_length=500, blank=True), "internal")
    material = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ENTERED)
    entered_by = models.BigIntegerField(null=True)
    entered_name = classed(models.CharField(max_length=60, blank=True), "internal")
    entered_at = models.DateTimeField()
    confirmed_by = models.BigIntegerField(null=True)
    confirmed_name = classed(models.CharField(max_length=60, blank=True), "internal")
    confirmed_at = models.DateTimeField(null=True)
    reason = classed(models.CharField(max_length=300, blank=True), "internal")
    figures = classed(models.JSONField(default=dict), "internal")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        constraints = (
            models.UniqueConstraint(fields=["organisation", "period", "standard", "item"], name="one_entry_an_item"),
        )
