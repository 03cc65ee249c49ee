"""A light in words: why, how much is missing, by when; nothing told where nothing is known."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction as F
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tenfold.engines.programme import telling
from tenfold.engines.programme.queries import Lit
from tenfold.engines.programme.rules import rules
from tenfold.foundation.calendar import Period
from tenfold.foundation.declare import Answer
from tenfold.pure.steering.lights import Reached, Term, light

BEGIN, DUE = date(2023, 3, 2), date(2023, 12, 31)
SHARE = {"unit": "%", "decimals": 1, "figure": {"indicator": "teachers.certified"}}
PAPER = Answer(False, F(0), F(1), waits="尚缺佐证材料")


def lit(answer: Answer, on: date, due: date | None = DUE, *, begins: date = BEGIN, **more: Any) -> Lit:
    """What an organisation's part in a task says on a day."""
    reached = Reached(answer.reached, answer.value, answer.wanted, answer.start, answer.course, answer.on)
    found = light(reached, Term(begins, due, on, Period.of(on, "quarter").start, False), rules().light)
    told = Lit(
        1, 1, "2.1.1.1", 2, "编入教联体", 1, "0001", "421223", "崇阳县", "county", "responsible", begins, due, False,
        found, answer, "", {}, planned=due,
    )  # fmt: skip
    return replace(told, **more)


def share(value: float, wanted: float = 75, start: float | None = 0, **more: Any) -> Answer:
    """What a share says."""
    exact = None if value is None else F(str(value))
    return Answer(exact is not None and exact >= wanted, exact, F(wanted), F(start or 0), **SHARE, **more)


@pytest.mark.parametrize(
    ("answer", "on", "due", "told"),
    [
        (share(42), date(2023, 11, 10), DUE, "完成56%，时间已过82%，差33.0个百分点，12月31日前"),
        (share(74.96), date(2023, 11, 10), DUE, "完成99%，时间已过82%，差0.04个百分点，12月31日前"),
        (share(42), date(2023, 12, 21), DUE, "完成56%，时间已过96%，剩余11天，差33.0个百分点，12月31日前"),
        (PAPER, date(2023, 10, 20), date(2023, 9, 30), "逾期20天，尚缺佐证材料"),
        (PAPER, date(2023, 7, 1), DUE, "时间已过39%，尚缺佐证材料，12月31日前"),
        (PAPER, date(2023, 7, 1), None, "尚缺佐证材料，长期"),
        (PAPER, date(2023, 2, 1), DUE, "3月2日起开展，12月31日前"),
        (Answer(True, F(1), F(1), on=date(2023, 9, 28)), date(2023, 10, 20), DUE, "9月28日完成"),
        (
            Answer(True, F(1), F(1), on=date(2023, 10, 10)),
            date(2023, 10, 20),
            date(2023, 9, 30),
            "10月10日完成，逾期补办，本季度内记为需要关注",
        ),
        (share(78.8), date(2023, 10, 20), DUE, "已达到，现为78.8%，目标75%"),
        (Answer(None, waits="还没有记录可以反映"), date(2023, 5, 1), DUE, "还没有记录可以反映，12月31日前"),
        (Answer(False, F(5), F(7), F(0), unit="所"), date(2024, 1, 5), DUE, "逾期5天，差2所"),
    ],
)  # fmt: skip
def test_why_and_how_much_by_when(answer: Answer, on: date, due: date | None, told: str) -> None:
    with translation.override("zh-hans"):
        assert telling.reason(lit(answer, on, due), on) == told


def test_an_extension_is_said_with_its_first_day() -> None:
    on, first = date(2023, 10, 20), date(2023, 9, 30)
    with translation.override("zh-hans"):
        told = telling.reason(lit(PAPER, on, DUE, extended=True, planned=first), on)
        assert told.endswith("已延期至12月31日（原定9月30日）")
        late = telling.reason(lit(PAPER, date(2024, 1, 2), DUE, extended=True, planned=first), date(2024, 1, 2))
        assert late == "逾期2天，尚缺佐证材料，已延期至2023年12月31日（原定2023年9月30日）"


def test_what_it_waits_for_is_said() -> None:
    with translation.override("zh-hans"):
        assert "待任务1.1.1、1.1.2办结" in telling.reason(lit(PAPER, BEGIN, waits_for=("1.1.1", "1.1.2")), BEGIN)


@given(value=st.fractions(0, 100), wanted=st.integers(1, 100), day=st.integers(0, 500))
def test_a_gap_is_never_told_as_nothing_nor_what_is_not_done_as_whole(value: F, wanted: int, day: int) -> None:
    answer = Answer(value >= wanted, value, F(wanted), F(0), **SHARE)
    on = BEGIN + timedelta(days=day)
    with translation.override("zh-hans"):
        found = lit(answer, on)
        told = telling.reason(found, on)
        assert told
        if not answer.reached:
            assert "完成100%" not in told
            gap = re.search(r"差([0-9.]+)个百分点", telling.missing(found))
            assert gap is None or float(gap[1]) > 0
