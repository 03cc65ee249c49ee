"""Small counts of guarded people: hidden, and not to be told by any sum or difference of what is shown."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenfold.engines.indicators.engine.definitions import define
from tenfold.engines.indicators.engine.suppression import Cell, hidden, hidden_cells
from tenfold.foundation.declare import Indicator, Share, Total, house
from tenfold.foundation.holdings.facts import composition
from tenfold.foundation.holdings.statistics import statistics

GUARD = statistics().guard
Counts = dict[Cell, float | None]
Tree = dict[Cell, list[Cell]]


@st.composite
def cities(draw: st.DrawFn) -> tuple[Counts, Tree]:
    """A city of counties, some schools in townships and some at once below their county."""
    counts: Counts = {}
    parts: Tree = {("city",): []}
    few = st.one_of(st.none(), st.sampled_from([0, 1, 2, 3, 5, 9, 10, 12, 20, 40]))

    def school(above: Cell, number: int) -> float:
        cell = ("school", *above[1:], number)
        counts[cell] = draw(few)
        parts[above].append(cell)
        return counts[cell] or 0

    total = 0.0
    for c in range(draw(st.integers(1, 3))):
        county: Cell = ("county", c)
        parts[("city",)].append(county)
        parts[county] = []
        whole = sum(school(county, n) for n in range(draw(st.integers(0, 2))))
        for t in range(draw(st.integers(0, 3))):
            township: Cell = ("township", c, t)
            parts[county].append(township)
            parts[township] = []
            counts[township] = sum(school(township, n) for n in range(draw(st.integers(1, 4))))
            whole += counts[township] or 0
        counts[county] = whole
        total += whole
    counts[("city",)] = total
    return counts, parts


def leaves(cell: Cell, parts: Tree) -> list[Cell]:
    return [leaf for part in parts[cell] for leaf in leaves(part, parts)] if cell in parts else [cell]


class Told:
    """All that sums and differences of what is shown tell: linear algebra over the schools, exact."""

    def __init__(self, counts: Counts, parts: Tree, away: set[Cell]) -> None:
        self.parts = parts
        self.basis: dict[Cell, dict[Cell, Fraction]] = {}
        for cell in counts:
            if cell not in away and (row := self.left(cell)):
                first = min(row, key=str)
                self.basis[first] = {leaf: value / row[first] for leaf, value in row.items()}

    def left(self, cell: Cell) -> dict[Cell, Fraction]:
        """What is not told of a place; nothing where all is."""
        row = {leaf: Fraction(1) for leaf in leaves(cell, self.parts)}
        for first in sorted(self.basis, key=str):
            if value := row.get(first):
                for leaf, other in self.basis[first].items():
                    row[leaf] = row.get(leaf, Fraction(0)) - value * other
                row = {leaf: v for leaf, v in row.items() if v}
        return row


@given(cities())
def test_nothing_hidden_can_be_told_by_sums_and_differences(city: tuple[Counts, Tree]) -> None:
    counts, parts = city
    away = hidden(counts, parts, GUARD)
    told = Told(counts, parts, away)
    for cell, n in counts.items():
        assert cell in away or not n or n >= GUARD
        assert cell not in away or told.left(cell), f"{cell} follows from what is shown"
    for total in parts:
        few = [leaf for leaf in leaves(total, parts) if leaf in away]
        rest = sum(counts[leaf] or 0 for leaf in few)
        assert total in away or not few or (len(few) > 1 and rest >= GUARD), "what is left is a small count"


def test_the_attack_finds_what_a_weaker_rule_leaves() -> None:
    counts: Counts = {("s", 1): 3, ("s", 2): 12, ("s", 3): 20, ("c",): 35}
    parts: Tree = {("c",): [("s", 1), ("s", 2), ("s", 3)]}
    assert not Told(counts, parts, {("s", 1)}).left(("s", 1))
    assert hidden(counts, parts, GUARD) == {("s", 1), ("s", 2)}


def test_counts_of_ten_and_more_and_none_are_shown() -> None:
    assert hidden({("a",): 0, ("b",): 10, ("c",): None}, {}, GUARD) == set()
    assert hidden({("a",): 9}, {}, GUARD) == {("a",)}
    assert hidden({("a",): 4, ("b",): 4, ("c",): 30, ("all",): 38}, {("all",): [("a",), ("b",), ("c",)]}, GUARD) == {
        ("a",), ("b",), ("c",),
    }, "four and four are eight"  # fmt: skip


def test_the_rows_of_the_store_become_a_tree() -> None:
    base = {"period": "p", "township": None, "city": 3, "province": None, "locale": "rural", "sector": "public"}
    schools = [base | {"school": n, "county": 2, "n": count} for n, count in ((11, 4), (12, 15), (13, 0))]
    places = [
        {"period": "p", "level": level, "place": pk, "locale": locale, "sector": "", "n": 19}
        for level, pk in (("county", 2), ("city", 3)) for locale in ("", "rural")
    ]  # fmt: skip
    found = list(hidden_cells("x.y", "n", places, schools))
    assert {(row["level"], row["place"]) for row in found} == {("school", 11), ("school", 12)}


def test_a_guarded_count_is_told_of_places_alone() -> None:
    facts = house().facts
    with pytest.raises(ValueError, match="guarded"):
        define(Indicator("x.y", "", Total(composition.pupils_disabled), splits=("stage",)), facts)
    with pytest.raises(ValueError, match="guarded"):
        define(Indicator("x.y", "", Share(composition.pupils_disabled > 3)), facts)
    for indicator in house().indicators.values():
        if define(indicator, facts).guarded:
            assert not indicator.splits
