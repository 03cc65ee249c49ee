"""A Person is one human; an Appointment is a dated post at an organisation.

The number of a person may be any; the name of a pupil or a guardian who signs in stays empty here (see ``pupils``).
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenfold.foundation.fields import EncryptedText, classed
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.scope import AccessContext
from tenfold.foundation.scope.models import Scoped


class Person(Scoped):
    """One human. Reached through an appointment within the scope, or as oneself."""

    scope_field = ""

    number = classed(models.CharField(_("Staff number"), max_length=30, unique=True), "internal")
    name = classed(models.CharField(_("Full name"), max_length=60, blank=True), "internal")
    sort_key = classed(models.CharField(max_length=120, blank=True, db_index=True), "internal")
    phone = EncryptedText(_("Phone"), blank=True, default="")

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        ordering = ("sort_key", "id")

    def __str__(self) -> str:
        return self.name or self.number

    @classmethod
    def scope_condition(cls, context: AccessContext) -> Q | None:
        """Those appointed within her places, and herself."""
        if context.everywhere:
            return None
        here = Appointment.objects.all().values("person")
        return Q(pk__in=here) | Q(pk__in=context.persons)


class Appointment(Scoped):
    """A dated post. ``role`` is a code of roles.toml, or '' for a post without sign-in rights."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="appointments")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="appointments")
    title = classed(models.CharField(_("Post"), max_length=60), "public")
    role = models.CharField(_("Role"), max_length=30, blank=True)
    subject = classed(models.CharField(_("Subject taught"), max_length=30, blank=True), "internal")
    main = models.BooleanField(default=True)
    since = models.DateField(_("Since"))
    until = models.DateField(_("Until"), null=True, blank=True)

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        ordering = ("-main", "since", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=models.F("since")),
                name="appointment_dates",
            ),
        )

    @classmethod
    def scope_condition(cls, context: AccessContext) -> Q | None:
        """Posts within her places, and her own."""
        if context.everywhere:
            return None
        return Q(organisation__in=Organisation.objects.all()) | Q(person__in=context.persons)
