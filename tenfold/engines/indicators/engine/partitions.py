"""A fact's rows as a Parquet partition with the declared schema."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tenfold.foundation.declare import Fact

from .attributes import Attributes
from .expressions import KINDS, schema

CLASSES = ("public", "internal")
"""Classes of columns that the fact store takes."""

ARROW = {"int64": "int64", "float64": "float64", "boolean": "bool_", "string": "string", "int32": "int32"}


class TooSensitive(ValueError):
    """A fact declares a column of a class that the fact store refuses."""


def arrow_schema(fact: Fact) -> Any:
    """The declared schema of a fact's partitions."""
    import pyarrow as pa

    return pa.schema([(name, getattr(pa, ARROW[kind])()) for name, kind in schema(fact).items()])


def check(fact: Fact) -> None:
    """Raise :class:`TooSensitive` for a fact with a column that may not stand in the store."""
    for column in fact.columns:
        if column.classed not in CLASSES:
            raise TooSensitive(f"{fact.code}.{column.name} is {column.classed}")
        if column.kind not in KINDS:
            raise ValueError(f"{fact.code}.{column.name}: unknown kind {column.kind}")


def table(fact: Fact, period: str, rows: Iterable[dict[str, Any]], known: dict[int, Attributes]) -> Any:
    """The rows with the places and groups of their schools; rows of a school that is unknown are refused."""
    import pyarrow as pa

    check(fact)
    held = list(rows)
    columns: dict[str, list[Any]] = {"period": [period] * len(held)}
    schools = [known[row["school"]] for row in held]
    for name in arrow_schema(fact).names:
        if name == "period":
            continue
        if schools and name in schools[0]:
            columns[name] = [school[name] for school in schools]
        else:
            columns[name] = [row.get(name) for row in held]
    return pa.table(columns, schema=arrow_schema(fact))


def writer(found: Any) -> Any:
    """What writes a partition to a path."""
    import pyarrow.parquet as pq

    def write(path: Path) -> None:
        pq.write_table(found, path)

    return write
