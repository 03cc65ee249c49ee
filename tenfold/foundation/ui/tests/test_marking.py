"""Digits of a text as times, codes and counts: nothing is lost, nothing is left bare, markup stays whole."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils.safestring import mark_safe
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from tenfold.foundation.ui import marking
from tenfold.foundation.ui.templatetags.tf import figured
from tests.house import digits
from tests.support.reading import words

TEXTS = st.text(st.sampled_from("0123456789年月日学所共—－,.%/〔〕<>&'\" +-−aX"), max_size=30)


@given(TEXTS)
def test_a_count_inside_any_text_is_marked_and_its_words_stay(text: str) -> None:
    for marked in (marking.numbered(text), marking.coded(text)):
        assert digits.loose(str(marked)) == ([], set())
        assert words(str(marked)) == text
    assert words(marking.timed(text)) == text


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("2023学年", '<time datetime="2023">2023学年</time>'),
        ("2023", '<time datetime="2023">2023</time>'),
        ("改为1987-08-31", '改为<time datetime="1987">1987-08-31</time>'),
        ("2023年第3季度", '<time datetime="2023">2023年第3季度</time>'),
        ("9月1日在校", '<time datetime="09-01">9月1日</time>在校'),
        ("由2023学年的2,023所", '由<time datetime="2023">2023学年</time>的2,023所'),
    ],
)
def test_years_and_days_of_a_text_are_times(text: str, marked: str) -> None:
    assert marking.timed(text) == marked


def test_the_number_of_a_document_counts_nothing() -> None:
    marked = marking.numbered("教督〔2017〕6号，共23项")
    assert marked.startswith('教督<code class="tf-code">〔2017〕6号</code>，')
    assert marked.count("tf-f-n") == 1


def test_a_day_is_a_time_and_what_is_none_is_not() -> None:
    with override("zh-hans"):
        assert marking.day(date(2023, 10, 16)) == '<time datetime="2023-10-16">2023年10月16日</time>'
        assert marking.day_and_time(datetime(2023, 10, 16, 0, tzinfo=UTC)).endswith(">2023年10月16日8:00</time>")
    assert (marking.day(None), marking.day("待定")) == ("", "待定")


def test_markup_stays_and_what_is_no_markup_is_escaped() -> None:
    assert words(marking.numbered(mark_safe('<li class="x9">至少10个</li>'))) == "至少10个"
    assert 'class="x9"' in marking.numbered(mark_safe('<li class="x9">至少10个</li>'))
    assert marking.coded("<6号>") == '<code class="tf-code">&lt;6号&gt;</code>'


def test_a_count_opens_where_it_can() -> None:
    assert 'href="/schools/"' in figured(1253, "/schools/")
    assert words(figured(1253)) == "1,253"
    assert figured(None) == ""
