"""What files hold, in the installation's own folder (``var/files``): sealed under the data keys, named by digest.

Contents arrive as ``.part``, are linked under the digest (SHA-256 of the plain text) in the transaction that keeps
them, and lose their part when it stands. What was cut off on its way never bears a digest; what nobody keeps is
swept. Older installations have plain contents in ``var/uploads``; they are read where they lie until the sweep has
sealed them.
"""

from __future__ import annotations

import fcntl
import hashlib
import io
import os
import secrets
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from tenfold.foundation.fields import Unreadable
from tenfold.foundation.fields.ciphers import chosen
from tenfold.foundation.fields.keys import key_id, key_named
from tenfold.foundation.fields.streams import Opened, Sealer, read_line

PIECE = 1024 * 1024


class TooLarge(ValueError):
    """More than is taken; ``limit`` in bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


@dataclass(frozen=True)
class Arrived:
    """Contents that have come and that nobody keeps yet."""

    digest: str
    size: int
    part: Path
    start: bytes


def folder() -> Path:
    """Where contents lie; readable by the installation alone."""
    path = Path(settings.TENFOLD["VAR"]) / "files"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def former() -> Path:
    """Where older installations kept them, in plain."""
    return Path(settings.TENFOLD["VAR"]) / "uploads"


def path_of(digest: str) -> Path:
    """The sealed contents of a digest. ValueError for what is none."""
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        raise ValueError(digest)
    return folder() / digest


def arrive(chunks: Iterable[bytes], limit: int | None = None) -> Arrived:
    """Seal what comes into a part. Raises :class:`TooLarge`, or what the source raises, and leaves nothing behind."""
    digest, size, start = hashlib.sha256(), 0, b""
    part = folder() / f".{secrets.token_hex(8)}.part"
    key = settings.TENFOLD["DATA_KEYS"][0]
    try:
        with part.open("wb") as file:
            sealer = Sealer(file, key, key_id(key))
            for chunk in chunks:
                size += len(chunk)
                if limit is not None and size > limit:
                    raise TooLarge(limit)
                start = start if len(start) >= 512 else (start + bytes(chunk[:512]))[:512]
                digest.update(chunk)
                sealer.write(chunk)
            sealer.finish(digest.hexdigest())
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return Arrived(digest.hexdigest(), size, part, start)


def link(arrived: Arrived) -> None:
    """Put arrived contents under their digest. The part stays until :func:`settle`."""
    path, fresh = path_of(arrived.digest), arrived.part.with_suffix(".link.part")
    os.link(arrived.part, fresh)
    fresh.replace(path)
    _sync()


def settle(arrived: Arrived) -> None:
    """The record stands: see that nobody has taken the contents away meanwhile, and drop the part."""
    with locked():
        if not path_of(arrived.digest).exists():
            os.link(arrived.part, path_of(arrived.digest))
        arrived.part.unlink(missing_ok=True)
    _sync()


def remove(digest: str) -> None:
    """Take contents away. Under :func:`locked`, once no record tells of them."""
    path_of(digest).unlink(missing_ok=True)
    (former() / digest).unlink(missing_ok=True)


def opened(digest: str) -> BinaryIO:
    """The plain contents as a stream that can be read from any place; nothing is written out.

    Raises FileNotFoundError where they are gone, ``Unreadable`` (at once or while reading) where they were changed.
    """
    try:
        source = path_of(digest).open("rb")
    except FileNotFoundError:
        return (former() / digest).open("rb")
    try:
        return io.BufferedReader(Opened(source, lambda name: key_named(name, "file"), digest), 64 * 1024)
    except BaseException:
        source.close()
        raise


def pieces(stream: BinaryIO) -> Iterator[bytes]:
    """A stream piece by piece."""
    while piece := stream.read(PIECE):
        yield piece


def whole(digest: str) -> bool:
    """Whether contents are there, readable, and bear their digest rightly."""
    found = hashlib.sha256()
    try:
        with opened(digest) as stream:
            for piece in pieces(stream):
                found.update(piece)
    except (OSError, Unreadable):
        return False
    return found.hexdigest() == digest


def digests(where: Path | None = None) -> list[str]:
    """The names of all contents of a folder (the sealed ones), in order."""
    where = where or folder()
    return sorted(p.name for p in where.glob("?" * 64)) if where.exists() else []


def parts() -> list[Path]:
    """What is on its way, or was left over by a process that died."""
    return [*folder().glob(".*.part"), *(former().glob(".*.part") if former().exists() else ())]


def sealed_under() -> Counter[str]:
    """How many contents each key has sealed, by the key's name."""
    found: Counter[str] = Counter()
    for digest in digests():
        with path_of(digest).open("rb") as file:
            found[read_line(file)[1]] += 1
    return found


def reseal() -> int:
    """Seal anew what another key or cipher than the present one has sealed, and what is still plain.

    Returns how many. May be broken off and begun again; whoever reads meanwhile goes on reading.
    """
    newest, name, changed = key_id(settings.TENFOLD["DATA_KEYS"][0]), chosen(), 0
    for digest in digests():
        with path_of(digest).open("rb") as file:
            _line, key, _salt, cipher, _size = read_line(file)
        if (key, cipher) != (newest, name):
            changed += _again(digest)
    return changed + seal_plain()


def seal_plain() -> int:
    """Seal the plain contents of older installations; returns how many."""
    changed = 0
    for digest in digests(former()):
        changed += path_of(digest).exists() or _again(digest)
        (former() / digest).unlink(missing_ok=True)
    return changed


def _again(digest: str) -> int:
    """Seal contents once more; those that do not bear their digest rightly stay as they are. Returns 1 or 0."""
    try:
        with opened(digest) as stream:
            arrived = arrive(pieces(stream))
    except FileNotFoundError:  # taken away meanwhile
        return 0
    if arrived.digest != digest:
        arrived.part.unlink()
        raise Unreadable(f"the contents {digest[:12]} were changed by hand")
    with locked():
        if path_of(digest).exists() or (former() / digest).exists():
            arrived.part.replace(path_of(digest))
    arrived.part.unlink(missing_ok=True)
    return 1


@contextmanager
def locked() -> Iterator[None]:
    """One process at a time, for the moment between a look at the records and a removal."""
    with (folder() / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _sync() -> None:
    """What was linked or removed stands after a loss of power too."""
    descriptor = os.open(folder(), os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
