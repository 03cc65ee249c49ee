"""No indicator is DuckDB's alone: every expression of the house compiles for Spark too."""

from __future__ import annotations

import pytest
from ibis.config import Config

from tenfold.engines.indicators.engine import expressions
from tenfold.engines.indicators.engine.compiling import sql
from tenfold.engines.indicators.engine.definitions import SPLITS, STAGE_SPLITS
from tenfold.engines.indicators.engine.keeping import definitions, facts_used


class SparkOptions(Config):
    treat_nan_as_null: bool = False


@pytest.mark.parametrize("by_stage", [False, True])
@pytest.mark.parametrize("dialect", ["pyspark", "duckdb"])
def test_every_definition_compiles(
    by_stage: bool, dialect: str, monkeypatch: pytest.MonkeyPatch, whole_catalogue: None
) -> None:
    import ibis

    # Set by the Spark backend when it is loaded; the compiler alone asks for it too.
    monkeypatch.setattr(ibis.options, "pyspark", SparkOptions())
    chosen = [d for d in definitions() if (d.by_stage if by_stage else d.whole)]
    units = expressions.units(list(facts_used().values()), by_stage)
    parts = expressions.components(chosen, ibis.table(units.schema(), name="units"), by_stage)
    named = ibis.table(parts.schema(), name="parts")
    found = [units, parts, expressions.cube([d for d in chosen if not d.ranked], named, by_stage)]
    ranked = [d for d in chosen if d.ranked]
    assert ranked
    for split in STAGE_SPLITS if by_stage else SPLITS:
        found.append(expressions.ranked(ranked, named, by_stage, "county", split))
    for expression in found:
        assert "SELECT" in sql(expression, dialect)
