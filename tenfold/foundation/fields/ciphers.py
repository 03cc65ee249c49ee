"""The authenticated ciphers, by the name that stands beside what they sealed.

``aesgcm1`` is AES-256-GCM, ``sm4gcm1`` SM4-GCM (GB/T 32907-2016, for 密评). The setting ``CIPHER`` chooses what
seals; all of them open.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol

from django.conf import settings

TAG = 16
"""Bytes by which a sealed text is longer than the plain one, with either of them."""


class Cipher(Protocol):
    """What seals and opens: a nonce is used once under a key. Opening raises ``InvalidTag``."""

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        """The sealed text, its tag at the end."""

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        """The plain text."""


class Sm4Gcm:
    """SM4 in GCM, with the manners of the library's AESGCM."""

    def __init__(self, key: bytes) -> None:
        from cryptography.hazmat.primitives.ciphers.algorithms import SM4

        self.block = SM4(key)

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        """The sealed text, its tag at the end."""
        from cryptography.hazmat.primitives.ciphers import Cipher as Of
        from cryptography.hazmat.primitives.ciphers.modes import GCM

        run = Of(self.block, GCM(nonce)).encryptor()
        run.authenticate_additional_data(associated_data)
        return run.update(data) + run.finalize() + run.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        """The plain text."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers import Cipher as Of
        from cryptography.hazmat.primitives.ciphers.modes import GCM

        if len(data) < TAG:
            raise InvalidTag
        run = Of(self.block, GCM(nonce, data[-TAG:])).decryptor()
        run.authenticate_additional_data(associated_data)
        return run.update(data[:-TAG]) + run.finalize()


NAMES = ("aesgcm1", "sm4gcm1")


def chosen() -> str:
    """The name of the cipher that seals now."""
    return str(settings.TENFOLD.get("CIPHER") or NAMES[0])


@lru_cache(maxsize=64)
def cipher(name: str, key: bytes) -> Cipher:
    """The cipher of a name, with a key of 32 bytes (SM4 takes the first 16). KeyError for an unknown one."""
    if name == "aesgcm1":
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return AESGCM(key)
    if name == "sm4gcm1":
        return Sm4Gcm(key[:16])
    raise KeyError(name)
