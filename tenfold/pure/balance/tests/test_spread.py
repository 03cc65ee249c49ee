"""The spread between schools: its properties on random counties."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import isclose, sqrt

from hypothesis import given
from hypothesis import strategies as st

from tenfold.pure.balance import School, Spread, StageCounts, parts, spreads

from .factories import counts, primary, standard

units = st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 4000)), min_size=1, max_size=40)


def naive(pairs: list[tuple[int, int]]) -> float:
    """The formula as the document writes it, in floats."""
    pupils = sum(p for _, p in pairs)
    mean = sum(x for x, _ in pairs) / pupils
    return sqrt(sum(p / pupils * (x / p - mean) ** 2 for x, p in pairs)) / mean


@given(units)
def test_equal_to_the_naive_computation(pairs: list[tuple[int, int]]) -> None:
    spread = Spread.of(pairs)
    if not any(x for x, _ in pairs):
        assert spread.value is None
    else:
        assert isclose(float(spread.value or 0), naive(pairs), rel_tol=1e-9, abs_tol=1e-7)


@given(units, st.fractions(min_value=Fraction(1, 1000), max_value=1000))
def test_scale_free(pairs: list[tuple[int, int]], factor: Fraction) -> None:
    assert Spread.of((x * factor, p) for x, p in pairs).value == Spread.of(pairs).value


@given(st.integers(1, 10**5), st.lists(st.integers(1, 4000), min_size=1, max_size=40))
def test_zero_for_equal_schools(each: int, pupils: list[int]) -> None:
    spread = Spread.of((each * p, p) for p in pupils)
    assert spread.variance == 0
    assert spread.value == 0
    assert spread.within(0) is True


@given(units, st.integers(2, 5))
def test_weighted_by_pupils(pairs: list[tuple[int, int]], times: int) -> None:
    """A school with n times the pupils and the goods counts like n such schools."""
    (x, p), *rest = pairs
    assert Spread.of([(x * times, p * times), *rest]).value == Spread.of([(x, p)] * times + rest).value


@given(units, units)
def test_it_adds_up(some: list[tuple[int, int]], others: list[tuple[int, int]]) -> None:
    assert Spread.of(some) + Spread.of(others) == Spread.of(some + others)


@given(units, st.integers(0, 3000))
def test_the_limit_is_kept_exactly_where_the_value_says_so(pairs: list[tuple[int, int]], thousandths: int) -> None:
    limit = Fraction(thousandths, 1000)
    spread = Spread.of(pairs)
    value = spread.value
    if value is None:
        assert spread.within(limit) is None
    elif abs(value - Decimal(thousandths) / 1000) > Decimal("1e-20"):
        assert spread.within(limit) is (value < Decimal(thousandths) / 1000)


def test_on_the_limit_is_within() -> None:
    """Two schools at 1/2 and 3/2 of the mean: the spread is one half to the last digit."""
    spread = Spread.of([(50, 100), (150, 100)])
    assert spread.variance == Fraction(1, 4)
    assert spread.within(Fraction("0.50")) is True
    assert spread.within(Fraction("0.4999999999999999999999999999")) is False


def test_unknown_units_are_counted_as_missing_and_nobody_is_no_unit() -> None:
    spread = Spread.of([(10, 5), (None, 5), (10, None), (7, 0), (None, 0)])
    assert (spread.counted, spread.missing, spread.total) == (1, 2, 10)
    assert Spread.of([]).value is Spread.of([]).within(1) is None


def test_the_spreads_of_a_place_split_and_leave_out_what_stays_out() -> None:
    through = School(
        "t",
        {"primary": StageCounts(600), "junior": StageCounts(300)},
        "312",
        area_sports=5400,
    )
    point = primary("p", stage=counts(49), school_type="218")
    unsure = primary("u", stage=counts(None), school_type="218")
    schools = [through, primary("a"), point, unsure]
    found = spreads([part for school in schools for part in parts(school, standard())], standard())
    assert set(found) == {(r.code, s) for r in standard().resources for s in ("primary", "junior")}
    small, large = found["sports_area", "primary"], found["sports_area", "junior"]
    assert (small.counted, small.missing, small.pupils) == (2, 1, 1600)
    assert small.total == 7500 + 5400 * Fraction(600, 930)
    assert (large.counted, large.total) == (1, 5400 * Fraction(330, 930))
    assert found["backbone_teachers", "primary"].missing == 2


def test_a_point_of_unknown_size_is_missing_even_where_one_stage_is_known() -> None:
    point = School("u", {"primary": counts(20), "junior": counts(None)}, "218")
    found = spreads(parts(point, standard()), standard())
    assert (found["backbone_teachers", "primary"].counted, found["backbone_teachers", "primary"].missing) == (
        0,
        1,
    )
