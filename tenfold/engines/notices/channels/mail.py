"""E-mail, to the console or by SMTP."""

from __future__ import annotations

from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from .faults import Down, Message, NotThere


def send(words: dict[str, Any], address: str, message: Message) -> None:
    """One mail. Its Message-ID is made of the key, so that whoever gets it twice sees it once."""
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("<> ") or "localhost"
    mail = EmailMessage(
        message.title,
        message.text,
        settings.DEFAULT_FROM_EMAIL,
        address.split(", "),
        connection=way_out(),
        headers={"Message-ID": f"<{message.key}@{host}>"},
    )
    try:
        mail.send()
    except SMTPRecipientsRefused as fault:
        codes = [code for code, _words in fault.recipients.values()]
        if all(code >= 500 for code in codes):
            raise NotThere(f"SMTP {codes[0]}") from None
        raise Down(f"SMTP {codes[0]}") from None
    except (OSError, SMTPException) as fault:
        raise Down(type(fault).__name__) from None


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
