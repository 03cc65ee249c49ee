"""The fact store's files: Parquet by period, and one manifest that is replaced as a whole.

Processes share nothing else. A file's name holds the digest of its bytes and a file is never changed;
whoever has read the manifest finds what it names. A process killed between two steps leaves files
that no manifest names, and the next sweep takes them away.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

GRACE = 900
"""Seconds for which a file that is no longer named stays, for readers that are still at it."""


@dataclass
class Contents:
    """What the manifest says.

    ``facts``: code → period → ``{file, basis, rows}``. ``values``: period → ``{files, facts, definitions,
    levels}``, where ``files`` holds a file by kind of unit, ``facts`` the fact files counted from, and
    ``definitions`` the digests of what was counted. ``written`` numbers the replacements.
    """

    written: int = 0
    facts: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    values: dict[str, dict[str, Any]] = field(default_factory=dict)

    def fact_file(self, code: str, period: str) -> str:
        """The file of a fact's partition, '' where there is none."""
        return str(self.facts.get(code, {}).get(period, {}).get("file", ""))

    def files(self) -> set[str]:
        """Every file that is named."""
        found = {str(part["file"]) for parts in self.facts.values() for part in parts.values()}
        for value in self.values.values():
            found.update(value["files"].values())
        return found


class Store:
    """A folder of Parquet files and its manifest."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._folders: set[Path] = set()

    @property
    def _manifest(self) -> Path:
        return self.root / "manifest.json"

    def path(self, name: str) -> Path:
        """Where a named file lies."""
        return self.root / name

    def stamp(self) -> tuple[int, int]:
        """Changes whenever the manifest is replaced; (0, 0) without one."""
        try:
            found = self._manifest.stat()
        except FileNotFoundError:
            return (0, 0)
        return (found.st_mtime_ns, found.st_ino)

    def contents(self) -> Contents:
        """The manifest as it stands; empty without one."""
        try:
            data = json.loads(self._manifest.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return Contents()
        return Contents(data["written"], data["facts"], data["values"])

    @contextmanager
    def lock(self) -> Iterator[None]:
        """One writer at a time, across processes; waits for the other. Ends with the process that holds it."""
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(self.root / "lock", "w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def put(self, folder: str, period: str, write: Callable[[Path], None]) -> str:
        """Keep a file under the digest of its bytes; ``write`` fills a path. Returns the name for the manifest."""
        target = self.root / folder
        target.mkdir(parents=True, exist_ok=True)
        draft = target / f".{period}-{os.getpid()}"
        write(draft)
        digest = hashlib.blake2b(digest_size=10)
        with open(draft, "rb+") as file:
            while chunk := file.read(1 << 20):
                digest.update(chunk)
            os.fsync(file.fileno())
        name = f"{folder}/{period}-{digest.hexdigest()}.parquet"
        os.replace(draft, self.root / name)
        self._folders.add(target)
        return name

    def swap(self, contents: Contents) -> None:
        """Replace the manifest; what it names is on disk by then, folders included."""
        while self._folders:
            _sync_folder(self._folders.pop())
        contents.written += 1
        draft = self.root / f".manifest-{os.getpid()}"
        words = {"written": contents.written, "facts": contents.facts, "values": contents.values}
        with open(draft, "w", encoding="utf-8") as file:
            json.dump(words, file, ensure_ascii=False, indent=1, sort_keys=True)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, self._manifest)
        _sync_folder(self.root)

    def sweep(self, grace: float = GRACE) -> int:
        """Take away files that no manifest names and that are older than ``grace`` seconds. Inside the lock."""
        named, gone, old = self.contents().files(), 0, time.time() - grace
        for path in self.root.rglob("*"):
            if path.is_dir() or path.name in ("lock", "manifest.json"):
                continue
            if str(path.relative_to(self.root)) not in named and path.stat().st_mtime < old:
                path.unlink(missing_ok=True)
                gone += 1
        return gone


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def store() -> Store:
    """The installation's store, below its folder of data."""
    return Store(Path(settings.TENFOLD["VAR"]) / "facts")
