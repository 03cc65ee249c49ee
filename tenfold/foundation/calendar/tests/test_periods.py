"""Periods are read, counted and told as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenfold.foundation.calendar import BadPeriod, Period
from tenfold.foundation.calendar.periods import KINDS

days = st.dates(date(1950, 1, 1), date(2150, 12, 31))


@given(days, st.sampled_from(KINDS))
def test_a_day_lies_in_its_period_and_the_code_reads_back(day: date, kind: str) -> None:
    period = Period.of(day, kind)
    assert day in period
    assert Period.parse(period.code, kind) == period


@given(days, st.sampled_from(KINDS), st.integers(-40, 40))
def test_steps_forth_and_back_meet(day: date, kind: str, steps: int) -> None:
    period = Period.of(day, kind)
    assert period.next(steps).previous(steps) == period
    assert period.next().start > period.end


def test_the_school_year_begins_on_1_september() -> None:
    assert Period.of(date(2023, 8, 31), "school_year").code == "2022-23"
    assert Period.of(date(2023, 9, 1), "school_year").code == "2023-24"


def test_a_text_that_is_both_is_the_school_year_unless_a_month_is_asked() -> None:
    assert Period.parse("2011-12").kind == "school_year"
    assert Period.parse("2011-12", "month").kind == "month"
    assert Period.parse("2023-11").kind == "month"


@pytest.mark.parametrize("text", ["", "23-24", "2023-25", "2023-13", "2023Q5", "2023W54", "二〇二三", "2023-24x"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(BadPeriod):
        Period.parse(text)
