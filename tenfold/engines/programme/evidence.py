"""What may decide a task: columns of records that a criterion declares, and nothing else.

Never a trace of use, a file or a position (教师厅〔2025〕2号, 国办函〔2026〕12号): no task can require a count of
log-ins, a photograph, or where somebody was. A criterion that declares one does not start; one that reads what it did
not declare is refused by the connection.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import connection, models

from tenfold.foundation.declare import Answer, Asked, Criterion
from tenfold.foundation.files.models import StoredFile

OF_USE = frozenset(
    {
        "access",
        "account",
        "acts",
        "admin",
        "audit",
        "auth",
        "contenttypes",
        "desk",
        "jobs",
        "mfa",
        "notices",
        "sessions",
    }
)
"""Packages whose rows tell of the use of the system: who signed in, looked, was told of what."""
POSITIONS = frozenset({"latitude", "longitude", "coordinates", "position", "location", "track", "rings"})
_PAIR = re.compile(r'"(\w+)"\."(\w+)"')
_NAME = re.compile(r'"([^"]+)"')
_ALIAS = re.compile(r'\bAS "([^"]+)"')


class NotARecord(RuntimeError):
    """A criterion reads what it did not declare."""


def answers(criterion: Criterion, questions: Sequence[Asked], on: date) -> Mapping[int, Answer]:
    """Ask a criterion, which reads the columns that it declares and the store of facts alone."""
    columns = {(model._meta.db_table, field.column) for model, field in _columns(criterion)}
    known = {name for pair in columns for name in pair}

    def only(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        strange = set(_NAME.findall(sql)) - known - set(_ALIAS.findall(sql))
        strange |= {".".join(pair) for pair in _PAIR.findall(sql) if pair not in columns}
        if strange:
            raise NotARecord(
                f"criterion {criterion.code} reads {', '.join(sorted(strange))}, which it does not declare"
            )
        return execute(sql, params, many, context)

    with connection.execute_wrapper(only):
        return criterion.query(questions, on)


def faults(criterion: Criterion) -> Iterator[str]:
    """What a criterion declares to read and may not."""
    for name in criterion.reads:
        label, _dot, column = name.rpartition(".")
        try:
            model = apps.get_model(label)
            field = model._meta.get_field(column)
        except (LookupError, ValueError, FieldDoesNotExist):
            yield f"criterion {criterion.code} reads {name}, which is no column of the house"
            continue
        if model._meta.app_label in OF_USE:
            yield f"criterion {criterion.code} reads {name}, which tells of the use of the system"
        elif column in POSITIONS:
            yield f"criterion {criterion.code} reads {name}, which is a position"
        elif _is_file(model, field):
            yield f"criterion {criterion.code} reads {name}, which is a file"


def _is_file(model: type[models.Model], field: Any) -> bool:
    kinds = (models.FileField, models.BinaryField)
    return model is StoredFile or isinstance(field, kinds) or field.related_model is StoredFile


def _columns(criterion: Criterion) -> Iterator[tuple[type[models.Model], Any]]:
    """The declared columns, with the key of each table."""
    for name in criterion.reads:
        label, _dot, column = name.rpartition(".")
        model = apps.get_model(label)
        yield model, model._meta.get_field(column)
        yield model, model._meta.pk
