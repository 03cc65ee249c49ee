"""Database sessions; saving one is a named context that may write."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from tenfold.foundation.acts import permitted
from tenfold.foundation.calendar import now


class SessionStore(DatabaseStore):
    """As Django's, through the write guard."""

    def save(self, must_create: bool = False) -> None:
        """Write the session."""
        with permitted("sessions"):
            super().save(must_create)

    def delete(self, session_key: Any = None) -> None:
        """End the session."""
        with permitted("sessions"):
            super().delete(session_key)

    @classmethod
    def clear_expired(cls) -> None:
        """Take away what has run out."""
        with permitted("sessions"):
            super().clear_expired()


def sessions_of(account: Any) -> list[str]:
    """The keys of her live sessions, the oldest first."""
    from django.contrib.sessions.models import Session  # models load after the settings name this module

    live = Session.objects.filter(expire_date__gt=now()).order_by("expire_date")
    return [s.session_key for s in live if s.get_decoded().get("_auth_user_id") == str(account.pk)]


def end_sessions(account: Any, but: str | None = None) -> int:
    """End her sessions, all or all but one, in the caller's service; returns how many."""
    from django.contrib.sessions.models import Session

    ended = [key for key in sessions_of(account) if key != but]
    Session.objects.filter(session_key__in=ended).delete()
    return len(ended)
