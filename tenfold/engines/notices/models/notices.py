"""A notice, those to whom it is addressed, and how each of them wants to be reached."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenfold.foundation.fields import EncryptedJSON, EncryptedText, classed
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.people.models import Person
from tenfold.foundation.scope import AccessContext
from tenfold.foundation.scope.models import Scoped


class Notice(Scoped):
    """What is told. ``organisation`` is the sender's, None where the house itself tells; ``key`` lets it stand once.

    Reached by whoever reaches the sending organisation; its addressees come to it through :class:`Addressed`.
    """

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=160, unique=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="notices", null=True)
    sender = models.ForeignKey(Person, models.SET_NULL, related_name="notices_sent", null=True)
    title = classed(models.CharField(_("Title"), max_length=120), "internal")
    body = EncryptedText(_("Text"), blank=True, default="")
    link = classed(models.CharField(max_length=300, blank=True), "internal")
    due = models.DateField(_("To be receipted by"), null=True)
    receipt = models.BooleanField(_("Asks for a receipt"), default=False)
    reminded_at = models.DateTimeField(null=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        ordering = ("-created_at", "-id")
        indexes = (models.Index(fields=["organisation", "created_at"]),)


class Receipt(models.TextChoices):
    """How a receipt came."""

    SELF = "self", _("by the addressee")
    PAPER = "paper", _("on paper, entered by a colleague")


class Addressed(Scoped):
    """One notice to one person in her post at an organisation: when she read it and when she signed for it.

    ``paper_code`` stands on the paper sheet. Reached by the addressee and by whoever reaches the notice.
    """

    scope_field = ""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="addressed")
    person = models.ForeignKey(Person, models.CASCADE, related_name="notices")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="notices_received", null=True)
    read_at = models.DateTimeField(null=True)
    receipted_at = models.DateTimeField(null=True)
    receipted = models.CharField(max_length=5, choices=Receipt.choices, blank=True)
    entered_by = models.ForeignKey(Person, models.SET_NULL, related_name="+", null=True)
    paper_code = classed(models.CharField(max_length=8, null=True, unique=True), "internal")

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        ordering = ("-id",)
        indexes = (models.Index(fields=["person", "read_at"]),)
        constraints = (models.UniqueConstraint(fields=["notice", "person"], name="one_notice_a_person"),)

    @classmethod
    def scope_condition(cls, context: AccessContext) -> Q | None:
        """Her own, and those of the notices that her places have sent."""
        if context.everywhere:
            return None
        own = Q(person__in=context.persons)
        return own | Q(notice__in=Notice.objects.order_by()) if context.places else own


class Settings(Scoped):
    """How one person wants to be reached outside the house. A person without a row has the house's own settings.

    ``off`` and ``channels_off`` are codes of kinds and of channels that she has switched off.
    """

    scope_field = ""

    person = models.OneToOneField(Person, models.CASCADE, related_name="notice_settings")
    off = classed(models.JSONField(default=list), "internal")
    channels_off = classed(models.JSONField(default=list), "internal")
    identities = EncryptedJSON(default=dict)
    quiet_from = models.TimeField(_("Quiet from"), null=True)
    quiet_until = models.TimeField(_("Quiet until"), null=True)
    digest = models.BooleanField(_("One summary a day"), default=False)

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"

    @classmethod
    def scope_condition(cls, context: AccessContext) -> Q | None:
        """Her own alone."""
        return None if context.everywhere else Q(person__in=context.persons)
