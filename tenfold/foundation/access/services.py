"""Accounts: invite, and the first administrators of a new installation."""

from __future__ import annotations

from tenfold.foundation.acts import note, service
from tenfold.foundation.people.models import Person

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
    if (
        Account.objects.filter(username__iexact=username).exists()
        or Account.objects.filter(person=person).exists()
    ):
        raise ValueError(username)
    account = Account(
        username=username, email=email, person=person, must_change=must_change
    )
    account.set_password(password)
    account.save()
    note(
        subject=f"account:{account.pk}",
        after={"username": username, "person": person.pk},
    )
    return account
