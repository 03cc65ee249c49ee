"""Which right opens a route: its own mark, or the list of sign-in pages below."""

from __future__ import annotations

from typing import Any

from tenfold.foundation.declare import PUBLIC, SIGNED_IN, Right

SIGN_IN_PAGES = {
    "account_login": PUBLIC,
    "account_logout": PUBLIC,
    "account_reset_password": PUBLIC,
    "account_reset_password_done": PUBLIC,
    "account_reset_password_from_key": PUBLIC,
    "account_reset_password_from_key_done": PUBLIC,
    "mfa_authenticate": PUBLIC,
    "account_change_password": SIGNED_IN,
}


def right_of(callback: Any, name: str) -> Right | None:
    """The right that a route names, or None."""
    mark = getattr(callback, "tenfold_right", None)
    return mark if mark is not None else SIGN_IN_PAGES.get(name)
