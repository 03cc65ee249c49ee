"""Restoring: everything is read and found whole before anything is touched; then all of it, or nothing."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from tenfold.foundation.access.models import Account
from tenfold.foundation.acts import permitted
from tenfold.foundation.audit import services as audit
from tenfold.foundation.jobs import enqueue
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.scope import as_system

from . import tables
from .archive import FORMAT, PRODUCT, BadBackup, Key, Unpacked, lines, unpack
from .lifting import lift
from .making import Report


def restore(path: Path, key: Key, *, replace: bool = False) -> Report:
    """Put a backup in the place of this installation. Raises BadBackup, and then nothing was changed."""
    with as_system("restore"), closed_house():
        if not replace and (Account.objects.exists() or Organisation.objects.exists()):
            raise BadBackup("this installation is not empty; --replace puts the backup in its place")
        folder = _var() / ".restoring"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        try:
            backup = unpack(path, key, folder, fits)
            return _put_in_place(lift(backup) if is_older(backup.header) else backup, path.name)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def fits(header: dict[str, Any]) -> None:
    """Whether this house can read it. Raises BadBackup."""
    if header.get("product") != PRODUCT:
        raise BadBackup("this is no backup of Tenfold")
    if header.get("format") != FORMAT:
        raise BadBackup(f"this backup is of format {header.get('format')}; this version reads format {FORMAT}")
    theirs = {tuple(one) for one in header["migrations"]}
    ours = {tuple(one) for one in tables.migrations()}
    if theirs - ours:
        raise BadBackup(
            f"this backup was made by a newer version ({header['version']}, {len(theirs - ours)} migrations more);"
            " install that version first"
        )
    if ours - theirs and "columns" not in header:
        raise BadBackup(
            f"this backup was made by an older version ({header['version']}, {len(ours - theirs)} migrations less);"
            " restore it with that version, then upgrade"
        )


def is_older(header: dict[str, Any]) -> bool:
    """Whether it was made before migrations that this house has."""
    return len(header["migrations"]) < len(tables.migrations())


@contextmanager
def closed_house() -> Iterator[None]:
    """Only while the house is closed: ``tenfold serve`` holds the same lock. Raises BadBackup."""
    with (_var() / "serving.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            raise BadBackup("the house is open (tenfold serve); close it first") from fault
        yield


def _put_in_place(backup: Unpacked, name: str) -> Report:
    moved: list[tuple[Path, Path]] = []
    keys = list(settings.TENFOLD["DATA_KEYS"])
    try:
        with permitted("schema"), transaction.atomic():
            rows = _load(backup)
            _move_in(backup, moved)
            settings.TENFOLD["DATA_KEYS"][:] = (backup.folder / "keys/data.key").read_text().split()
            with permitted("service"):
                audit.record("backup.restored", subject=name, count=rows)
            enqueue("indicators.sync", key="indicators.sync")
    except BaseException as fault:
        settings.TENFOLD["DATA_KEYS"][:] = keys
        for place, former in reversed(moved):
            _swap_back(place, former)
        if isinstance(fault, DatabaseError | ValueError):
            raise BadBackup(f"the backup's rows do not fit: {str(fault).splitlines()[0]}") from fault
        raise
    _settle(backup, moved)
    return Report(rows, len(backup.names("files/")), 0, tuple(backup.manifest["missing"]))


def _load(backup: Unpacked) -> int:
    tables.wipe()
    rows = 0
    for model in tables.models():
        name = model._meta.db_table
        pieces = (lines(backup.folder / piece) for piece in backup.names(f"database/{name}/"))
        loaded = sum(tables.load(model, rows_of_piece) for rows_of_piece in pieces)
        if loaded != backup.manifest["rows"].get(name, 0):
            raise BadBackup(f"{name}: {loaded} rows instead of {backup.manifest['rows'].get(name, 0)}")
        rows += loaded
    tables.count_on()
    connection.check_constraints()
    return rows


def _move_in(backup: Unpacked, moved: list[tuple[Path, Path]]) -> None:
    """Put files and keys in their places; what stood there is kept aside until the transaction stands."""
    (backup.folder / "files").mkdir(exist_ok=True, mode=0o700)
    for source, place in (
        (backup.folder / "files", _var() / "files"),
        (backup.folder / "keys/data.key", _var() / "data.keys"),
        (backup.folder / "keys/secret.key", _var() / "secret.key"),
    ):
        former = place.with_name(f".{place.name}.before")
        _clear(former)
        if place.exists():
            place.rename(former)
        moved.append((place, former))
        if source.is_dir():
            source.rename(place)
        else:
            shutil.copyfile(source, place)
            os.chmod(place, 0o600)


def _swap_back(place: Path, former: Path) -> None:
    _clear(place)
    if former.exists():
        former.rename(place)


def _settle(backup: Unpacked, moved: list[tuple[Path, Path]]) -> None:
    """The transaction stands: drop what was set aside, and what is counted anew."""
    for _place, former in moved:
        _clear(former)
    for name in ("facts", "uploads", "cache"):
        _clear(_var() / name)
    roots, kept = settings.TENFOLD["AUDIT_ROOTS"], backup.folder / "audit/roots.txt"
    if roots and kept.exists() and not Path(roots).exists():  # one that stands is a witness and is left alone
        shutil.copyfile(kept, roots)


def _clear(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _var() -> Path:
    return Path(settings.TENFOLD["VAR"])
