"""Accounts: invite, and the first administrators of a new installation."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction

from tenfold.foundation.acts import Refused, note, permitted, service
from tenfold.foundation.audit import services as audit
from tenfold.foundation.calendar import today
from tenfold.foundation.organisations.services import ensure_root
from tenfold.foundation.people.models import Person
from tenfold.foundation.people.services import appoint
from tenfold.foundation.scope import require
from tenfold.foundation.scope.models import OutOfScope

from . import rights
from .models import Account
from .sessions import end_sessions


@service(right=rights.KEEP_ACCOUNTS)
def invite(
    person: Person,
    username: str,
    password: str,
    *,
    email: str = "",
    must_change: bool = True,
) -> Account:
    """Give a person a sign-in. Raises ValueError where she has one or the name is taken."""
    if Account.objects.filter(username__iexact=username).exists() or Account.objects.filter(person=person).exists():
        raise ValueError(username)
    account = Account(username=username, email=email, person=person, must_change=must_change)
    account.set_password(password)
    account.save()
    note(
        subject=f"account:{account.pk}",
        after={"username": username, "person": person.pk},
    )
    return account


@dataclass(frozen=True)
class SignIn:
    """A sign-in that was just made; its password is told once and kept nowhere."""

    role: str
    name: str
    username: str
    password: str


class AlreadyFounded(Exception):
    """The installation has its first administrators."""


@service(right=None)
def found(code: str, city: str, administrators: dict[str, str]) -> list[SignIn]:
    """Make the city at the top of the tree and the first administrators: role → name, one person each.

    Raises :class:`AlreadyFounded` where anybody can sign in already.
    """
    if Account.objects.exists():
        raise AlreadyFounded
    root = ensure_root(code, city)
    made = []
    for role, name in administrators.items():
        post = appoint(role, name, root, name, since=today(), role=role)
        sign_in = SignIn(role, name, role, secrets.token_urlsafe(12))
        invite(post.person, sign_in.username, sign_in.password)
        made.append(sign_in)
    note(subject=f"organisation:{code}", after=sorted(administrators))
    return made


def enrol(account: Account, secret: str, session: str | None = None) -> list[str]:
    """Set up the second factor of one's own account; returns the recovery codes. One's other sessions end.

    Like a password's change it is everybody's own act and asks for no right: the named context ``sign-in``.
    """
    with permitted("sign-in"), transaction.atomic():
        Authenticator.objects.filter(user=account).delete()
        TOTP.activate(account, secret)
        end_sessions(account, but=session)
        audit.record("access.enrol", subject=f"account:{account.pk}")
        return RecoveryCodes.activate(account).generate_codes()


def renew_codes(account: Account) -> list[str]:
    """Make fresh recovery codes for one's own account; the former ones are void."""
    with permitted("sign-in"), transaction.atomic():
        Authenticator.objects.filter(user=account, type=Authenticator.Type.RECOVERY_CODES).delete()
        audit.record("access.renew_codes", subject=f"account:{account.pk}")
        return RecoveryCodes.activate(account).generate_codes()


@service(right=rights.KEEP_ACCOUNTS)
def reset_second_factor(account: Account, why: str) -> None:
    """Take a lost second factor away, for a reason that stands in the audit; it is set up anew at the next sign-in.

    Raises ValueError without a reason, ``Refused`` for one's own account: another administrator does it.
    """
    _of_another(account)
    Authenticator.objects.filter(user=account).delete()
    end_sessions(account)
    note(subject=f"account:{account.pk}", why=_reason(why))


def _of_another(account: Account) -> None:
    """An administrator does not decide upon her own account, nor upon one outside her scope."""
    context = require()
    if context.person is not None and context.person == account.person_id:
        raise Refused("one's own account")
    if not Person.objects.filter(pk=account.person_id).exists():
        raise OutOfScope(str(account.pk))


def _reason(why: str) -> str:
    if not why.strip():
        raise ValueError("a reason is needed")
    return why.strip()
