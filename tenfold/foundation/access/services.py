"""Accounts: invite, and the first administrators of a new installation."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from tenfold.foundation.acts import note, service
from tenfold.foundation.calendar import today
from tenfold.foundation.organisations.services import ensure_root
from tenfold.foundation.people.models import Person
from tenfold.foundation.people.services import appoint

from . import rights
from .models import Account


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
