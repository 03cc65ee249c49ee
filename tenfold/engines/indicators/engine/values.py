"""Stored components read back, and the value that follows from them. No backend runs here."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tenfold.foundation.declare import Count, Distinct, Mean, Percentile, Ratio, Share, Spread, Total

from .definitions import LEVELS, Definition, column
from .splits import Split
from .store import Contents, Store

FLAT = 1e-12
"""A relative variance below this is rounding: the units are equal."""


@dataclass(frozen=True)
class Parts:
    """The components of one value: what stands above and below the line, and on how many units it rests."""

    n: float | None = None
    d: float | None = None
    q: float | None = None
    counted: int = 0
    due: int = 0

    def __add__(self, other: Parts) -> Parts:
        return Parts(
            _plus(self.n, other.n),
            _plus(self.d, other.d),
            _plus(self.q, other.q),
            self.counted + other.counted,
            self.due + other.due,
        )


def _plus(one: float | None, other: float | None) -> float | None:
    return one if other is None else other if one is None else one + other


def value_of(shape: Any, parts: Parts) -> float | None:
    """What a shape of value says of summed components; None where nothing is known."""
    if not parts.counted or parts.n is None:
        return None
    if isinstance(shape, (Total, Count, Percentile, Distinct)):
        return parts.n
    if isinstance(shape, Mean):
        return parts.n / parts.counted
    if isinstance(shape, Share):
        return 100 * parts.n / parts.counted
    if isinstance(shape, Ratio):
        return parts.n / parts.d * shape.per if parts.d else None
    if isinstance(shape, Spread):
        return _spread(parts)
    raise TypeError(shape)


def _spread(parts: Parts) -> float | None:
    """S / X̄ with S² = Σ(x²/P)/ΣP − X̄², clipped at 0."""
    if not parts.d or not parts.n or parts.q is None:
        return None
    mean = parts.n / parts.d
    relative = parts.q / parts.d / (mean * mean) - 1
    return math.sqrt(relative) if relative > FLAT else 0.0


@lru_cache(maxsize=96)
def _read(path: str, columns: tuple[str, ...]) -> Any:
    """Some columns of a file; files never change, so what was read stays true."""
    import pyarrow.parquet as pq

    return pq.read_table(path, columns=list(columns))


@lru_cache(maxsize=96)
def _names(path: str) -> frozenset[str]:
    import pyarrow.parquet as pq

    return frozenset(pq.read_schema(path).names)


@dataclass(frozen=True)
class School:
    """A school's row: its id, the places above it, its components by code, where and by whom it is run."""

    id: int
    places: dict[str, int | None]
    parts: dict[str, Parts]
    locale: str = ""
    sector: str = ""


