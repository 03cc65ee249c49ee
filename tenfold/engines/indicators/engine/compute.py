"""From the partitions of facts to stored values, on an embedded DuckDB that lives for one counting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tenfold.foundation.declare import Fact

from . import expressions
from .definitions import LEVELS, SPLITS, STAGE_SPLITS, Definition, column
from .rollup import rolled
from .store import Contents, Store
from .suppression import hidden_cells

BATCH = 60_000
"""Schools counted at once: more periods than this holds are counted one after the other."""

KIND = {False: "whole", True: "stage"}


@contextmanager
def backend(folder: Path) -> Iterator[Any]:
    """An in-memory DuckDB: two threads, bounded memory, nothing fetched from anywhere."""
    import ibis

    settings = {
        "threads": 2,
        "memory_limit": "2GB",
        "temp_directory": str(folder / "tmp"),
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    connection = ibis.duckdb.connect(**settings)
    try:
        yield connection
    finally:
        connection.disconnect()


def batches(contents: Contents, periods: Sequence[str]) -> Iterator[list[str]]:
    """Periods that are counted together, within :data:`BATCH` rows of their largest fact by school."""
    batch: list[str] = []
    size = 0
    for period in periods:
        rows = max((parts[period]["schools"] for parts in contents.facts.values() if period in parts), default=0)
        if batch and size + rows > BATCH:
            yield batch
            batch, size = [], 0
        batch.append(period)
        size += rows
    if batch:
        yield batch


def compute(
    store: Store, contents: Contents, periods: Sequence[str], definitions: Sequence[Definition], facts: dict[str, Fact]
) -> None:
    """Count the values of periods anew and enter their files into ``contents``."""
    for batch in batches(contents, periods):
        with backend(store.root) as connection:
            for code, fact in facts.items():
                paths = [str(store.path(f)) for p in batch if (f := contents.fact_file(code, p))]
                if paths:
                    connection.read_parquet(paths, table_name=expressions.fact_name(code))
                else:
                    connection.create_table(expressions.fact_name(code), schema=_schema(fact))
            files: dict[str, dict[str, str]] = {period: {} for period in batch}
            tables: dict[str, Any] = {}
            for by_stage in (False, True):
                chosen = [d for d in definitions if (d.by_stage if by_stage else d.whole)]
                if chosen:
                    tables |= _count(store, connection, chosen, list(facts.values()), by_stage, files)
            _hide(store, tables, [d for d in definitions if d.guarded and not d.ranked], files)
        for period in batch:
            contents.values[period] = {
                "files": files[period],
                "facts": {code: contents.fact_file(code, period) for code in facts},
                "definitions": {d.code: d.digest for d in definitions},
            }


def _schema(fact: Fact) -> Any:
    import ibis

    return ibis.schema(expressions.schema(fact))


def _count(
    store: Store,
    connection: Any,
    definitions: Sequence[Definition],
    facts: Sequence[Fact],
    by_stage: bool,
    files: dict[str, dict[str, str]],
) -> dict[str, Any]:
    """Count one kind of units; returns the stored tables by name."""
    kind = KIND[by_stage]
    units = connection.create_table(f"units_{kind}", expressions.units(facts, by_stage))
    parts = connection.create_table(f"parts_{kind}", expressions.components(definitions, units, by_stage))
    levels = _levels(parts)
    additive, ranked = ([d for d in definitions if d.ranked is wanted] for wanted in (False, True))
    tables = {f"schools_{kind}": parts.to_pyarrow()}
    if levels and additive:
        cube = expressions.cube(additive, parts, by_stage).to_pyarrow()
        tables[f"places_{kind}"] = rolled(cube, by_stage, levels)
    if levels and ranked:
        tables[f"ranked_{kind}"] = _ranked(ranked, parts, by_stage, levels).to_pyarrow()
    for name, table in tables.items():
        for period, found in files.items():
            found[name] = store.put("values", f"{period}-{name}", _writer(table, period))
    return tables


def _writer(table: Any, period: str) -> Any:
    """What writes one period of a table, in a fixed order so that equal values make equal files."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    order = [(k, "ascending") for k in ("place", "school", "level", "stage", "locale", "sector")]

    def write(path: Path) -> None:
        chosen = table.filter(pc.equal(table["period"], period)).drop(["period"])
        pq.write_table(chosen.sort_by([(k, way) for k, way in order if k in chosen.column_names]), path)

    return write


def _levels(table: Any) -> list[str]:
    """The levels of the tree that stand above any of the units."""
    counts = table.aggregate(**{level: table[level].count() for level in LEVELS}).to_pyarrow().to_pylist()[0]
    return [level for level in LEVELS if counts[level]]


def _ranked(definitions: Sequence[Definition], parts: Any, by_stage: bool, levels: Sequence[str]) -> Any:
    import ibis

    found = [
        expressions.ranked(definitions, parts, by_stage, level, split)
        for level in levels
        for split in (STAGE_SPLITS if by_stage else SPLITS)
    ]
    return ibis.union(*found) if len(found) > 1 else found[0]


def _hide(
    store: Store, tables: dict[str, Any], definitions: Sequence[Definition], files: dict[str, dict[str, str]]
) -> None:
    """Store which cells of guarded indicators are not shown, as a table of code and key."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    text = ("code", "level", "stage", "locale", "sector")
    schema = pa.schema([*((name, pa.string()) for name in text), ("place", pa.int64())])
    rows: dict[str, list[dict[str, Any]]] = {period: [] for period in files}
    for definition in definitions:
        name = column(definition.code, "n")
        for row in hidden_cells(definition.code, name, _rows(tables, "places", name), _rows(tables, "schools", name)):
            rows[row["period"]].append(row)
    for period, found in rows.items():
        table = pa.Table.from_pylist(found, schema=schema)

        def write(path: Path, table: Any = table) -> None:
            pq.write_table(table, path)

        files[period]["hidden"] = store.put("values", f"{period}-hidden", write)


def _rows(tables: dict[str, Any], start: str, name: str) -> list[dict[str, Any]]:
    """The keys and one component of all rows of both kinds of units."""
    found: list[dict[str, Any]] = []
    for kind, table in tables.items():
        if kind.startswith(start) and name in table.column_names:
            keys = [k for k in (*expressions.KEYS, "level", "place", "stage") if k in table.column_names]
            found += table.select([*keys, name]).to_pylist()
    return found
