"""The test database: made through the write guard, wiped between tests that commit."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import allauth
import django
from django.db import connection, connections, transaction
from django.test import TransactionTestCase
from django.test.utils import setup_databases, teardown_databases

from tenfold.foundation.acts import permitted

CACHE = Path(__file__).resolve().parents[2] / "var" / "test-cache"
"""Migrated SQLite files by the digest of the migrations: a copy takes a moment, the migrations some seconds."""


@contextmanager
def made(verbosity: int = 0) -> Iterator[None]:
    """Make the databases, and take them away."""
    TransactionTestCase._fixture_teardown = _wipe_all  # type: ignore[method-assign]
    cached = _cached()
    if cached is not None and cached.exists():
        shutil.copyfile(cached, connection.settings_dict["TEST"]["NAME"])
    with permitted("migrations"):
        old = setup_databases(
            verbosity=max(verbosity - 1, 0), interactive=False, serialized_aliases=(), keepdb=cached is not None
        )
    if cached is not None and not cached.exists():
        _keep(cached)
    try:
        yield
    finally:
        with permitted("migrations"):
            teardown_databases(old, verbosity=0)


def _cached() -> Path | None:
    """Where a migrated SQLite file of just these migrations is kept; None on PostgreSQL, which has its template."""
    if connection.vendor != "sqlite":
        return None
    digest = hashlib.sha256(django.__version__.encode() + allauth.__version__.encode())
    for file in sorted((CACHE.parents[1] / "tenfold").glob("*/*/migrations/*.py")):
        digest.update(file.read_bytes())
    return CACHE / f"{digest.hexdigest()[:16]}.sqlite3"


def _keep(cached: Path) -> None:
    cached.parent.mkdir(parents=True, exist_ok=True)
    own = cached.with_suffix(f".{os.getpid()}")
    with closing(sqlite3.connect(own)) as copy:
        connection.connection.backup(copy)
    own.replace(cached)
    for old in sorted(cached.parent.glob("*.sqlite3"), key=lambda f: f.stat().st_mtime)[:-3]:
        old.unlink(missing_ok=True)


def _wipe_all(self: Any) -> None:
    """After a test that commits: Django's own ``flush`` would run into the write guard and the audit's triggers."""
    for one in connections.all(initialized_only=True):
        wipe(one)


def wipe(connection: Any) -> None:
    """Empty every table but that of migrations."""
    kept = {"django_migrations", "sqlite_sequence"}
    tables = [t for t in connection.introspection.table_names() if t not in kept]
    quoted = [connection.ops.quote_name(table) for table in tables]
    with permitted("schema"), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            cursor.execute(f"TRUNCATE {', '.join(quoted)} RESTART IDENTITY CASCADE")
            cursor.execute("SET session_replication_role = DEFAULT")
            return
        cursor.execute("PRAGMA foreign_keys = OFF")
        with transaction.atomic(using=connection.alias):
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _sql in triggers:
                cursor.execute(f'DROP TRIGGER "{name}"')
            for table in quoted:
                cursor.execute(f"DELETE FROM {table}")
            cursor.execute("DELETE FROM sqlite_sequence")
            for _name, sql in triggers:
                cursor.execute(sql)
        cursor.execute("PRAGMA foreign_keys = ON")
