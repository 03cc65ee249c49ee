"""What is aimed at: the programme with its frame, measures, targets with a value for each place, and what changed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenfold.foundation.fields import classed
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.scope import AccessContext
from tenfold.foundation.scope.models import Scoped


class Level(models.TextChoices):
    """How far down a measure reaches."""

    CITY = "city", _("City")
    COUNTY = "county", _("County")
    TOWNSHIP = "township", _("Township education office")
    SCHOOL = "school", _("School")


class Rule(models.TextChoices):
    """How a city's target becomes that of the places below."""

    SAME = "same", _("the same everywhere")
    EQUAL = "equal", _("in equal parts")
    PUPILS = "pupils", _("by number of pupils")
    GAP = "gap", _("by the gap to the standard")
    HAND = "hand", _("by hand")


class Public(Scoped):
    """What everybody in the house may know: what the city aims at. It is written within the writer's scope alone."""

    class Meta:
        abstract = True
        base_manager_name = "objects"
        default_manager_name = "objects"

    @classmethod
    def scope_condition(cls, context: AccessContext) -> Q | None:
        """No limit on reading."""
        return None


class Programme(Public):
    """A place's year. ``frame``: the declared actions, threads and work beside, as the file has them.

    ``table``: the task table from which it came, cell by cell, so that it can be given back. ``version`` counts what
    was applied or edited; what was derived stays true while it stands.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="programmes")
    code = models.CharField(max_length=60, unique=True)
    name = classed(models.CharField(max_length=120), "public")
    year = classed(models.CharField(max_length=10), "public")
    begun = models.DateField()
    ends = models.DateField()
    frame = classed(models.JSONField(), "public")
    table = classed(models.JSONField(null=True), "internal")
    source = classed(models.CharField(max_length=200, blank=True), "internal")
    digest = models.CharField(max_length=64, blank=True)
    in_force = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    loaded_at = models.DateTimeField(auto_now=True)

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        constraints = (
            models.UniqueConstraint(fields=["in_force"], condition=Q(in_force=True), name="one_programme_in_force"),
        )


class Measure(Public):
    """举措: part of an action. ``lowest``: the lowest level that it reaches; ``ended_on``: no longer pursued."""

    scope_field = "programme__organisation"

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="measures")
    action = models.PositiveSmallIntegerField()
    thread = classed(models.CharField(max_length=12, blank=True), "public")
    number = classed(models.CharField(max_length=20), "public")
    name = classed(models.CharField(max_length=300), "public")
    gloss = classed(models.CharField(max_length=300, blank=True), "public")
    lowest = models.CharField(max_length=10, choices=Level.choices, default=Level.COUNTY)
    order = models.PositiveIntegerField(default=0)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        ordering = ("order", "id")
        constraints = (models.UniqueConstraint(fields=["programme", "number"], name="one_measure_a_number"),)


class Target(Public):
    """目标: an indicator, the value that the programme's place is to reach, the day, and how it is shared out below.

    ``at``: least or most. ``split`` as the indicator asks for it. ``hand``: values set by hand, by the code or name
    of the place.
    """

    scope_field = "measure__programme__organisation"

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="targets")
    number = classed(models.CharField(max_length=24), "public")
    indicator = classed(models.CharField(max_length=80), "public")
    split = classed(models.CharField(max_length=40, blank=True), "public")
    value = models.DecimalField(max_digits=18, decimal_places=4)
    at = classed(models.CharField(max_length=5, default="least"), "public")
    by = models.DateField()
    rule = models.CharField(max_length=8, choices=Rule.choices, default=Rule.SAME)
    level = models.CharField(max_length=10, choices=Level.choices, default=Level.COUNTY)
    hand = classed(models.JSONField(default=dict), "public")
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        ordering = ("id",)


class PlaceTarget(Scoped):
    """What one place is to reach of a target. ``by_hand``: somebody set it, for the ``reason``."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="places")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    value = models.DecimalField(max_digits=18, decimal_places=4)
    by_hand = models.BooleanField(default=False)
    reason = classed(models.CharField(max_length=300, blank=True), "internal")

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        constraints = (models.UniqueConstraint(fields=["target", "organisation"], name="one_target_a_place"),)


class Change(Public):
    """One entry of the programme that was made, altered or ended: rows are only added.

    ``kind`` and ``key`` name the entry (task 2.1.1.1); ``before`` and ``after`` are its fields, None where it did not
    stand. The programme of a past day is today's with the later changes walked back.
    """

    scope_field = "programme__organisation"

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=12)
    key = models.CharField(max_length=40)
    before = classed(models.JSONField(null=True), "internal")
    after = classed(models.JSONField(null=True), "internal")
    on = models.DateField()
    at = models.DateTimeField(auto_now_add=True)
    who = models.BigIntegerField(null=True)
    who_name = classed(models.CharField(max_length=60, blank=True), "internal")
    source = classed(models.CharField(max_length=200, blank=True), "internal")

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        ordering = ("id",)
        indexes = (models.Index(fields=["programme", "on"]),)
