"""A connection that refuses to write outside a service.

It stands here, low in the house, because the audit and the sessions write too; services are made in ``acts``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_writer: ContextVar[str] = ContextVar("tenfold_writer", default="")

NAMED = ("service", "sessions", "sign-in", "looks", "jobs", "migrations", "schema")
"""The only contexts that may write."""

_WRITES = re.compile(
    r"^(?:\s|--[^\n]*\n|/\*.*?\*/|\()*(?:WITH\b.*?\)\s*)?(INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE|CREATE|ALTER|DROP|COPY)\b",
    re.IGNORECASE | re.DOTALL,
)


class WriteRefused(RuntimeError):
    """A write outside a service."""


@contextmanager
def permitted(name: str) -> Iterator[None]:
    """Allow writes inside the block, under one of the named contexts."""
    if name not in NAMED:
        raise ValueError(f"{name} is not a context that may write")
    token = _writer.set(name)
    try:
        yield
    finally:
        _writer.reset(token)


def writing() -> str:
    """The name of the context that may write now, or ''."""
    return _writer.get()


def guard(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """The execute wrapper of every connection."""
    if not _writer.get() and _WRITES.match(sql):
        raise WriteRefused(f"a write outside a service: {sql[:80]}")
    return execute(sql, params, many, context)


def install(sender: Any, connection: Any, **kwargs: Any) -> None:
    """Put the guard on a new connection."""
    if guard not in connection.execute_wrappers:
        connection.execute_wrappers.append(guard)
