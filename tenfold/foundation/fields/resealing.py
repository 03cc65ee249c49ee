"""Sealing what stands anew, under the newest key. Used by ``tenfold keys``, which brings the right to write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model

from .encrypted import EncryptedText
from .keys import key_id, opened, seal, sealed_under

CHUNK = 500
"""Rows of one short transaction, so that a running city goes on working."""


def encrypted_fields() -> Iterator[tuple[type[Model], EncryptedText]]:
    """Every encrypted column of the house."""
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, EncryptedText):
                yield model, field


def uses() -> Counter[str]:
    """How many values each key has sealed, by the key's name."""
    found: Counter[str] = Counter()
    for model, field in encrypted_fields():
        for rows in _chunks(model, field):
            found.update(sealed_under(value) for _pk, value in rows)
    return found


def reseal() -> int:
    """Seal every value under the newest key; returns how many were changed. May be broken off and begun again.

    A model that says ``append_only`` (the audit) keeps the keys it was written under.
    """
    newest = key_id(settings.TENFOLD["DATA_KEYS"][0])
    changed = 0
    for model, field in encrypted_fields():
        if getattr(model, "append_only", False):
            continue
        for rows in _chunks(model, field):
            stale = [(pk, value) for pk, value in rows if sealed_under(value) != newest]
            with transaction.atomic():
                for pk, value in stale:
                    changed += _replace(
                        model,
                        field,
                        pk,
                        value,
                        seal(opened(value, field.bound()), field.bound()),
                    )
    return changed


def _quoted(model: type[Model], field: EncryptedText) -> tuple[str, str, str]:
    """Table, column and key as SQL writes them."""
    quote = connection.ops.quote_name
    return quote(model._meta.db_table), quote(str(field.column)), quote(str(model._meta.pk.column))


def _chunks(model: type[Model], field: EncryptedText) -> Iterator[list[tuple[Any, str]]]:
    """The stored texts, past the field's own opening, chunk by chunk in the order of their keys."""
    table, column, key = _quoted(model, field)
    last: Any = None
    while True:
        after = f"AND {key} > %s" if last is not None else ""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {key}, {column} FROM {table} WHERE {column} IS NOT NULL AND {column} <> '' {after}"
                f" ORDER BY {key} LIMIT {CHUNK}",
                [] if last is None else [last],
            )
            rows = cursor.fetchall()
        if not rows:
            return
        yield rows
        last = rows[-1][0]


def _replace(model: type[Model], field: EncryptedText, pk: Any, old: str, new: str) -> int:
    """Put a value in the place of the one that was read, unless somebody has written another meanwhile."""
    table, column, key = _quoted(model, field)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE {key} = %s AND {column} = %s", [new, pk, old])
        return int(cursor.rowcount)
