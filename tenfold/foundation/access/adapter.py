"""How allauth behaves here: no self sign-up, writes as a named context, the audit knows of every sign-in."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.signals import password_changed, password_reset
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.contrib.sessions.models import Session
from django.dispatch import receiver

from tenfold.foundation.acts import permitted
from tenfold.foundation.audit import services as audit
from tenfold.foundation.calendar import now


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator."""

    def is_open_for_signup(self, request: Any) -> bool:
        """Nobody signs herself up."""
        return False

    def get_login_redirect_url(self, request: Any) -> str:
        """Home is the to-do list."""
        return "/"


@receiver(user_login_failed)
def note_failed(sender: Any, credentials: dict[str, Any], request: Any = None, **kwargs: Any) -> None:
    """A failed sign-in is an entry; the name is kept, the password never."""
    with permitted("sign-in"):
        audit.record("access.sign_in_failed", subject=str(credentials.get("username", ""))[:60])


@receiver(user_logged_in)
def note_signed_in(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    """A sign-in is an entry; the oldest sessions beyond the limit end."""
    from django.conf import settings

    with permitted("sign-in"):
        audit.record("access.sign_in", subject=f"account:{user.pk}")
        kept = [*user_sessions(user), request.session.session_key]
        for key in [k for k in kept if k][: -settings.TENFOLD["SESSIONS"]]:
            Session.objects.filter(session_key=key).delete()


@receiver(password_changed)
@receiver(password_reset)
def note_own_password(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    """From now on the password is known to her alone."""
    with permitted("sign-in"):
        audit.record("access.password_changed", subject=f"account:{user.pk}")
        if user.must_change:
            user.must_change = False
            user.save(update_fields=["must_change"])


def user_sessions(user: Any) -> list[str]:
    """Her other live sessions, the oldest first."""
    live = Session.objects.filter(expire_date__gt=now()).order_by("expire_date")
    return [s.session_key for s in live if s.get_decoded().get("_auth_user_id") == str(user.pk)]
