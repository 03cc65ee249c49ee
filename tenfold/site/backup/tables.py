"""The database as rows that either store takes: tables in pieces of JSON lines, sealed columns as they are sealed."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.management.color import no_style
from django.db import connection as live
from django.db.models import Field, Model
from django.db.models.expressions import Col

from tenfold.foundation.fields import EncryptedText

ROWS = 2000


def models() -> list[type[Model]]:
    """Every table of the house but the sessions (who was signed in signs in again), in the order of their names."""
    found = {
        model._meta.db_table: model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model is not Session
    }
    return [found[name] for name in sorted(found)]


def migrations(connection: Any = live) -> list[list[str]]:
    """The migrations that stand in a database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        return sorted([app, name] for app, name in cursor.fetchall())


def columns(model: type[Model]) -> list[Field[Any, Any]]:
    """The columns of a table, in the model's order."""
    return list(model._meta.local_concrete_fields)


def dump(model: type[Model], connection: Any) -> Iterator[tuple[int, bytes]]:
    """The rows of a table piece by piece: how many, and their lines."""
    quote = connection.ops.quote_name
    fields = columns(model)
    opening = [_openers(model, field, connection) for field in fields]
    names = ", ".join(quote(str(field.column)) for field in fields)
    table, key = quote(model._meta.db_table), quote(str(model._meta.pk.column))
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {names} FROM {table} ORDER BY {key}")
        while rows := cursor.fetchmany(ROWS):
            told = (_line(row, opening, connection) for row in rows)
            yield len(rows), "".join(told).encode()


def _openers(model: type[Model], field: Field[Any, Any], connection: Any) -> list[tuple[Any, Any]]:
    expression = Col(model._meta.db_table, field)
    own = [] if isinstance(field, EncryptedText) else field.get_db_converters(connection)
    return [(convert, expression) for convert in (*connection.ops.get_db_converters(expression), *own)]


def _line(row: Iterable[Any], opening: list[list[tuple[Any, Any]]], connection: Any) -> str:
    told = []
    for value, openers in zip(row, opening, strict=True):
        for convert, expression in openers:
            value = convert(value, expression, connection)
        told.append(value)
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), default=_plain) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    raise TypeError(f"{type(value).__name__} has no place in a backup")


def load(model: type[Model], rows: Iterable[list[Any]], names: list[str] | None = None) -> int:
    """Insert rows into an empty table as they were dumped; returns how many. ``names``: the order of their columns.

    Raises ValueError where the table has other columns.
    """
    quote, fields = live.ops.quote_name, columns(model)
    if names is not None:
        known = {str(field.column): field for field in fields}
        if sorted(names) != sorted(known):
            raise ValueError(f"{model._meta.db_table}: other columns than this version knows")
        fields = [known[name] for name in names]
    sql = "INSERT INTO {} ({}) VALUES ({})".format(
        quote(model._meta.db_table),
        ", ".join(quote(str(field.column)) for field in fields),
        ", ".join(["%s"] * len(fields)),
    )
    taken = [[_taken(field, value) for field, value in zip(fields, row, strict=True)] for row in rows]
    with live.cursor() as cursor:
        cursor.executemany(sql, taken)
    return len(taken)


def _taken(field: Field[Any, Any], value: Any) -> Any:
    if value is None or isinstance(field, EncryptedText):
        return value
    kind = field.get_internal_type()
    if kind == "BinaryField":
        return field.get_db_prep_save(base64.b64decode(value), live)
    if kind == "DurationField":
        return field.get_db_prep_save(timedelta(seconds=value), live)
    if kind == "JSONField" or field.is_relation:
        return field.get_db_prep_save(value, live)
    return field.get_db_prep_save(field.to_python(value), live)


def wipe(found: Iterable[type[Model]] | None = None) -> None:
    """Empty every table but that of migrations, in the caller's transaction; the audit's guards are set again."""
    emptied: Iterable[type[Model]] = [*models(), Session] if found is None else found
    names = [model._meta.db_table for model in emptied]
    tables = [live.ops.quote_name(name) for name in names]
    with live.cursor() as cursor:
        if live.vendor == "postgresql":
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY")
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            return
        cursor.execute("PRAGMA defer_foreign_keys = ON")
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        for table in tables:
            cursor.execute(f"DELETE FROM {table}")
        for _name, sql in triggers:
            cursor.execute(sql)


def count_on() -> None:
    """New rows get numbers after those that were loaded."""
    with live.cursor() as cursor:
        for sql in live.ops.sequence_reset_sql(no_style(), models()):
            cursor.execute(sql)