class Reader:
    """Reads one period's values."""

    def __init__(self, place: Store, contents: Contents, period: str) -> None:
        self.store = place
        self.contents = contents
        self.period = period
        self.files: dict[str, str] = contents.values.get(period, {}).get("files", {})

    def _columns(self, path: str, definition: Definition) -> list[str]:
        wanted = [column(definition.code, part) for part in (*definition.parts, "c")]
        return [name for name in (*wanted, definition.expected) if name in _names(path)]

    def _path(self, kind: str) -> str:
        return str(self.store.path(self.files[kind])) if kind in self.files else ""

    def places(
        self, definitions: Sequence[Definition], level: str, ids: Iterable[int], split: Split
    ) -> dict[str, dict[int, Parts]]:
        """Components by code and place, of places of one level."""
        found: dict[str, dict[int, Parts]] = {d.code: {} for d in definitions}
        kind = "stage" if split.stage else "whole"
        for ranked in (False, True):
            chosen = [d for d in definitions if d.ranked is ranked]
            path = self._path(f"{'ranked' if ranked else 'places'}_{kind}")
            if chosen and path:
                self._fill(found, path, chosen, level, list(ids), split)
        return found

    def _fill(
        self,
        found: dict[str, dict[int, Parts]],
        path: str,
        definitions: Sequence[Definition],
        level: str,
        ids: list[int],
        split: Split,
    ) -> None:
        import pyarrow as pa
        import pyarrow.compute as pc

        keys = ("level", "place", *(("stage",) if split.stage else ()), "locale", "sector")
        named = {d.code: self._columns(path, d) for d in definitions}
        wanted = tuple(dict.fromkeys((*keys, *(name for names in named.values() for name in names))))
        table = _read(path, wanted)
        kept = pc.and_(pc.equal(table["level"], level), pc.is_in(table["place"], pa.array(ids, pa.int64())))
        for name in keys[2:]:
            kept = pc.and_(kept, pc.equal(table[name], getattr(split, name)))
        for row in table.filter(kept).to_pylist():
            for definition in definitions:
                if named[definition.code]:
                    found[definition.code][row["place"]] = _parts(row, definition)

    def schools(self, definitions: Sequence[Definition], level: str, place: int, split: Split) -> list[School]:
        """The schools that a place counts (``level`` school: the one itself), with their components."""
        return self.schools_among(definitions, level, [place], split)

    def schools_among(
        self, definitions: Sequence[Definition], level: str, places: Sequence[int], split: Split
    ) -> list[School]:
        """The schools that any of several places counts (``level`` school: those themselves)."""
        import pyarrow as pa
        import pyarrow.compute as pc

        path = self._path("schools_stage" if split.stage else "schools_whole")
        if not path:
            return []
        named = [name for d in definitions for name in self._columns(path, d)]
        keys = ("school", *LEVELS, "locale", "sector", *(("stage",) if split.stage else ()))
        table = _read(path, tuple(dict.fromkeys((*keys, *named))))
        kept = pc.is_in(table[level], pa.array(list(places), pa.int64()))
        for name in ("stage", "locale", "sector"):
            if getattr(split, name):
                kept = pc.and_(kept, pc.equal(table[name], getattr(split, name)))
        rows = table.filter(kept).to_pylist()
        return [
            School(
                row["school"],
                {name: row[name] for name in LEVELS},
                {d.code: _parts(row, d, unit=True) for d in definitions},
                row["locale"] or "",
                row["sector"] or "",
            )
            for row in rows
        ]

    def members(self, level: str, place: int) -> list[tuple[int, int | None, int | None]]:
        """The schools that a place counts: id, county, township."""
        import pyarrow.compute as pc

        path = self._path("schools_whole")
        if not path:
            return []
        table = _read(path, ("school", *LEVELS))
        rows = table.filter(pc.equal(table[level], place)).to_pylist()
        return [(row["school"], row["county"], row["township"]) for row in rows]

    def hidden(self, code: str) -> set[tuple[str, int, str, str, str]]:
        """The cells of a guarded indicator that are not shown: (level, place, stage, locale, sector)."""
        path = self._path("hidden")
        if not path:
            return set()
        rows = _read(path, ("code", "level", "place", "stage", "locale", "sector")).to_pylist()
        return {(r["level"], r["place"], r["stage"], r["locale"], r["sector"]) for r in rows if r["code"] == code}

    def records(self, facts: Sequence[str], schools: Sequence[int]) -> dict[int, list[str]]:
        """Where the rows of schools came from, by school: ``12#Sheet1!7``, the later first."""
        import pyarrow as pa
        import pyarrow.compute as pc

        found: dict[int, dict[str, None]] = {}
        for fact in facts:
            name = self.contents.fact_file(fact, self.period)
            if not name:
                continue
            table = _read(str(self.store.path(name)), ("school", "record"))
            kept = pc.is_in(table["school"], pa.array(list(schools), pa.int64()))
            for row in table.filter(kept).to_pylist():
                records = found.setdefault(row["school"], {})
                records.update(dict.fromkeys(word for word in (row["record"] or "").split(";") if word))
        return {school: list(words) for school, words in found.items()}


def _parts(row: dict[str, Any], definition: Definition, unit: bool = False) -> Parts:
    n = row.get(column(definition.code, "n"))
    if isinstance(definition.indicator.value, Distinct) and unit:
        n = None
    return Parts(
        n,
        row.get(column(definition.code, "d")),
        row.get(column(definition.code, "q")),
        int(n is not None) if unit else int(row.get(column(definition.code, "c")) or 0),
        int(row.get(definition.expected) or 0),
    )
