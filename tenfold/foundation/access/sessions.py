"""Database sessions; saving one is a named context that may write."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from tenfold.foundation.acts import permitted


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
