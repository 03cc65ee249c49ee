"""The outbox."""

from __future__ import annotations

from django.db import models

from tenfold.foundation.fields import EncryptedText, classed


class OutboxMail(models.Model):
    """A mail to be sent: written in the caller's transaction, sent by a job."""

    to = EncryptedText()
    subject = classed(models.CharField(max_length=200), "internal")
    body = EncryptedText()
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    fault = classed(models.CharField(max_length=200, blank=True), "internal")
