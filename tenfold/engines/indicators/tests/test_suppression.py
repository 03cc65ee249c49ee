"""Small counts of guarded people: hidden, and not to be told by subtraction."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tenfold.engines.indicators.engine.suppression import hidden
from tenfold.foundation.holdings.statistics import statistics

GUARD = statistics().guard


@given(st.lists(st.lists(st.integers(0, 40), min_size=1, max_size=6), min_size=1, max_size=5))
def test_nothing_hidden_can_be_told_by_subtraction(places: list[list[int]]) -> None:
    counts: dict[tuple[object, ...], float | None] = {}
    families = []
    for i, schools in enumerate(places):
        parts = [("school", i, j) for j in range(len(schools))]
        counts.update(dict(zip(parts, schools, strict=True)))
        counts[("county", i)] = sum(schools)
        families.append((("county", i), parts))
    counts[("city",)] = sum(map(sum, places))
    families.append((("city",), [("county", i) for i in range(len(places))]))
    found = hidden(counts, families)  # type: ignore[arg-type]
    for cell, n in counts.items():
        if n and n < GUARD:
            assert cell in found
    for total, parts in families:
        away = [p for p in parts if p in found and counts[p]]
        known = [p for p in parts if p not in found]
        if total not in found:
            assert len(away) != 1 or not any(counts[p] for p in known)
            if len(away) == 1:
                assert (counts[total] or 0) < GUARD
        elif counts[total] and not away:
            raise AssertionError("a hidden total whose parts are all shown")


def test_counts_of_ten_and_more_and_none_are_shown() -> None:
    assert hidden({("a",): 0, ("b",): 10, ("c",): None}, []) == set()
    assert hidden({("a",): 9}, []) == {("a",)}
