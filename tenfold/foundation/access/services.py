"""Accounts: invite, and the first administrators of a new installation."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from tenfold.foundation.acts import Refused, note, permitted, service
from tenfold.foundation.audit import services as audit
from tenfold.foundation.calendar import today
from tenfold.foundation.organisations.services import ensure_root
from tenfold.foundation.people.models import Person
from tenfold.foundation.people.services import appoint
from tenfold.foundation.scope import require
from tenfold.foundation.scope.models import OutOfScope

from . import codes, rights
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
    why = _may_decide(account, why)
    Authenticator.objects.filter(user=account).delete()
    end_sessions(account)
    note(subject=f"account:{account.pk}", why=why)


@dataclass(frozen=True)
class Invitation:
    """A one-time code for an account; told once."""

    account: Account
    code: str


@service(right=rights.KEEP_ACCOUNTS)
def invite_by_code(person: Person, username: str, *, email: str = "") -> Invitation:
    """Give a person a sign-in and a code, valid for seven days, with which she sets her own password.

    Raises ``Taken`` where she has a sign-in or the name is another's, ``OutOfScope`` for a person not reached.
    """
    if not Person.objects.filter(pk=person.pk).exists():
        raise OutOfScope(str(person.pk))
    if Account.objects.filter(Q(username__iexact=username) | Q(person=person)).exists():
        raise Taken(username)
    account = Account(username=username, email=email, person=person)
    account.set_unusable_password()
    code = codes.give(account, codes.DAYS_OF_INVITATION)
    account.save()
    note(subject=f"account:{account.pk}", after={"username": username, "person": person.pk})
    _mail(account, code)
    return Invitation(account, code)


class Taken(ValueError):
    """The person has a sign-in, or the name is another's."""


@service(right=rights.KEEP_ACCOUNTS)
def reset(account: Account, why: str) -> Invitation:
    """Void a password, for a reason; a code, valid for one day, sets a new one. Her sessions end.

    Raises ValueError without a reason or for a closed account, ``Refused`` for one's own.
    """
    why = _may_decide(account, why)
    if not account.is_active:
        raise ValueError("the account is closed")
    account.set_unusable_password()
    code = codes.give(account, codes.DAYS_OF_RESET)
    account.save()
    end_sessions(account)
    note(subject=f"account:{account.pk}", why=why)
    _mail(account, code)
    return Invitation(account, code)


@service(right=rights.KEEP_ACCOUNTS)
def close(account: Account, why: str) -> None:
    """Close an account, for a reason: it opens nothing, and its sessions end. What she did stays hers."""
    why = _may_decide(account, why)
    account.is_active = False
    account.code = ""
    account.save()
    end_sessions(account)
    note(subject=f"account:{account.pk}", why=why, after={"active": False})


@service(right=rights.KEEP_ACCOUNTS)
def reopen(account: Account, why: str) -> None:
    """Open a closed account again, for a reason, with its former password."""
    why = _may_decide(account, why)
    account.is_active = True
    account.save()
    note(subject=f"account:{account.pk}", why=why, after={"active": True})


def redeem(username: str, code: str, password: str) -> bool:
    """Set one's own password with a code; False where name and code do not open anything. A wrong code counts.

    Raises ValidationError for a password that is too weak; then the code stays.
    """
    with permitted("sign-in"), transaction.atomic():
        account = Account.objects.select_for_update().filter(username__iexact=username, is_active=True).first()
        if account is None or not codes.fits(account, code):
            if account is not None and account.code:
                account.code_tries += 1
                account.save(update_fields=["code_tries"])
            audit.record("access.code_failed", subject=username[:60])
            return False
        validate_password(password, account)
        account.set_password(password)
        account.code, account.must_change = "", False
        account.save()
        audit.record("access.code_redeemed", subject=f"account:{account.pk}")
        return True


def _mail(account: Account, code: str) -> None:
    """Into the outbox, where an address is known."""
    if account.email:
        lines = (
            f"{_('Sign-in name')}: {account.username}",
            f"{_('One-time code')}: {code}",
            f"{_('Set the password')}: {settings.PUBLIC_URL}{reverse('redeem_code')}",
        )
        send_mail(settings.TENFOLD["TITLE"], "\n".join(lines), None, [account.email])


def _may_decide(account: Account, why: str) -> str:
    """The reason, tidied. Nobody decides upon her own account, nor upon one outside her scope, nor without a reason."""
    context = require()
    if context.person is not None and context.person == account.person_id:
        raise Refused("one's own account")
    if not Person.objects.filter(pk=account.person_id).exists():
        raise OutOfScope(str(account.pk))
    if not why.strip():
        raise ValueError("a reason is needed")
    return why.strip()
