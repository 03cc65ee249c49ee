"""Working days follow the State Council's arrangement."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenfold.foundation.calendar import is_working, working_days_after, working_days_before


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2023-10-06", False), ("2023-10-07", True), ("2023-10-09", True), ("2023-09-30", False),
        ("2023-11-18", False), ("2024-02-18", True), ("2024-02-12", False), ("2031-05-01", True), ("2031-05-03", False),
    ],
)  # fmt: skip
def test_a_day_is_worked_or_not(day, worked):
    assert is_working(date.fromisoformat(day)) is worked


@given(st.dates(date(2023, 1, 1), date(2025, 12, 31)), st.integers(1, 30))
def test_counting_forward_and_back_meets(day, number):
    later = working_days_after(day, number)
    assert is_working(later)
    first = working_days_before(later, number)
    assert first > day
    assert working_days_after(day, 1) == first


def test_three_days_before_a_monday_reach_over_the_weekend():
    assert working_days_before(date(2023, 11, 20), 3) == date(2023, 11, 16)
