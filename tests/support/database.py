"""The test database: made through the write guard, wiped between tests that commit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections, transaction
from django.test import TransactionTestCase
from django.test.utils import setup_databases, teardown_databases

from tenfold.foundation.acts import permitted


@contextmanager
def made(verbosity: int = 0) -> Iterator[None]:
    """Make the databases, and take them away."""
    TransactionTestCase._fixture_teardown = _wipe_all  # type: ignore[method-assign]
    with permitted("migrations"):
        old = setup_databases(verbosity=max(verbosity - 1, 0), interactive=False, serialized_aliases=())
    try:
        yield
    finally:
        with permitted("migrations"):
            teardown_databases(old, verbosity=0)


def _wipe_all(self: Any) -> None:
    """After a test that commits: Django's own ``flush`` would run into the write guard and the audit's triggers."""
    for connection in connections.all(initialized_only=True):
        wipe(connection)


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
