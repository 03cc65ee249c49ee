"""The cube's small sums added up to every place at every split."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .definitions import LEVELS, SPLITS, STAGE_SPLITS


def rolled(cube: Any, by_stage: bool, levels: Sequence[str] = LEVELS) -> Any:
    """An Arrow table ``period, level, place, [stage,] locale, sector`` and the cube's sums.

    A group that is not split by is the empty text. Units whose group is unknown are in no split of it.
    """
    import pyarrow as pa

    groups = (*(("stage",) if by_stage else ()), "locale", "sector")
    sums = [name for name in cube.column_names if name not in ("period", *LEVELS, *groups)]
    found = []
    for level in levels:
        for split in STAGE_SPLITS if by_stage else SPLITS:
            found.append(_summed(cube, level, split.split(",") if split else [], groups, sums))
    return pa.concat_tables(found)


def _summed(cube: Any, level: str, wanted: Sequence[str], groups: Sequence[str], sums: Sequence[str]) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    kept = pc.is_valid(cube[level])
    for name in wanted:
        kept = pc.and_(kept, pc.not_equal(cube[name], ""))
    groups_of = cube.filter(kept).group_by(["period", level, *wanted], use_threads=False)
    counted = groups_of.aggregate([(name, "sum") for name in sums])
    columns = {"period": counted["period"], "level": pa.array([level] * counted.num_rows, pa.string())}
    columns["place"] = counted[level]
    empty = pa.array([""] * counted.num_rows, pa.string())
    columns |= {name: counted[name] if name in wanted else empty for name in groups}
    columns |= {name: counted[f"{name}_sum"] for name in sums}
    return pa.table(columns)
