"""Second factors (两步验证): codes by time (RFC 6238) from an app, and recovery codes, on allauth's mfa."""

from __future__ import annotations

from collections import Counter
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret, validate_totp_code
from django.conf import settings

from tenfold.foundation.calendar import now
from tenfold.foundation.fields.keys import key_id, opened, seal, sealed_under

from .roles import roles

BOUND = "mfa.authenticator"
"""What the secrets are bound to when they are sealed."""
SESSION = "second_factor"
MINUTES = 10
"""So long a secret waits in the session to be set up."""


def enrolled(account: Any) -> bool:
    """Whether she has set a second factor up."""
    return Authenticator.objects.filter(user_id=account.pk, type=Authenticator.Type.TOTP).exists()


def is_missing(account: Any, role: str) -> bool:
    """Whether the role asks for a second factor that the account does not have."""
    asked = roles().get(role)
    return bool(asked and asked.two_factor and not enrolled(account))


def codes_left(account: Any) -> int:
    """How many recovery codes are unused."""
    held = Authenticator.objects.filter(user_id=account.pk, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(held.wrap().get_unused_codes()) if held else 0


def proposed(session: Any) -> str:
    """The secret that is being set up in this session: sealed there, and another after ten minutes."""
    held, until = session.get(SESSION) or ("", 0.0)
    if now().timestamp() < until:
        return opened(held, SESSION)
    secret = str(generate_totp_secret())
    session[SESSION] = [seal(secret, SESSION), now().timestamp() + MINUTES * 60]
    return secret


def forget(session: Any) -> None:
    """The session forgets it: it is set up."""
    session.pop(SESSION, None)


def right_code(secret: str, code: str) -> bool:
    """Whether a code is the secret's at this moment."""
    return validate_totp_code(secret, code.replace(" ", ""))


def spelled(secret: str) -> str:
    """A secret in groups of four, to be typed."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def square(account: Any, secret: str) -> dict[str, Any]:
    """The square code of a secret: the edge of the picture and the path of its dark modules."""
    import qrcode
    from allauth.mfa.adapter import get_adapter

    code = qrcode.QRCode(border=4)
    code.add_data(get_adapter().build_totp_url(account, secret))
    dark = [(x, y) for y, row in enumerate(code.get_matrix()) for x, on in enumerate(row) if on]
    return {"edge": len(code.get_matrix()), "path": "".join(f"M{x} {y}h1v1h-1z" for x, y in dark)}


def _secrets() -> Any:
    for held in Authenticator.objects.order_by("pk"):
        for name in ("secret", "seed"):
            if name in held.data:
                yield held, name, held.data[name]


def uses() -> Counter[str]:
    """How many secrets each data key has sealed."""
    return Counter(sealed_under(value) for _held, _name, value in _secrets())


def reseal() -> int:
    """Seal secrets anew that another data key than the newest has sealed; returns how many."""
    newest, changed = key_id(settings.TENFOLD["DATA_KEYS"][0]), 0
    for held, name, value in _secrets():
        if sealed_under(value) != newest:
            held.data[name] = seal(opened(value, BOUND), BOUND)
            held.save(update_fields=["data"])
            changed += 1
    return changed
