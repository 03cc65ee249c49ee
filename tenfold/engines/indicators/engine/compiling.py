"""The expressions as SQL for the embedded backend, compiled once for each set of definitions.

Compiling some hundreds of columns takes longer than counting a city, so what was compiled is kept
for as long as the process lives.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from tenfold.foundation.declare import Fact

from . import expressions
from .definitions import SPLITS, STAGE_SPLITS, Definition, column

UNITS, PARTS = "units", "parts"
KEPT = 16


@dataclass(frozen=True)
class Statements:
    """SELECT statements: facts → units, units → parts (components), parts → cube; ranked of a level, one a split."""

    units: str
    parts: str
    cube: str
    ranked: Callable[[str], list[str]]


_known: dict[str, Statements] = {}


def statements(definitions: Sequence[Definition], facts: Sequence[Fact], by_stage: bool) -> Statements:
    """The statements that count some definitions over some facts, for one kind of units."""
    words = [str(by_stage), *(d.digest for d in definitions), *(f"{f.code}{expressions.schema(f)}" for f in facts)]
    key = hashlib.sha256("|".join(words).encode()).hexdigest()
    if key not in _known:
        if len(_known) >= KEPT:
            _known.pop(next(iter(_known)))
        _known[key] = _compiled(definitions, facts, by_stage)
    return _known[key]


def _compiled(definitions: Sequence[Definition], facts: Sequence[Fact], by_stage: bool) -> Statements:
    import ibis

    units = expressions.units(facts, by_stage)
    parts = expressions.components(definitions, ibis.table(units.schema(), name=UNITS), by_stage)
    additive, ranked = ([d for d in definitions if d.ranked is wanted] for wanted in (False, True))
    few = _narrow(parts.schema(), ranked, by_stage)

    @cache
    def of_level(level: str) -> list[str]:
        splits = (STAGE_SPLITS if by_stage else SPLITS) if ranked else ()
        return [sql(expressions.ranked(ranked, few, by_stage, level, split)) for split in splits]

    whole = ibis.table(parts.schema(), name=PARTS)
    cube = sql(expressions.cube(additive, whole, by_stage)) if additive else ""
    return Statements(sql(units), sql(parts), cube, of_level)


def _narrow(schema: Any, definitions: Sequence[Definition], by_stage: bool) -> Any:
    """The table of parts with the columns that some definitions need: wide tables take long to compile."""
    import ibis

    wanted = {*expressions.names_of(by_stage), *(d.expected for d in definitions)}
    wanted |= {column(d.code, part) for d in definitions for part in d.parts}
    return ibis.table({name: kind for name, kind in schema.items() if name in wanted}, name=PARTS)


def sql(expression: Any, dialect: str = "duckdb") -> str:
    """An expression in a backend's SQL."""
    import ibis

    return str(ibis.to_sql(expression, dialect=dialect, pretty=False))
