"""Making a backup while the house is open: the database as of one moment, and every file of which it tells."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from tenfold.foundation.acts import permitted
from tenfold.foundation.audit import services as audit
from tenfold.foundation.calendar import now
from tenfold.foundation.files import contents
from tenfold.foundation.files.models import StoredFile
from tenfold.foundation.scope import as_system

from . import tables
from .archive import FORMAT, HEADER, PRODUCT, BadBackup, Key, Writer


@dataclass(frozen=True)
class Report:
    """What a backup holds; ``missing``: files of which a record tells and that are not there."""

    rows: int
    files: int
    size: int
    missing: tuple[str, ...] = ()


def make(path: Path, key: Key) -> Report:
    """Write a backup to a file that does not exist yet. Raises BadBackup; a broken-off one leaves nothing behind."""
    if path.exists():
        raise BadBackup(f"{path.name}: exists already; nothing was written")
    if not path.absolute().parent.is_dir():
        raise BadBackup(f"{path.parent}: there is no such folder")
    contents.seal_plain()
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=settings.TENFOLD["VAR"]) as held:
        folder = Path(held)
        _link(folder, contents.digests())
        with _moment(folder) as database:
            writer = Writer(path, key)
            try:
                report = _write(writer, folder, database)
            except BaseException:
                writer.give_up()
                raise
    with as_system("backup"), permitted("service"):
        audit.record("backup.made", subject=path.name, count=report.rows)
    return Report(report.rows, report.files, path.stat().st_size, report.missing)


def _write(writer: Writer, folder: Path, database: Any) -> Report:
    writer.add(HEADER, json.dumps(header(database)).encode())
    rows = {}
    for model in tables.models():
        name = model._meta.db_table
        rows[name] = 0
        for number, (count, piece) in enumerate(tables.dump(model, database)):
            writer.add(f"database/{name}/{number:06}.jsonl", piece)
            rows[name] += count
    wanted = _told_of(database)
    _link(folder, wanted)
    held = [digest for digest in wanted if (folder / digest).exists()]
    for digest in held:
        writer.add_file(f"files/{digest}", folder / digest)
    var = Path(settings.TENFOLD["VAR"])
    writer.add_file("keys/data.key", var / "data.keys")
    writer.add_file("keys/secret.key", var / "secret.key")
    roots = settings.TENFOLD["AUDIT_ROOTS"]
    if roots and Path(roots).exists():
        writer.add_file("audit/roots.txt", Path(roots))
    missing = tuple(sorted(set(wanted) - set(held)))
    writer.finish({"rows": rows, "missing": missing})
    return Report(sum(rows.values()), len(held), 0, missing)


def header(database: Any = connection) -> dict[str, Any]:
    """What tells whether this house can read it."""
    return {
        "product": PRODUCT,
        "format": FORMAT,
        "version": version("tenfold"),
        "made_at": now().isoformat(),
        "migrations": tables.migrations(database),
        "columns": {
            model._meta.db_table: [str(field.column) for field in tables.columns(model)] for model in tables.models()
        },
    }


def _told_of(database: Any) -> list[str]:
    table = database.ops.quote_name(StoredFile._meta.db_table)
    with database.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT digest FROM {table} ORDER BY digest")
        return [row[0] for row in cursor.fetchall()]


def _link(folder: Path, digests: list[str]) -> None:
    """Hold contents by a second name, so that nobody takes them away before they are written."""
    for digest in digests:
        if not (folder / digest).exists():
            try:
                os.link(contents.path_of(digest), folder / digest)
            except FileNotFoundError:
                continue
            except OSError:  # a folder that knows no links
                shutil.copyfile(contents.path_of(digest), folder / digest)


@contextmanager
def _moment(folder: Path) -> Iterator[Any]:
    """The database as it stands at one moment; writers do not wait for it."""
    other: Any = connection.copy("backup")
    if connection.vendor == "sqlite":
        copy = folder / "database.sqlite3"
        with closing(sqlite3.connect(connection.settings_dict["NAME"])) as source, closing(sqlite3.connect(copy)) as to:
            source.backup(to)
        other.settings_dict["NAME"] = str(copy)
        other.settings_dict["OPTIONS"] = {"init_command": "PRAGMA query_only=ON;"}
    try:
        if connection.vendor == "postgresql":
            other.set_autocommit(False)
            with other.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield other
    finally:
        if connection.vendor == "postgresql":
            other.rollback()
        other.close()
