"""From the partitions of facts to stored values, on an embedded DuckDB that lives for one counting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tenfold.foundation.declare import Fact

from . import compiling, expressions
from .definitions import LEVELS, Definition, column
from .rollup import rolled
from .store import Contents, Store
from .suppression import hidden_cells

BATCH = 60_000
"""Schools counted at once: more periods than this holds are counted one after the other."""

KIND = {False: "whole", True: "stage"}


@contextmanager
def backend(folder: Path) -> Iterator[Any]:
    """An in-memory DuckDB: bounded memory, nothing fetched from anywhere.

    One thread: sums of decimals then always add up in the same order, so that the same facts make the same files
    to the last bit; the second thread made nothing faster (see docs/benchmarks.md).
    """
    import duckdb

    settings: dict[str, Any] = {
        "threads": 1,
        "memory_limit": "2GB",
        "temp_directory": str(folder / "tmp"),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    connection = duckdb.connect(":memory:", config=settings)
    try:
        yield connection
    finally:
        connection.close()


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
                _register(connection, fact, paths)
            files: dict[str, dict[str, str]] = {period: {} for period in batch}
            tables: dict[str, Any] = {}
            for by_stage in (False, True):
                chosen = [d for d in definitions if (d.by_stage if by_stage else d.whole)]
                if chosen:
                    tables |= _count(connection, chosen, list(facts.values()), by_stage)
        for name, table in tables.items():
            for period, found in files.items():
                found[name] = store.put("values", f"{period}-{name}", _writer(table, period))
        _hide(store, tables, [d for d in definitions if d.guarded and not d.ranked], files)
        for period in batch:
            contents.values[period] = {
                "files": files[period],
                "facts": {code: contents.fact_file(code, period) for code in facts},
                "definitions": {d.code: d.digest for d in definitions},
            }


def _register(connection: Any, fact: Fact, paths: list[str]) -> None:
    """Let the backend know a fact's partitions under the fact's name."""
    from .partitions import arrow_schema

    name = expressions.fact_name(fact.code)
    if paths:
        connection.read_parquet(paths).create_view(name)
    else:
        connection.register(name, arrow_schema(fact).empty_table())


def _count(connection: Any, definitions: Sequence[Definition], facts: Sequence[Fact], by_stage: bool) -> dict[str, Any]:
    """Count one kind of units; returns the tables to be stored, by name."""
    import pyarrow as pa

    kind = KIND[by_stage]
    sql = compiling.statements(definitions, facts, by_stage)
    connection.execute(f'CREATE TEMP TABLE "{compiling.UNITS}" AS {sql.units}')
    connection.execute(f'CREATE OR REPLACE TEMP TABLE "{compiling.PARTS}" AS {sql.parts}')
    connection.execute(f'DROP TABLE "{compiling.UNITS}"')
    schools = connection.table(compiling.PARTS).to_arrow_table()
    tables = {f"schools_{kind}": schools}
    levels = [level for level in LEVELS if schools[level].null_count < schools.num_rows]
    if levels and sql.cube:
        tables[f"places_{kind}"] = rolled(connection.sql(sql.cube).to_arrow_table(), by_stage, levels)
    found = [connection.sql(text).to_arrow_table() for level in levels for text in sql.ranked(level)]
    if found:
        tables[f"ranked_{kind}"] = pa.concat_tables(found)
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
