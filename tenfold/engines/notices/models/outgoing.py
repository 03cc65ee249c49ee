"""What goes out of the house: rows that a worker leases, sends and marks."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenfold.foundation.calendar import now
from tenfold.foundation.fields import EncryptedText, classed
from tenfold.foundation.scope import AccessContext
from tenfold.foundation.scope.models import Scoped

from .notices import Addressed, Notice


class State(models.TextChoices):
    """Where a sending stands."""

    WAITING = "waiting", _("Waiting to be sent")
    SENDING = "sending", _("On its way")
    SENT = "sent", _("Sent")
    NEEDLESS = "needless", _("No longer needed")
    NO_ADDRESS = "no_address", _("No address")
    REFUSED = "refused", _("Refused by the channel")


class Outgoing(models.Model):
    """The state machine of all that goes out: waiting, leased under a claim, then ended.

    A worker writes its claim before it sends and the end after it; where it dies between the two, the lease
    runs out and the row waits again. So nothing is lost, and what was in the dead worker's hand alone may go twice.
    """

    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    claim = classed(models.CharField(max_length=32, blank=True, default=""), "internal")
    lease_until = models.DateTimeField(null=True)
    run_after = models.DateTimeField(default=now)
    tries = models.PositiveSmallIntegerField(default=0)
    fault = classed(models.CharField(max_length=200, blank=True, default=""), "internal")
    sent_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Sending(Outgoing, Scoped):
    """One addressed notice on one channel; with ``notice`` in its place, one notice to a group's robot.

    ``key`` is its idempotency key; ``round`` counts the reminders.
    """

    scope_field = ""

    key = models.CharField(max_length=80, unique=True)
    addressed = models.ForeignKey(Addressed, models.CASCADE, related_name="sendings", null=True)
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="group_sendings", null=True)
    channel = classed(models.CharField(max_length=16), "internal")
    round = models.PositiveSmallIntegerField(default=0)

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        indexes = (models.Index(fields=["state", "run_after"]), models.Index(fields=["claim"]))

    @classmethod
    def scope_condition(cls, context: AccessContext) -> Q | None:
        """Those of the addressed notices that she reaches."""
        return None if context.everywhere else Q(addressed__in=Addressed.objects.order_by())


class OutboxMail(Outgoing):
    """A mail of its own, as the sign-in writes it: put down in the caller's transaction."""

    to = EncryptedText()
    subject = classed(models.CharField(max_length=200), "internal")
    body = EncryptedText()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = (models.Index(fields=["state", "run_after"]),)


class ChannelRest(models.Model):
    """A channel that did not answer rests until a time that grows with its failures; what it should send waits."""

    channel = classed(models.CharField(max_length=16, unique=True), "internal")
    until = models.DateTimeField()
    since = models.DateTimeField()
    failures = models.PositiveIntegerField(default=0)
    fault = classed(models.CharField(max_length=200, blank=True, default=""), "internal")
