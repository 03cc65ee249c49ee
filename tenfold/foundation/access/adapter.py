"""How allauth behaves here: no self sign-up, writes as a named context, the audit knows of every sign-in."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.signals import password_changed, password_reset
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.signals import authentication_failed, authenticator_used
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.contrib.sessions.models import Session
from django.dispatch import receiver

from tenfold.foundation.acts import permitted
from tenfold.foundation.audit import services as audit
from tenfold.foundation.fields.keys import opened, seal

from .factors import BOUND
from .queries import front_of
from .sessions import sessions_of


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator."""

    def is_open_for_signup(self, request: Any) -> bool:
        """Nobody signs herself up."""
        return False

    def get_login_redirect_url(self, request: Any) -> str:
        """Where the day of her role begins: the to-do list, for most."""
        return front_of(request)


class FactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors are sealed under the data keys."""

    def encrypt(self, text: str) -> str:
        """Seal a secret."""
        return seal(text, BOUND)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret."""
        return opened(encrypted_text, BOUND)


@receiver(authentication_failed)
def note_factor_failed(sender: Any, user: Any, **kwargs: Any) -> None:
    """A wrong code is an entry."""
    with permitted("sign-in"):
        audit.record("access.factor_failed", subject=f"account:{user.pk}")


@receiver(authenticator_used)
def note_factor_used(sender: Any, user: Any, authenticator: Any, **kwargs: Any) -> None:
    """So is a right one, by its kind: a recovery code is worth a look."""
    with permitted("sign-in"):
        audit.record("access.factor_used", subject=f"account:{user.pk}", after={"kind": authenticator.type})


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
        kept = [*sessions_of(user), request.session.session_key]
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
