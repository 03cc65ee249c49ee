"""Units, leaders and aims as cells hold them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenfold.engines.programme.tables.aims import aims
from tenfold.engines.programme.tables.leaders import leaders
from tenfold.engines.programme.tables.numerals import level_of_number, numbered, spelled
from tenfold.engines.programme.tables.units import units
from tenfold.foundation.exchange.numbers import chinese_number

KNOWN = {"各县、市、区", "各县（市、区）教育局", "各县市区", "思想政治与宣传科", "各县市区教育局", "各科室、局直各单位"}
UNITS = {
    "基教科、督导室、教科院": [("基教科", ""), ("督导室", ""), ("教科院", "")],
    "基教科牵头，人事科配合": [("基教科", "lead"), ("人事科", "supporting")],
    "基教科、教科院牵头，人事科、计财科配合": [
        ("基教科", "lead"), ("教科院", "lead"), ("人事科", "supporting"), ("计财科", "supporting"),
    ],
    "各县（市、区）教育局": [("各县（市、区）教育局", "")],
    "各县(市、区)教育局，市直学校": [("各县（市、区）教育局", ""), ("市直学校", "")],
    "各县、市、区": [("各县、市、区", "")],
    "牵头单位：基教科；配合单位：人事科、各县市区": [
        ("基教科", "lead"), ("人事科", "supporting"), ("各县市区", "supporting"),
    ],
    "基教科（牵头）、人事科": [("基教科", "lead"), ("人事科", "")],
    "各县市区\n教育局": [("各县市区教育局", "")],
    "基教科\n督导室": [("基教科", ""), ("督导室", "")],
    "基教科 督导室": [("基教科", ""), ("督导室", "")],
    "思想政治与宣传科": [("思想政治与宣传科", "")],
    "各科室、局直各单位": [("各科室、局直各单位", "")],
    "由督导室负责": [("督导室", "responsible")],
    "基教科等": [("基教科", "")],
    "": [],
}  # fmt: skip


@pytest.mark.parametrize(("text", "found"), UNITS.items())
def test_units_are_told_apart(text: str, found: list[tuple[str, str]]) -> None:
    assert [(unit.text, unit.part) for unit in units(text, KNOWN.__contains__)] == found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("林书宁 周知远", ["林书宁", "周知远"]),
        ("林书宁、周知远", ["林书宁", "周知远"]),
        ("林书宁（分管）", ["林书宁"]),
        ("周 远", ["周远"]),
        ("周 远、林 宁", ["周远", "林宁"]),
        ("周 远 林书宁", ["周远", "林书宁"]),
        ("周知远副局长\n林书宁", ["周知远", "林书宁"]),
        ("", []),
    ],
)
def test_leaders_are_told_apart(text: str, names: list[str]) -> None:
    assert leaders(text).names == tuple(names)
    assert not leaders(text).doubt


def test_what_is_no_name_is_told() -> None:
    assert leaders("分管领导").doubt
    assert "局领导班子成员" in leaders("周知远、局领导班子成员").doubt


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("教联体覆盖率达到95%以上", [("95", "%", "least")]),
        ("组织不少于20场巡回宣讲", [("20", "场", "least")]),
        ("大班额控制在2%以内", [("2", "%", "most")]),
        ("新建幼儿园8所，培训园长120人次", [("8", "所", "least"), ("120", "人次", "least")]),
        ("落实2023年工作要点", []),
    ],
)
def test_aims_are_found(text: str, found: list[tuple[str, str, str]]) -> None:
    assert [(str(each.value), each.unit, each.at) for each in aims(text)] == found


def test_numbers_before_texts_and_alone() -> None:
    told = {"一、甲行动": (1, 1, "甲行动"), "（二）乙": (2, 2, "乙"), "3. 丙": (3, 3, "丙"), "（4）丁": (4, 4, "丁"),
            "①戊": (5, 1, "戊"), "十二、己": (1, 12, "己"), "2023年工作": (0, 0, "2023年工作"),
            "一二三": (0, 0, "一二三"),
            "1.5万人": (0, 0, "1.5万人"), "第三，庚": (0, 0, "第三，庚")}  # fmt: skip
    assert {text: (n.level, n.number, n.rest) for text in told for n in [numbered(text)]} == told
    assert [level_of_number(text) for text in ("一", "（一）", "1", "12、", "（1）", "甲", "")] == [1, 2, 3, 3, 4, 0, 0]


@given(st.integers(1, 9999))
def test_a_spelled_number_is_that_number(number: int) -> None:
    assert chinese_number(spelled(number)) == number


@given(st.text("基教科、，；（）牵头配合 \n各县市区等负责:：/", max_size=24))
def test_no_text_fails_and_no_unit_is_empty(text: str) -> None:
    found = units(text, KNOWN.__contains__)
    assert all(unit.text.strip() for unit in found)
    leaders(text)
