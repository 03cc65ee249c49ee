"""Numbers and dates: what is certain, what is only suggested."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenfold.foundation.exchange.numbers import (
    chinese_number,
    column_index,
    column_letters,
    date_of,
    number_of,
    suggested_date,
    suggested_number,
)

_DIGITS = "零一二三四五六七八九"


def spelled(number: int) -> str:
    """A number below 10^8 in Chinese numerals, written independently of the reader."""
    if number < 10:
        return _DIGITS[number]
    for size, word in ((10_000, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= size:
            head, rest = divmod(number, size)
            text = spelled(head) + word
            if rest:
                text += ("零" if rest < size // 10 else "") + spelled(rest)
            return text
    raise AssertionError


@given(st.integers(0, 10**8 - 1))
def test_chinese_numerals_of_every_number_are_understood(number: int) -> None:
    assert chinese_number(spelled(number)) == number


@given(st.decimals(-(10**9), 10**9, allow_nan=False, places=3))
def test_a_number_survives_width_and_separators(number: Decimal) -> None:
    wide = str.maketrans("0123456789.-", "０１２３４５６７８９．－")
    assert number_of(f"{number:f}") == number
    assert number_of(f"{number:f}".translate(wide)) == number
    assert number_of(f" {number:,f} ") == number


@pytest.mark.parametrize(
    "text", ["三百一十四", "1,23", "12,34,567", "1e5", "12人", "一", "--3", "1.2.3", "０x１０", "=1+1", "inf"]
)
def test_what_is_no_plain_number_is_not_read(text: str) -> None:
    assert number_of(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("三百一十四", 314),
        ("十二", 12),
        ("314人", 314),
        ("约1,200平方米", 1200),
        ("两百零五", 205),
        ("二〇二三", 2023),
        ("贰拾", 20),
    ],
)
def test_what_is_probably_meant_is_suggested(text: str, number: int) -> None:
    assert suggested_number(text) == number


@pytest.mark.parametrize("text", ["见附表", "12/13", "3-5", "暂无"])
def test_nothing_is_suggested_where_several_numbers_or_none_stand(text: str) -> None:
    assert suggested_number(text) is None


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_dates_with_the_year_first_are_certain_and_others_only_suggested(day: date) -> None:
    assert date_of(f"{day:%Y-%m-%d}") == day
    assert date_of(f"{day.year}年{day.month}月{day.day}日") == day
    assert date_of(f"{day.year}/{day.month}/{day.day}") == day
    assert date_of(f"{day.day}/{day.month}/{day.year}") is None
    assert suggested_date(f"{day.day}/{day.month}/{day.year}") == day


def test_a_day_that_does_not_exist() -> None:
    assert date_of("1987-09-31") is None
    assert suggested_date("31/9/1987") == date(1987, 9, 30)
    assert suggested_date("12/31/1987") == date(1987, 12, 31)
    assert suggested_date("45/9/1987") is None


@given(st.integers(0, 20_000))
def test_column_letters_go_there_and_back(index: int) -> None:
    assert column_index(column_letters(index)) == index


def test_column_letters_as_excel_shows_them() -> None:
    assert [column_letters(i) for i in (0, 25, 26, 27, 701, 702)] == ["A", "Z", "AA", "AB", "ZZ", "AAA"]
