"""Keeping and forgetting files. Both belong inside the service of whoever takes the file, and act under its right."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import BinaryIO, cast

from django.conf import settings
from django.db import transaction

from tenfold.foundation.calendar import now
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.scope import as_system, require

from . import contents
from .contents import Arrived, TooLarge
from .media import media_type
from .models import StoredFile

__all__ = ["Arrived", "TooLarge", "arrive", "forget", "keep", "sweep"]

LEFT_OVER = 24 * 3600
"""Seconds after which a part, or contents of which no record tells, was left over by something that broke off."""


def arrive(source: BinaryIO | Iterable[bytes], *, limit: int | None = None) -> Arrived:
    """Take a large file in before the transaction that keeps it, so that no other writer waits for its bytes.

    ``limit`` in bytes (None: that of the settings). Raises :class:`TooLarge`. What is not kept is swept.
    """
    chunks = contents.pieces(cast(BinaryIO, source)) if hasattr(source, "read") else source
    return contents.arrive(chunks, settings.TENFOLD["UPLOAD_LIMIT"] if limit is None else limit)


def keep(
    source: Arrived | BinaryIO | Iterable[bytes], *, name: str, place: Organisation, limit: int | None = None
) -> StoredFile:
    """Keep a file for a place, in the caller's service. ``name``: as it was sent; only its last part is kept.

    Raises :class:`TooLarge`, and ``OutOfScope`` for a place that the one who acts does not reach.
    """
    arrived = source if isinstance(source, Arrived) else arrive(source, limit=limit)
    context = require()
    name = "".join(c for c in name.replace("\\", "/").rsplit("/", 1)[-1] if c.isprintable())[:200]
    file = StoredFile(
        organisation=place,
        digest=arrived.digest,
        name=name,
        size=arrived.size,
        media_type=media_type(arrived.start, name),
        who=context.person,
        who_name=context.name[:60],
    )
    file.save()
    contents.link(arrived)
    transaction.on_commit(partial(contents.settle, arrived))
    return file


def forget(file: StoredFile) -> None:
    """Take a file away, in the caller's service; its contents go when the transaction stands, unless others keep them.

    Whatever points to it must let go before.
    """
    file.delete()
    transaction.on_commit(partial(_remove_unkept, file.digest))


def _remove_unkept(digest: str) -> bool:
    with as_system("files.forget"), contents.locked():
        if StoredFile.objects.filter(digest=digest).exists():
            return False
        contents.remove(digest)
        return True


def sweep(before: float | None = None) -> int:
    """Take away what broke off: parts, and contents without a record, older than ``before`` (a time stamp).

    Seals what an older installation left in plain. Returns how many were taken away or sealed.
    """
    limit = now().timestamp() - LEFT_OVER if before is None else before
    done = 0
    for part in contents.parts():
        if _older(part, limit):
            part.unlink(missing_ok=True)
            done += 1
    for digest in {*contents.digests(), *contents.digests(contents.former())}:
        held = [p for p in (contents.folder() / digest, contents.former() / digest) if p.exists()]
        if all(_older(path, limit) for path in held):
            done += _remove_unkept(digest)
    return done + contents.seal_plain()


def _older(path: contents.Path, limit: float) -> bool:
    try:
        return path.stat().st_mtime < limit
    except FileNotFoundError:
        return False
