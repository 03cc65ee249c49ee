"""Periods are read, counted and told as people write them."""

from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tenfold.foundation.calendar import BadPeriod, Period
from tenfold.foundation.calendar.periods import KINDS

days = st.dates(date(1950, 1, 1), date(2150, 12, 31))
kinds = st.sampled_from(KINDS)


@pytest.mark.parametrize(
    ("text", "kind", "start", "end", "title"),
    [
        ("2017-18", "school_year", date(2017, 9, 1), date(2018, 8, 31), "2017学年"),
        ("1999-00", "school_year", date(1999, 9, 1), date(2000, 8, 31), "1999学年"),
        ("2023", "year", date(2023, 1, 1), date(2023, 12, 31), "2023年"),
        ("2023-11", "month", date(2023, 11, 1), date(2023, 11, 30), "2023年11月"),
        ("2024-02", "month", date(2024, 2, 1), date(2024, 2, 29), "2024年2月"),
        ("2023Q4", "quarter", date(2023, 10, 1), date(2023, 12, 31), "2023年第4季度"),
        ("2023W47", "week", date(2023, 11, 20), date(2023, 11, 26), "2023年第47周"),
        ("2020W53", "week", date(2020, 12, 28), date(2021, 1, 3), "2020年第53周"),
    ],
)
def test_it_is_read_and_named(text, kind, start, end, title):
    period = Period.parse(text)
    assert (period.code, period.kind, period.start, period.end) == (
        text,
        kind,
        start,
        end,
    )
    with translation.override("zh-hans"):
        assert period.title == title


@pytest.mark.parametrize("year", range(2000, 2012))
def test_a_code_that_means_two_things_is_the_school_year_unless_the_month_is_asked_for(
    year,
):
    code = f"{year}-{(year + 1) % 100:02}"
    assert Period.parse(code).kind == "school_year"
    month = Period.parse(code, "month")
    assert (month.kind, month.start) == ("month", date(year, year - 1999, 1))
    assert month != Period.parse(code)


@pytest.mark.parametrize(
    "text",
    ["", "23-24", "2023-2024", "2023-00", "2023-13", "2023-25", "2023Q0", "2023Q5", "2023W00", "2023W54", "2021W53",
     "2023-11-01", "1899", "2023q4", "二〇二三", "２０２３", "2023-24x", "None"],
)  # fmt: skip
def test_what_is_no_period_is_refused_with_a_word_on_how_to_write_it(text):
    with (
        translation.override("zh-hans"),
        pytest.raises(BadPeriod, match="学年写作2023-24"),
    ):
        Period.parse(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [("2023-11", "school_year"), ("2023-24", "month"), ("2023", "month")],
)
def test_another_kind_than_the_one_asked_for_is_refused(text, kind):
    with pytest.raises(BadPeriod):
        Period.parse(text, kind)


def test_an_unknown_kind_is_refused():
    with pytest.raises(BadPeriod):
        Period.of(date(2023, 1, 1), "term")
    with pytest.raises(BadPeriod):
        Period.parse("2023", "term")


def test_the_school_year_begins_on_1_september_and_is_counted_on_it():
    assert Period.of(date(2023, 8, 31), "school_year").code == "2022-23"
    assert Period.of(date(2023, 9, 1), "school_year").code == "2023-24"
    assert Period.parse("2023-24").census_day == date(2023, 9, 1)


def test_a_year_holds_its_parts():
    year = Period.parse("2023")
    assert Period.parse("2023-11") in year
    assert Period.parse("2023Q4") in year
    assert Period.parse("2023-24") not in year
    assert date(2023, 12, 31) in year
    assert date(2024, 1, 1) not in year


@given(days, kinds)
def test_a_day_lies_in_its_period_and_the_code_reads_back(day, kind):
    period = Period.of(day, kind)
    assert day in period
    assert Period.parse(period.code, kind) == period
    assert Period.of(period.start, kind) == period == Period.of(period.end, kind)


@given(days, kinds)
def test_periods_follow_each_other_without_gap_or_overlap(day, kind):
    period = Period.of(day, kind)
    assert period.next().start == period.end + timedelta(days=1)
    assert period.next().previous() == period
    assert period.previous() < period < period.next()
    assert period not in period.next()


@given(days, kinds, st.integers(0, 40))
def test_n_steps_are_n_times_one(day, kind, n):
    period = stepped = Period.of(day, kind)
    for _step in range(n):
        stepped = stepped.next()
    assert period.next(n) == stepped
    assert stepped.previous(n) == period
