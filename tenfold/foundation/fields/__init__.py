"""Classes of fields, and encrypted columns."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from typing import Any, TypeVar

from django.conf import settings
from django.db import models

CLASSES = ("public", "internal", "sensitive", "child", "wellbeing")
T = TypeVar("T", bound=models.Field)


def classed(field: T, name: str) -> T:
    """Mark a model field with its class."""
    if name not in CLASSES:
        raise ValueError(name)
    field.tenfold_class = name  # type: ignore[attr-defined]
    return field


class EncryptedText(models.TextField):  # type: ignore[type-arg]
    """Text encrypted at rest with AES-256-GCM; the algorithm stands beside the value."""

    tenfold_class = "sensitive"

    def _key(self, text: str) -> bytes:
        return hashlib.sha256(text.encode()).digest()

    def _bound(self) -> bytes:
        return f"{self.model._meta.db_table}.{self.column}".encode()

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt."""
        if value in (None, ""):
            return value
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = secrets.token_bytes(12)
        sealed = AESGCM(self._key(settings.TENFOLD["DATA_KEYS"][0])).encrypt(nonce, str(value).encode(), self._bound())
        return "aesgcm1:" + base64.b64encode(nonce + sealed).decode()

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Decrypt with whichever key fits."""
        if not value or not value.startswith("aesgcm1:"):
            return value
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        raw = base64.b64decode(value[8:])
        for key in settings.TENFOLD["DATA_KEYS"]:
            try:
                return AESGCM(self._key(key)).decrypt(raw[:12], raw[12:], self._bound()).decode()
            except InvalidTag:
                continue
        raise ValueError("no data key opens this value")


def keyed_hash(value: str, purpose: str) -> str:
    """A keyed hash for look-ups."""
    return hmac.new(settings.TENFOLD["DATA_KEYS"][-1].encode(), f"{purpose}:{value}".encode(), "sha256").hexdigest()
