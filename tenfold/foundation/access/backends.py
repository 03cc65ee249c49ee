"""Local accounts: who may come in with a password."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings

from .models import Account
from .queries import context_of_account

DEMO_PREFIX = "demo-"
"""How the sign-in names of the demonstration begin. They open nothing outside demo mode."""


class Backend(AuthenticationBackend):
    """As allauth's, but an account that is closed is answered like a wrong password."""

    def authenticate(self, request: Any, **credentials: Any) -> Any:
        """The account, or None. allauth lays aside whoever knew the password and may not come in: forgotten here."""
        user = super().authenticate(request, **credentials)
        if user is None:
            self.unstash_authenticated_user()
        return user if user is None or self._holds_post(user) else self._forget()

    def _holds_post(self, user: Any) -> bool:
        return context_of_account(user) is not None

    def _forget(self) -> None:
        """Whoever holds no post is answered like a wrong password."""
        self.unstash_authenticated_user()

    def get_user(self, user_id: Any) -> Account | None:
        """The account of a session with its person, whose name every page shows, in one query."""
        user = Account.objects.select_related("person").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None

    def user_can_authenticate(self, user: Any) -> bool:
        """Asked at the sign-in, and again for every request of a session."""
        if user.get_username().lower().startswith(DEMO_PREFIX) and not settings.TENFOLD["DEMO"]:
            return False
        return bool(super().user_can_authenticate(user))
