"""Django's mail backend: into the outbox; and the way out, to the console or by SMTP."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
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
            enqueue("notices.send_mail", key="notices.send_mail")
        return len(email_messages)


def way_out() -> Any:
    """The real connection: ``TENFOLD_MAIL`` is ``console`` or ``smtp://user:password@host:port``."""
    target = settings.TENFOLD["MAIL"]
    if target == "console":
        return get_connection("django.core.mail.backends.console.EmailBackend")
    parts = urlsplit(target)
    return get_connection(
        "django.core.mail.backends.smtp.EmailBackend",
        host=parts.hostname,
        port=parts.port or 587,
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_ssl=parts.scheme == "smtps",
        use_tls=parts.scheme == "smtp" and parts.port != 25,
        timeout=20,
    )
