"""Values that stand out of their column, and totals that do not add up.

Nothing is corrected here: an outlier may be true. It is a warning, and stands until somebody has
looked at it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

Number = int | Decimal

LEAST = 10
"""A column of fewer known positive values is not judged."""
FAR = 20
"""How many times the ninth decile a value must exceed to stand out."""
FAR_RATIO = 5
"""The same for ratios (pupils per teacher), which vary less than sizes."""


@dataclass(frozen=True)
class Outlier:
    """A value that stands out. ``usual`` is the largest of the others; ``yuan``: it fits if it is yuan, not 万元."""

    row: int
    value: Number
    usual: Number
    yuan: bool = False


def outliers(values: Sequence[tuple[int, Number]], *, ten_thousands: bool = False, far: int = FAR) -> list[Outlier]:
    """The values of a column (row, value) that exceed ``far`` times its ninth decile.

    ``ten_thousands``: the column is in 万元; a value that would fit if it were yuan is marked so, already
    when it is a thousand times the median.
    """
    known = sorted((value, row) for row, value in values if value > 0)
    if len(known) < LEAST:
        return []
    usual = known[math.ceil(len(known) * 0.9) - 2][0]
    middle = known[len(known) // 2][0]
    found = []
    fit = [value for value, _row in known if value <= usual * far]
    for value, row in known:
        yuan = ten_thousands and value >= 500 * middle and fit[0] / 3 <= Decimal(value) / 10_000 <= fit[-1] * 3
        if value > usual * far or yuan:
            others = [v for v in fit if v != value]
            found.append(Outlier(row, value, others[-1] if others else usual, yuan))
    return found


@dataclass(frozen=True)
class Mismatch:
    """A total that is not the sum of its rows."""

    row: int
    column: int
    stated: Number
    counted: Number


def mismatches(
    data: Mapping[int, Mapping[int, Number]], totals: Iterable[tuple[int, str, Mapping[int, Number]]]
) -> list[Mismatch]:
    """Compare total rows with the rows they sum.

    ``data``: values by column, by data row. ``totals``: (row, total or subtotal, values by column). A
    subtotal sums the rows since the last one, or, where groups carry it above, up to the next; a
    total sums all rows.
    """
    rows = sorted(data)
    marks = sorted(totals, key=lambda total: total[0])
    subtotals = [row for row, kind, _values in marks if kind == "subtotal"]
    found = []
    for row, kind, values in marks:
        spans = [rows]
        if kind == "subtotal":
            before = max((r for r in subtotals if r < row), default=-1)
            after = min((r for r in subtotals if r > row), default=10**9)
            spans = [[r for r in rows if before < r < row], [r for r in rows if row < r < after]]
        for column, stated in values.items():
            sums = [_sum(data[r].get(column) for r in span) for span in spans if span]
            if sums and not any(_close(stated, counted, len(rows)) for counted in sums):
                found.append(Mismatch(row, column, stated, sums[0]))
    return found


def _sum(values: Iterable[Number | None]) -> Number:
    return sum((value for value in values if value is not None), start=0)


def _close(stated: Number, counted: Number, rows: int) -> bool:
    if isinstance(stated, int) and isinstance(counted, int):
        return stated == counted
    return abs(Decimal(stated) - Decimal(counted)) <= Decimal("0.005") * (rows + 1)
