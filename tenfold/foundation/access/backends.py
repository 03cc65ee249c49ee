"""Sign-ins of the demonstration open nothing outside demo mode."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings

DEMO_PREFIX = "demo-"
"""How the sign-in names of the demonstration begin."""


class Backend(AuthenticationBackend):
    """Local accounts."""

    def user_can_authenticate(self, user: Any) -> bool:
        """As allauth's; a demonstration's account is nobody where the settings do not say that this is one.

        Asked at the sign-in and again for every request of a session.
        """
        if user.get_username().lower().startswith(DEMO_PREFIX) and not settings.TENFOLD["DEMO"]:
            return False
        return bool(super().user_can_authenticate(user))
