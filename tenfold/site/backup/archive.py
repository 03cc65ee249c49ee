"""The archive: a sealed stream (``fields/streams.py``) around a tar, whose last member tells the digest of every other.

The stream's key is derived by scrypt from a passphrase, or is the text of a key file. A tar's name never becomes a
path: only the names listed here are taken.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import secrets
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, cast

from tenfold.foundation.fields import Unreadable
from tenfold.foundation.fields.streams import Opened, Sealer, read_line

PRODUCT, FORMAT = "tenfold", 1
BOUND = "tenfold backup"
PIECE = 1024 * 1024
COST = 2**15
SHORTEST = 12
HEADER, MANIFEST = "header.json", "manifest.json"
NAMES = re.compile(
    r"header\.json|manifest\.json|database/[a-z_0-9]+/\d{6}\.jsonl|files/[0-9a-f]{64}|keys/(data|secret)\.key|audit/roots\.txt"
)


class BadBackup(Exception):
    """An archive that cannot be restored; told in one line."""


@dataclass(frozen=True)
class Key:
    """What seals an archive: a passphrase, or the text of a key file."""

    text: str
    phrase: bool

    @classmethod
    def of_file(cls, path: Path) -> Key:
        """A key file: at least 32 characters. Raises BadBackup."""
        try:
            text = path.read_text("ascii").strip()
        except (OSError, UnicodeDecodeError) as fault:
            raise BadBackup(f"{path.name}: the key file cannot be read") from fault
        if len(text) < 32:
            raise BadBackup(f"{path.name}: a key file holds at least 32 characters")
        return cls(text, False)

    @classmethod
    def of_phrase(cls, text: str) -> Key:
        """A passphrase of at least twelve characters. Raises BadBackup."""
        if len(text) < SHORTEST:
            raise BadBackup(f"a passphrase has at least {SHORTEST} characters")
        return cls(text, True)

    def name(self) -> str:
        """How it is named in the archive's first line: the kind, with a fresh salt."""
        return ("phrase." if self.phrase else "file.") + secrets.token_hex(16)

    def secret(self, name: str) -> str:
        """The secret under that name. Raises BadBackup where the archive asks for the other kind, or is none."""
        kind, _dot, salt = name.partition(".")
        if kind not in ("phrase", "file") or not re.fullmatch("[0-9a-f]{32}", salt):
            raise BadBackup("this is no backup of Tenfold")
        if (kind == "phrase") is not self.phrase:
            wanted = "a passphrase" if kind == "phrase" else "a key file"
            raise BadBackup(f"this backup was sealed with {wanted}")
        if not self.phrase:
            return self.text
        return hashlib.scrypt(
            self.text.encode(), salt=bytes.fromhex(salt), n=COST, r=8, p=1, maxmem=2**26, dklen=32
        ).hex()


class _Counted:
    """A file that is written and hashed at once, for tarfile."""

    def __init__(self, sealer: Sealer) -> None:
        self.sealer = sealer

    def write(self, data: bytes) -> int:
        self.sealer.write(data)
        return len(data)


class Writer:
    """Writes an archive; nothing bears its name before it is whole."""

    def __init__(self, path: Path, key: Key) -> None:
        self.path = path
        self.part = path.with_name(f".{path.name}.{os.getpid()}.part")
        descriptor = os.open(self.part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        self.file: BinaryIO = os.fdopen(descriptor, "wb")
        name = key.name()
        self.sealer = Sealer(self.file, key.secret(name), name)
        self.tar = tarfile.open(fileobj=_Counted(self.sealer), mode="w|")  # type: ignore[call-overload]  # noqa: SIM115
        self.members: dict[str, dict[str, Any]] = {}

    def add(self, name: str, data: bytes) -> None:
        """Add a small member."""
        self._add(name, io.BytesIO(data), len(data), hashlib.sha256(data).hexdigest())

    def add_file(self, name: str, path: Path) -> None:
        """Add a file as it lies."""
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            size = file.tell()
            file.seek(0)
            self._add(name, file, size, digest)

    def _add(self, name: str, source: BinaryIO, size: int, digest: str) -> None:
        told = tarfile.TarInfo(name)
        told.size, told.mode = size, 0o600
        self.tar.addfile(told, source)
        self.members[name] = {"sha256": digest, "size": size}

    def finish(self, more: dict[str, Any]) -> None:
        """Write the manifest, close, and give the archive its name."""
        self.add(MANIFEST, json.dumps({"members": self.members, **more}, ensure_ascii=False, indent=1).encode())
        self.tar.close()
        self.sealer.finish(BOUND)
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()
        os.link(self.part, self.path)  # unlike a rename, this never replaces another file
        self.part.unlink()

    def give_up(self) -> None:
        """Take away what was written."""
        self.file.close()
        self.part.unlink(missing_ok=True)


@dataclass
class Unpacked:
    """A backup that was read to its end and found whole, lying in a folder beside the installation."""

    folder: Path
    header: dict[str, Any]
    manifest: dict[str, Any] = field(default_factory=dict)

    def names(self, start: str) -> list[str]:
        """The members below a name, in order."""
        return sorted(name for name in self.manifest["members"] if name.startswith(start))


def unpack(path: Path, key: Key, folder: Path, check: Any) -> Unpacked:
    """Read an archive to its end into a folder; ``check(header)`` may refuse it early. Raises BadBackup."""
    try:
        with path.open("rb") as file:
            read_line(file)
            stream: BinaryIO = io.BufferedReader(Opened(file, key.secret, BOUND), PIECE)
            return _unpack(stream, folder, check)
    except FileNotFoundError as fault:
        raise BadBackup(f"{path.name}: there is no such file") from fault
    except Unreadable as fault:
        raise BadBackup(f"{path.name}: {fault}") from fault
    except (tarfile.TarError, json.JSONDecodeError, KeyError, TypeError, EOFError) as fault:
        raise BadBackup(f"{path.name}: this is no backup of Tenfold") from fault


def _unpack(stream: BinaryIO, folder: Path, check: Any) -> Unpacked:
    found: dict[str, dict[str, Any]] = {}
    unpacked: Unpacked | None = None
    with tarfile.open(fileobj=stream, mode="r|") as tar:
        for member in tar:
            if not member.isfile() or not NAMES.fullmatch(member.name) or member.name in found:
                raise BadBackup("this is no backup of Tenfold")
            if unpacked is None and member.name != HEADER:
                raise BadBackup("this is no backup of Tenfold")
            found[member.name] = _take(cast(BinaryIO, tar.extractfile(member)), folder / member.name)
            if unpacked is None:
                unpacked = Unpacked(folder, json.loads((folder / HEADER).read_bytes()))
                check(unpacked.header)
    for _rest in iter(lambda: stream.read(PIECE), b""):  # every byte is authenticated, what follows the tar too
        pass
    if unpacked is None or MANIFEST not in found:
        raise BadBackup("this is no backup of Tenfold")
    unpacked.manifest = json.loads((folder / MANIFEST).read_bytes())
    del found[MANIFEST]
    if unpacked.manifest["members"] != found:
        raise BadBackup("the backup does not hold what its manifest tells")
    return unpacked


def _take(source: BinaryIO, path: Path) -> dict[str, Any]:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest, size = hashlib.sha256(), 0
    with os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "wb") as file:
        for piece in iter(lambda: source.read(PIECE), b""):
            digest.update(piece)
            size += len(piece)
            file.write(piece)
    return {"sha256": digest.hexdigest(), "size": size}


def lines(path: Path) -> Iterator[list[Any]]:
    """The rows of a piece of a table."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
