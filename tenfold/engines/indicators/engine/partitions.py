"""A fact's rows as a Parquet partition with the declared schema."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tenfold.foundation.declare import Fact

from .attributes import Attributes
from .definitions import LEVELS
from .expressions import GROUPS, KINDS, schema

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


class Known:
    """The places and groups of all schools, as columns from which those of a fact's rows are taken."""

    def __init__(self, schools: dict[int, Attributes]) -> None:
        import pyarrow as pa

        self.position = {school: i for i, school in enumerate(schools)}
        kinds = {**dict.fromkeys(LEVELS, pa.int64()), **dict.fromkeys(GROUPS, pa.string())}
        self.columns = {name: pa.array([one[name] for one in schools.values()], kind) for name, kind in kinds.items()}


def table(fact: Fact, period: str, rows: Iterable[dict[str, Any]], known: Known) -> Any:
    """The rows with the places and groups of their schools; rows of a school that is unknown are refused."""
    import pyarrow as pa

    check(fact)
    held, wanted = list(rows), arrow_schema(fact)
    at = pa.array([known.position[row["school"]] for row in held], pa.int64())
    columns: dict[str, Any] = {"period": pa.repeat(pa.scalar(period), len(held))}
    for field in wanted:
        if field.name in known.columns:
            columns[field.name] = known.columns[field.name].take(at)
        elif field.name != "period":
            columns[field.name] = pa.array([row.get(field.name) for row in held], field.type)
    return pa.table(columns, schema=wanted)


def writer(found: Any) -> Any:
    """What writes a partition to a path."""
    import pyarrow.parquet as pq

    def write(path: Path) -> None:
        pq.write_table(found, path)

    return write
