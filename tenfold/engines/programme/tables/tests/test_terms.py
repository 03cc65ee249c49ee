"""Terms as offices write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenfold.engines.programme.tables.terms import term

DAYS = {
    "2023年6月底前": "2023-06-30", "6月底": "2023-06-30", "年底前": "2023-12-31", "上半年": "2023-06-30",
    "第三季度": "2023-09-30", "三季度末": "2023-09-30", "2023年12月31日前": "2023-12-31", "2023-06-30": "2023-06-30",
    "２０２３年６月": "2023-06-30", "2023.6": "2023-06-30", "2023.6.15": "2023-06-15", "6.15": "2023-06-15",
    "六月底前": "2023-06-30", "二〇二三年十二月底": "2023-12-31", "11月上旬": "2023-11-10",
    "6月15日前完成": "2023-06-15",
    "9月中旬": "2023-09-20", "2024年2月底前": "2024-02-29", "全年": "2023-12-31", "2023年": "2023-12-31",
    "2023年上半年": "2023-06-30", "明年3月底前": "2024-03-31", "20230630": "2023-06-30", "年内": "2023-12-31",
    "2023年底前": "2023-12-31", "12月底前，并长期坚持": "2023-12-31", "2025年底": "2025-12-31", "10月初": "2023-10-10",
    "2023 年 6 月 30 日": "2023-06-30", "12月\n底前": "2023-12-31", "2023/6/30": "2023-06-30",
}  # fmt: skip
SPANS = {
    "2023年3月—12月": ("2023-03-01", "2023-12-31"), "3月至6月": ("2023-03-01", "2023-06-30"),
    "3-6月": ("2023-03-01", "2023-06-30"), "2023年9月-2024年6月": ("2023-09-01", "2024-06-30"),
    "2023—2025年": ("2023-01-01", "2025-12-31"), "2023年3月10日至5月20日": ("2023-03-10", "2023-05-20"),
    "9月至次年1月": ("2023-09-01", "2024-01-31"),
}  # fmt: skip
OPEN = "长期 长期坚持 持续推进 常态化推进 全年持续推进 坚持经常".split()
RECURRING = "每季度末 每月25日前 每学期 每半年 每年12月 按月报送".split()
UNKNOWN = (
    "立行立改",
    "暑假前",
    "适当时候",
    "2023年2月30日",
    "13月底",
    "12月至3月",
    "按上级要求",
    "6月底出初稿，9月底印发",
)


def iso(day: date | None) -> str:
    return day.isoformat() if day else ""


@pytest.mark.parametrize(("text", "due"), DAYS.items())
def test_a_day_is_read(text: str, due: str) -> None:
    found = term(text, 2023)
    assert (found.kind, iso(found.due), found.doubt) == ("day", due, "")


@pytest.mark.parametrize(("text", "span"), SPANS.items())
def test_a_span_is_read(text: str, span: tuple[str, str]) -> None:
    found = term(text, 2023)
    assert (found.kind, iso(found.begins), iso(found.due)) == ("day", *span)


def test_what_has_no_single_day_is_told_apart_from_what_is_not_understood() -> None:
    assert {term(text, 2023).kind for text in OPEN} == {"open"}
    assert {term(text, 2023).kind for text in RECURRING} == {"recurring"}
    for text in UNKNOWN:
        found = term(text, 2023)
        assert (found.kind, found.due, bool(found.doubt)) == ("unknown", None, True), text
    assert term("2023年2月30日", 2023).suggested == date(2023, 2, 28)
    assert term("6月底出初稿，9月底印发", 2023).suggested == date(2023, 9, 30)
    assert term("12月至3月", 2023).suggested == date(2024, 3, 28)
    assert term("", 2023).kind == term("—", 2023).kind == "none"


FORMS = ("{y}年{m}月{d}日前", "{y}-{m:02}-{d:02}", "{y}.{m}.{d}", "{y}/{m}/{d}", "{y}年{m}月{d}号")


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.sampled_from(FORMS))
def test_every_day_in_every_form_is_that_day(day: date, form: str) -> None:
    assert term(form.format(y=day.year, m=day.month, d=day.day), 2023).due == day


@given(st.text("2023年月日底前上下半季度第一三长期每至-—、，立0129 ", max_size=14))
def test_no_text_fails(text: str) -> None:
    found = term(text, 2023)
    assert found.due is None or found.kind == "day"
    assert found.doubt or found.kind != "unknown"
