"""月调度 and 季通报: what a period's lights were when it was frozen, and what units said of theirs before."""

from __future__ import annotations

from django.db import models

from tenfold.foundation.calendar import Period
from tenfold.foundation.fields import classed
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.scope.models import Scoped

from .plan import Programme, Public
from .tasks import Assignment


class FrozenPeriod(Public):
    """A month (2023-11) or a quarter (2023Q4) of a programme. ``hearing_from``: from when on units may explain
    themselves; ``freezes_on``: the day on whose evening it is frozen; ``frozen_at``: when it was.
    """

    scope_field = "programme__organisation"

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="periods")
    period = models.CharField(max_length=10)
    hearing_from = models.DateField()
    freezes_on = models.DateField()
    frozen_on = models.DateField(null=True, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        ordering = ("freezes_on", "id")
        constraints = (models.UniqueConstraint(fields=["programme", "period"], name="one_freeze_a_period"),)

    @property
    def span(self) -> Period:
        """The month or quarter: a month is written like a school year, its kind tells them apart."""
        return Period.parse(self.period, "quarter" if "Q" in self.period else "month")

    @property
    def title(self) -> str:
        """The month or quarter in words."""
        return self.span.title


class FrozenLight(Scoped):
    """The light of an assignment as it was when its period was frozen: the one place where a light is kept.

    ``told``: what the page said of it then (reason, value, missing, day), as plain data.
    """

    frozen = models.ForeignKey(FrozenPeriod, models.PROTECT, related_name="lights")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="frozen")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    light = classed(models.CharField(max_length=10), "public")
    told = classed(models.JSONField(default=dict), "internal")

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        constraints = (models.UniqueConstraint(fields=["frozen", "assignment"], name="one_light_a_period"),)


class Explanation(Scoped):
    """What a unit says of its light in the hearing before a period is frozen; it changes no light."""

    frozen = models.ForeignKey(FrozenPeriod, models.CASCADE, related_name="explanations")
    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="explanations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    text = classed(models.CharField(max_length=500), "internal")
    who = models.BigIntegerField(null=True)
    who_name = classed(models.CharField(max_length=60, blank=True), "internal")
    on = models.DateField()
    at = models.DateTimeField(auto_now=True)

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        constraints = (models.UniqueConstraint(fields=["frozen", "assignment"], name="one_explanation_a_period"),)
