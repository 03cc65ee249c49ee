"""How numbers are written, and what the figure tag draws."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from django.template import engines
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tenfold.foundation.ui.figures import Figure, figure_url
from tenfold.foundation.ui.numbers import MINUS, change, in_prose, rounded, written


def draw(tag: str, **context: object) -> str:
    return engines["django"].from_string(tag).render(context)


def read(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace(MINUS, "-"))


@pytest.fixture(autouse=True)
def in_chinese():
    with translation.override("zh-hans"):
        yield


@given(st.integers(-(10**15), 10**15))
def test_whole_numbers_are_written_whole(value):
    assert read(written(value)) == value


@given(st.fractions(max_denominator=10**6), st.integers(0, 4))
def test_fractions_are_rounded_half_up_and_exactly(value, decimals):
    step = Fraction(1, 10**decimals)
    shown = Fraction(rounded(value, decimals))
    assert abs(shown - value) <= step / 2
    if abs(shown - value) == step / 2:
        assert abs(shown) > abs(value)


@given(st.floats(-1e9, 1e9, allow_nan=False), st.integers(0, 3))
def test_decimals_are_as_many_as_asked_and_zero_has_no_minus(value, decimals):
    text = written(value, decimals)
    assert len(text.partition(".")[2]) == decimals
    assert not (read(text) == 0 and text.startswith(MINUS))
    assert "-" not in text


@given(st.integers(0, 10**12), st.sampled_from(["人", "元", "所"]))
def test_prose_stays_within_half_a_unit_of_its_last_digit(value, unit):
    number, word = in_prose(value, unit)
    factor = 10**8 if word.startswith("亿") else 10**4 if word.startswith("万") else 1
    step = Decimal("0.1") if factor > 1 else 1
    assert abs(read(number) * factor - value) <= step * factor / 2
    assert read(number) < 10**4 or factor == 10**8 or factor == 1 and value < 10**4


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "words"),
    [
        (34898, "人", 0, ("3.5", "万人")),
        (9999, "人", 0, ("9,999", "人")),
        (120_000_000, "元", 0, ("1.2", "亿元")),
        (156_000, "元", 0, ("15.6", "万元")),
        (15.6, "万元", 1, ("15.6", "万元")),
        (12_000, "万元", 1, ("1.2", "亿元")),
        (99_999_999, "人", 0, ("1.0", "亿人")),
        (68.25, "%", 1, ("68.3", "%")),
        (-0.6, "%", 1, ("−0.6", "%")),
        (999, "元", 0, ("999", "元")),
        (2424, "元", 0, ("2,424", "元")),
    ],
)
def test_prose_as_the_look_says(value, unit, decimals, words):
    assert in_prose(value, unit, decimals) == words


def test_english_prose_knows_no_wan():
    with translation.override("en"):
        assert in_prose(34898, "pupils") == ("34,898", "pupils")
        assert in_prose(1_250_000, "pupils") == ("1.3", "million pupils")


def test_a_float_is_rounded_by_its_shortest_form():
    assert written(2.675, 2) == "2.68"
    assert written(6.374, 2) == "6.37"


def test_a_change_carries_its_sign_and_none_none():
    assert (change(1.1, 1), change(-0.6, 1), change(0.04, 1)) == ("+1.1", "−0.6", "0.0")


def test_unknown_is_drawn_as_unknown_and_never_as_zero():
    html = draw("{% figure f %}", f=Figure(None, coverage="46/52所", indicator="a.b"))
    assert "待填" in html
    assert "覆盖46/52所" in html.replace("</span>", "").replace('<span class="tf-f-coverage">', "")
    assert ">0<" not in html
    assert "<a" not in html


def test_zero_is_drawn_as_zero():
    assert ">0<" in draw("{% figure f %}", f=Figure(0, "人"))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN")])
def test_what_is_no_number_is_unknown(value):
    assert "待填" in draw("{% figure f %}", f=Figure(value, "人", indicator="a.b"))


def test_few_persons_are_not_shown_in_any_style():
    for style in ("prose", "strip", "table"):
        html = draw("{% figure f s %}", f=Figure(3, "人", suppressed=True, indicator="a.b"), s=style)
        assert "人数少，不显示" in html
        assert "3" not in html


def test_not_applicable_is_a_dash_with_a_word_for_the_ear():
    html = draw("{% figure f %}", f=Figure(None, state="not_applicable"))
    assert "—" in html
    assert "不适用" in html


def test_a_figure_opens_its_source():
    f = Figure(1.27, "人", 2, indicator="rooms.x", place="421223", period="2023-24", split="stage=primary")
    html = draw("{% figure f %}", f=f)
    assert 'href="/indicators/rooms.x/source?place=421223&amp;period=2023-24&amp;split=stage%3Dprimary"' in html
    assert "data-tf-figure" in html
    assert f.href == figure_url("rooms.x", "421223", "2023-24", "stage=primary")


def test_a_figure_of_a_list_leads_to_the_list_and_opens_no_popover():
    html = draw("{% figure f %}", f=Figure(6, "项", link="/late/"))
    assert 'href="/late/"' in html
    assert "data-tf-figure" not in html


def test_a_table_writes_no_unit_and_a_state_has_sign_and_word():
    html = draw("{% cell f %}", f=Figure(1814, "元", state="attention", indicator="a.b"))
    assert "tf-tint-attention" in html
    assert "#tf-s-attention" in html
    assert "未达要求" in html, "of a value; nothing is overdue"
    assert "元" not in html
    assert "1,814" in html


@given(
    st.fractions(0, 200, max_denominator=10**5), st.sampled_from([Fraction(95), Fraction("3.825"), Fraction(1, 2)]),
    st.integers(0, 3),
)  # fmt: skip
def test_a_marked_value_is_written_on_its_own_side_of_what_it_misses(value, limit, decimals):
    shown = Figure(value, decimals=decimals, state="late", limits=(limit,))
    text = Fraction(shown.words("table")[0])
    assert abs(value - limit) < Fraction(1, 10**6) or (
        (text > limit) == (value > limit) and (text < limit) == (value < limit)
    )
    assert shown.places >= decimals


def test_what_lies_at_a_limit_is_written_as_it_is():
    assert Figure(99.96, "%", 1, state="late", limits=(100,)).words() == ("99.96", "%")
    assert Figure(0.1 + 0.2, decimals=1, state="late", limits=(0.3,)).words() == ("0.3", "")
    assert Figure(99.96, "%", 1, limits=(100,)).words() == ("100.0", "%"), "unmarked, nothing is contradicted"


def test_what_is_no_figure_is_refused():
    with pytest.raises(TypeError):
        draw("{% figure f %}", f=12)


def test_words_in_a_figure_are_escaped():
    html = draw("{% figure f %}", f=Figure(1, "<b>", coverage="<i>", link='/"><script>'))
    assert "<b>" not in html
    assert "<i>" not in html
    assert "<script>" not in html
