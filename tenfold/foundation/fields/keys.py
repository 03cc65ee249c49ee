"""The data keys: sealing and opening a value, hashing for look-up.

Keys are lines of ``var/data.keys``, the newest first; the first seals, all open. They come to the settings as
``TENFOLD["DATA_KEYS"]``. Each use has a key of its own, derived by HKDF (RFC 5869).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from .ciphers import NAMES, chosen, cipher

NONCE = 12
"""Bytes of a nonce (NIST SP 800-38D, 8.2.2: random, 96 bits)."""


class Unreadable(ValueError):
    """A value that no key opens: changed by hand, moved from another column, or its key is gone."""


@lru_cache(maxsize=64)
def key_id(key: str) -> str:
    """The name of a key, as it stands beside what it sealed. It tells nothing of the key."""
    return hashlib.sha256(b"tenfold key id\0" + key.encode()).hexdigest()[:8]


@lru_cache(maxsize=64)
def derived(key: str, use: str) -> bytes:
    """A key of 32 bytes for one use."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), 32, salt=None, info=f"tenfold {use}".encode()).derive(key.encode())


def seal(text: str, bound: str) -> str:
    """Encrypt under the newest key: ``algorithm:key:base64``. It opens for the same ``bound`` only."""
    key, algorithm = settings.TENFOLD["DATA_KEYS"][0], chosen()
    nonce = secrets.token_bytes(NONCE)
    sealed = cipher(algorithm, derived(key, algorithm)).encrypt(nonce, text.encode(), bound.encode())
    return f"{algorithm}:{key_id(key)}:{base64.b64encode(nonce + sealed).decode()}"


def opened(value: str, bound: str) -> str:
    """Decrypt what :func:`seal` made. Raises :class:`Unreadable`."""
    from cryptography.exceptions import InvalidTag

    algorithm, name, payload = _parts(value)
    if algorithm not in NAMES:
        raise Unreadable(f"{bound}: {algorithm or 'a plain value'} is no algorithm known here")
    try:
        raw = base64.b64decode(payload, validate=True)
        opener = cipher(algorithm, derived(key_named(name, bound), algorithm))
        return opener.decrypt(raw[:NONCE], raw[NONCE:], bound.encode()).decode()
    except (InvalidTag, binascii.Error, ValueError) as fault:
        if isinstance(fault, Unreadable):
            raise
        raise Unreadable(f"{bound}: a value was changed by hand or belongs elsewhere") from fault


def sealed_under(value: str) -> str:
    """The name of the key that sealed a stored value."""
    return _parts(value)[1]


def keyed_hash(value: str, purpose: str) -> str:
    """A hash by which an encrypted value is found again: 64 hex digits, different for every purpose.

    It rests on the oldest key, which therefore stays when keys are rotated.
    """
    key = derived(settings.TENFOLD["DATA_KEYS"][-1], f"hash {purpose}")
    return hmac.new(key, value.encode(), "sha256").hexdigest()


def key_file() -> Path:
    """Where the keys are kept."""
    return Path(settings.TENFOLD["VAR"]) / "data.keys"


def _parts(value: str) -> tuple[str, str, str]:
    algorithm, first, rest = value.partition(":")
    name, second, payload = rest.partition(":")
    return (algorithm, name, payload) if first and second else ("", "", "")


def key_named(name: str, bound: str) -> str:
    """The key of that name; the file is read again where another process has added it since the start.

    Raises :class:`Unreadable`, naming what is ``bound`` to it, where the key is gone.
    """
    for attempt in range(2):
        for key in settings.TENFOLD["DATA_KEYS"]:
            if key_id(key) == name:
                return str(key)
        if attempt == 0 and key_file().exists():
            settings.TENFOLD["DATA_KEYS"][:] = key_file().read_text().split()
    raise Unreadable(f"{bound}: the key {name} that sealed it is not among the data keys")
