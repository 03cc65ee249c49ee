"""One-time codes: told once to whoever may set a password with them, kept as a keyed hash, void after some tries."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from tenfold.foundation.calendar import now
from tenfold.foundation.fields import keyed_hash

SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No sign that is taken for another when it is read from paper."""
DAYS_OF_INVITATION, DAYS_OF_RESET = 7, 1
MOST_TRIES = 5


def give(account: Any, days: int) -> str:
    """Give an account a fresh code, in the caller's service; the code is told here and kept nowhere."""
    groups = ["".join(secrets.choice(SIGNS) for _ in range(4)) for _ in range(4)]
    account.code = _hash("".join(groups))
    account.code_until = now() + timedelta(days=days)
    account.code_tries = 0
    return "-".join(groups)


def fits(account: Any, code: str) -> bool:
    """Whether a code is the account's and still opens."""
    if not (account.code and account.code_until and account.code_until > now() and account.code_tries < MOST_TRIES):
        return False
    tidy = "".join(sign for sign in code.upper() if sign in SIGNS)
    return secrets.compare_digest(account.code, _hash(tidy))


def _hash(code: str) -> str:
    return keyed_hash(code, "access.code")
