"""Sending what lies in the outbox."""

from __future__ import annotations

from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage

from tenfold.foundation.acts import permitted
from tenfold.foundation.calendar import now

from .mail import way_out
from .models import OutboxMail


def send_mail(run: Any) -> None:
    """Send every unsent mail; one that fails stays, with its reason, for the next run (five tries)."""
    for mail in OutboxMail.objects.filter(sent_at=None, attempts__lt=5).order_by("pk")[:100]:
        mail.attempts += 1
        try:
            EmailMessage(
                mail.subject,
                mail.body,
                settings.DEFAULT_FROM_EMAIL,
                mail.to.split(", "),
                connection=way_out(),
            ).send()
            mail.sent_at, mail.fault = now(), ""
        except (OSError, SMTPException) as fault:
            mail.fault = str(fault)[:200]
        with permitted("jobs"):
            mail.save()
