"""Words and codes of notices: titles of channels, kinds of its own, codes for paper."""

from __future__ import annotations

import secrets
from typing import Any

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import NoticeKind

CHANNEL_TITLES = {
    "email": _("E-mail message"),
    "dingtalk": _("DingTalk"),
    "dingtalk_group": _("DingTalk group"),
    "wecom": _("WeCom"),
    "sms": _("Text message"),
}

WRITTEN = NoticeKind("notices.written", _("Notices written by an officer"), optional=False)
URGENT = NoticeKind(
    "notices.urgent",
    _("Urgent notices"),
    optional=False,
    urgent=True,
    channels=("email", "dingtalk", "wecom", "sms"),
)

AUDIENCES: tuple[tuple[str, Any, tuple[str, ...], tuple[str, ...]], ...] = (
    ("school_heads", _("heads of schools"), ("school", "point"), ("principal",)),
    ("school_clerks", _("clerks of schools"), ("school", "point"), ("school_officer",)),
    ("township_heads", _("heads of township offices"), ("township",), ("township_admin",)),
    ("county_admins", _("administrators of the counties"), ("county",), ("county_admin",)),
    ("county_officers", _("officers of the counties"), ("county",), ("county_officer",)),
    (
        "all_heads",
        _("heads at every level"),
        ("county", "township", "school", "point"),
        ("county_admin", "township_admin", "principal"),
    ),
)
"""To whom an officer may write: code, words, kinds of unit, roles there."""

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""What cannot be mistaken on paper: no 0 and O, no 1, I and L. 31 signs, a prime, for the check sign."""
LENGTH = 8


def check_sign(signs: str) -> str:
    """The last sign of a paper code: one sign mistaken, or two beside each other changed over, are seen."""
    total = sum((place + 2) * ALPHABET.index(sign) for place, sign in enumerate(signs))
    return ALPHABET[total % len(ALPHABET)]


def new_paper_code() -> str:
    """A code that nobody guesses: seven signs and a check sign."""
    signs = "".join(secrets.choice(ALPHABET) for _place in range(LENGTH - 1))
    return signs + check_sign(signs)


def read_paper_code(text: str) -> str:
    """A code as somebody has typed it; '' where it can be none."""
    signs = "".join(sign for sign in text.upper() if sign.isalnum())
    if len(signs) != LENGTH or any(sign not in ALPHABET for sign in signs) or check_sign(signs[:-1]) != signs[-1]:
        return ""
    return signs
