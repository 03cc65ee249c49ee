"""Papers that were made, and the templates that officers have changed: each version is kept."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tenfold.foundation.calendar import Period
from tenfold.foundation.declare import house
from tenfold.foundation.fields import classed
from tenfold.foundation.files.models import StoredFile
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.scope.models import Scoped


class Template(Scoped):
    """A version of a template as an officer sent it: it holds at its place and below, until another follows it or the
    house's own is taken up again (``ended_at``).
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    who = models.BigIntegerField(null=True)
    who_name = classed(models.CharField(max_length=60, blank=True), "internal")
    sent_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "kind"], condition=Q(ended_at__isnull=True), name="one_template_in_use"
            ),
        )


class Paper(Scoped):
    """One making of a paper: who asked for it, and what came of it.

    ``organisation``: whose paper it is; ``about``: the place of which it tells (another one for a letter).
    ``fault``: why it could not be made. ``edited``: what a hand has changed in Word and given back.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    about = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)
    period = models.CharField(max_length=10)
    template = models.ForeignKey(Template, models.PROTECT, related_name="+", null=True)
    word = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True)
    pdf = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True)
    edited = models.BooleanField(default=False)
    fault = classed(models.CharField(max_length=400, blank=True), "internal")
    no_pdf = classed(models.CharField(max_length=200, blank=True), "internal")
    job = models.CharField(max_length=36, blank=True)
    who = models.BigIntegerField(null=True)
    who_name = classed(models.CharField(max_length=60, blank=True), "internal")
    asked_at = models.DateTimeField(auto_now_add=True)
    made_on = models.DateField(null=True)

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        ordering = ("-id",)
        indexes = (models.Index(fields=["organisation", "kind", "period"]),)

    @property
    def span(self) -> Period:
        """The period of which it tells."""
        return Period.parse(self.period, house().papers[self.kind].period)

    @property
    def title(self) -> str:
        """What it is called."""
        return str(house().papers[self.kind].title)
