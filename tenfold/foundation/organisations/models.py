"""Organisations, their dated placements and their events."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenfold.foundation.fields import classed
from tenfold.foundation.scope import AccessContext
from tenfold.foundation.scope.models import Scoped

STEP = 7
"""Digits of one step of a path: the organisation's id, zero-filled. Digits alone, so that every
collation of both databases orders them alike and a prefix is a range."""


class Kind(models.TextChoices):
    """What an organisation is. The order of the administrative ones is the order of the tree."""

    PROVINCE = "province", _("Province")
    CITY = "city", _("City")
    COUNTY = "county", _("County")
    TOWNSHIP = "township", _("Township education office")
    SCHOOL = "school", _("School")
    POINT = "point", _("Teaching point")
    OFFICE = "office", _("Office")
    UNIVERSITY = "university", _("University")
    ENTERPRISE = "enterprise", _("Enterprise")
    PARTNER = "partner", _("Social partner")


SCHOOLS = (Kind.SCHOOL, Kind.POINT)


class PlainManager(models.Manager["Organisation"]):
    """Unscoped: for this package's own upkeep of the tree, nowhere else."""


class Organisation(Scoped):
    """A place of the tree, or a partner beside it. Nothing is overwritten that a past day may ask for."""

    scope_field = ""

    code = models.CharField(_("Code"), max_length=20, unique=True)
    name = classed(models.CharField(_("Name"), max_length=120), "public")
    sort_key = classed(models.CharField(max_length=240, blank=True, db_index=True), "public")
    initials = classed(models.CharField(max_length=60, blank=True, db_index=True), "public")
    kind = models.CharField(_("Kind"), max_length=12, choices=Kind.choices)
    school_type = models.CharField(_("School type"), max_length=3, blank=True)
    locale = models.CharField(_("Urban, town or rural"), max_length=3, blank=True)
    sector = models.CharField(_("Public or private"), max_length=8, blank=True)
    boarding = models.BooleanField(_("Boarding"), null=True, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    coordinates = models.CharField(_("Coordinate system"), max_length=8, blank=True)
    built_on = models.DateField(_("Built on"), null=True, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    path = classed(models.CharField(max_length=STEP * 10, blank=True, db_index=True), "internal")
    depth = models.PositiveSmallIntegerField(default=0)

    plain = PlainManager()

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        ordering = ("path",)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def scope_condition(cls, context: AccessContext) -> Q | None:
        """Within the subtree of one of her places."""
        if context.everywhere:
            return None
        condition = Q(pk__in=[])
        for prefix in context.places:
            condition |= under(prefix)
        return condition

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saved by this package's services alone, which check the place."""
        super(Scoped, self).save(*args, **kwargs)


def under(prefix: str, field: str = "path") -> Q:
    """At or below a path: a range, so that the index serves on both databases."""
    if not prefix:
        return Q()
    return Q(
        **{
            f"{field}__gte": prefix,
            f"{field}__lt": f"{prefix[:-1]}{chr(ord(prefix[-1]) + 1)}",
        }
    )


class PlacementKind(models.TextChoices):
    """The two parents of a school."""

    AUTHORITY = "authority", _("Administered by")
    LOCATION = "location", _("Located in")


class Placement(Scoped):
    """A dated parent. ``until`` is the first day on which it no longer holds."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="placements")
    parent = models.ForeignKey(Organisation, models.PROTECT, related_name="placed", null=True, blank=True)
    kind = models.CharField(max_length=10, choices=PlacementKind.choices)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        indexes = (models.Index(fields=["organisation", "kind", "since"]),)
        constraints = (
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=models.F("since")),
                name="placement_dates",
            ),
            models.UniqueConstraint(
                fields=["organisation", "kind"],
                condition=Q(until__isnull=True),
                name="placement_one_open",
            ),
        )


class EventKind(models.TextChoices):
    """What may befall an organisation."""

    OPENED = "opened", _("Opened")
    MERGED = "merged", _("Merged")
    SPLIT = "split", _("Split")
    RENAMED = "renamed", _("Renamed")
    CLOSED = "closed", _("Closed")
    MOVED = "moved", _("Moved")


class Event(Scoped):
    """Something that befell an organisation on a day; ``other`` is the other party of a merger or split."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=8, choices=EventKind.choices)
    on = models.DateField()
    other = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events_of_others",
    )
    before = classed(models.CharField(max_length=120, blank=True), "public")
    after = classed(models.CharField(max_length=120, blank=True), "public")
    document = classed(models.CharField(max_length=80, blank=True), "public")

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        ordering = ("-on", "-id")


class Boundary(Scoped):
    """The outline of a place as a map draws it: what somebody gave, with fewer points, and by whom it was reviewed.

    ``rings``: closed rings of [longitude, latitude], the first point not repeated, islands and holes alike.
    ``longitude`` and ``latitude`` are where its name is written. Without a review number (审图号) the page says so.
    """

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="boundary")
    name = classed(models.CharField(max_length=60), "public")
    rings = classed(models.JSONField(), "public")
    longitude = models.FloatField()
    latitude = models.FloatField()
    coordinates = models.CharField(_("Coordinate system"), max_length=8, default="GCJ02")
    source = classed(models.CharField(max_length=200), "public")
    review_number = classed(models.CharField(max_length=60, blank=True), "public")
    loaded_on = models.DateField()
    loaded_by = classed(models.CharField(max_length=60), "internal")

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
