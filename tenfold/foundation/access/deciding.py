"""What the page of a sign-in decides: which act, and what is said where it cannot be done."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from tenfold.foundation.acts import Refused
from tenfold.foundation.people.models import Person

from . import services
from .models import Account
from .services import Invitation, Taken


def act(person: Person, name: str, data: dict[str, Any]) -> Invitation | None:
    """Do what was asked to a person's sign-in; the code where one was made. Raises ValueError, ``Refused``."""
    account: Account | None = Account.objects.filter(person=person).first()
    if account is None:
        return services.invite_by_code(person, data["username"], email=data["email"])
    if name == "reset":
        return services.reset(account, data["why"])
    acts = {"close": services.close, "reopen": services.reopen, "factor": services.reset_second_factor}
    if name not in acts:
        raise ValueError(name)
    acts[name](account, data["why"])
    return None


def said(fault: Exception) -> str:
    """The fault in a sentence."""
    if isinstance(fault, Taken):
        return _("This sign-in name is taken, or the person has a sign-in already.")
    if isinstance(fault, Refused):
        return _("Nobody decides upon her own sign-in: ask another administrator.")
    return _("This cannot be done to this sign-in as it stands.")
