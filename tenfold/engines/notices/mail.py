"""Django's mail backend: into the outbox, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from tenfold.foundation.acts import permitted
from tenfold.foundation.jobs import enqueue

from .models import OutboxMail


class OutboxBackend(BaseEmailBackend):
    """Writes mails down and asks the worker to send them."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Put messages into the outbox; returns how many."""
        with permitted("jobs"):
            for message in email_messages:
                OutboxMail.objects.create(
                    to=", ".join(message.to),
                    subject=message.subject[:200],
                    body=str(message.body),
                )
            enqueue("notices.send", key="notices.send")
        return len(email_messages)
