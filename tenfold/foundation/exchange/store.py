"""The files that were sent, kept under their digest in the installation's own folder (``var/uploads``).

A name never comes from outside, so no path can be smuggled in; the same file is kept once.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from .reading import Limits, ReadingFault


def folder() -> Path:
    """Where they lie; readable by the installation alone."""
    path = Path(settings.TENFOLD["VAR"]) / "uploads"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def limits() -> Limits:
    """How large a file may be, from the settings."""
    return Limits(file=settings.TENFOLD.get("UPLOAD_LIMIT", Limits.file))


def keep(chunks: Iterable[bytes]) -> tuple[str, int]:
    """Keep a file; its digest (SHA-256, hex) and size. Raises ``too_large`` and leaves nothing behind.

    Written beside and renamed: a file that was cut off on its way never bears its digest.
    """
    most = limits().file
    digest, size = hashlib.sha256(), 0
    part = folder() / f".{secrets.token_hex(8)}.part"
    try:
        with part.open("wb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > most:
                    raise ReadingFault("too_large", megabytes=f"> {round(most / 2**20)}", limit=round(most / 2**20))
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        part.replace(folder() / digest.hexdigest())
    finally:
        part.unlink(missing_ok=True)
    return digest.hexdigest(), size


def path_of(digest: str) -> Path:
    """The file of a digest."""
    if not digest.isalnum() or len(digest) != 64:
        raise ValueError(digest)
    return folder() / digest


def remove(digest: str) -> None:
    """Take a file away."""
    path_of(digest).unlink(missing_ok=True)
