"""Finding the table on a sheet, and what its headings mean."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from tenfold.foundation.exchange.headings import find_table, sort_rows
from tenfold.foundation.exchange.kinds import vocabulary_of
from tenfold.foundation.exchange.reading import Sheet, open_book
from tenfold.foundation.exchange.vocabulary import STAGES, Heading, Vocabulary, split_unit

from .words import FIELDS

WORDS = Vocabulary(FIELDS)


def meaning(text: str, before: str = "") -> tuple[str, str, str] | None:
    found = WORDS.match(Heading(0, tuple(text.split("|"))), before, alike=True)
    return (found.address, found.basis, found.unit) if found else None


@pytest.mark.parametrize(
    ("heading", "address", "basis", "unit"),
    [
        ("学校（机构）标识码", "school_code", "synonym", ""),
        ("学 校 名 称", "name", "title", ""),
        ("SCHOOL_NAME", "name", "synonym", ""),
        ("小学在校生数", "pupils.primary", "synonym", ""),
        ("一年级班数", "classes.primary.1", "synonym", ""),
        ("初一学生数", "pupils.junior.7", "synonym", ""),
        ("高二班数", "classes.senior.11", "synonym", ""),
        ("初中二年级班数", "classes.junior.8", "synonym", ""),
        ("中职一年级班数", "classes.vocational.1", "synonym", ""),
        ("初中|骨干教师", "teachers_backbone.junior", "synonym", ""),
        ("小学|在校学生数（人）|一年级", "pupils.primary.1", "synonym", "人"),
        ("在校生数|其中女", "pupils_female", "synonym", ""),
        ("专任教师|专科", "teachers_specialist", "synonym", ""),
        ("小学|学生|合计", "pupils.primary", "synonym", ""),
        ("班级情况|小学|26－30人", "classes_26_30.primary", "synonym", ""),
        ("教学仪器设备值（万元）", "equipment_value", "title", "万元"),
        ("教学仪器设备值/万元", "equipment_value", "title", "万元"),
        ("教学用房（㎡）", "area_teaching", "synonym", "平方米"),
        ("pupils.primary.3", "pupils.primary.3", "code", ""),
        ("teachers_backbone.junior", "teachers_backbone.junior", "code", ""),
        ("Specialist teachers", "teachers_specialist", "synonym", ""),
        ("Grade 3 pupils", "pupils.primary.3", "code", ""),
        ("教学及辅助用房面积|其中：室内体育用房", "area_indoor_sports", "synonym", ""),
        ("教职工|专科", "teachers_specialist", "likely", ""),
        ("县级以上骨干老师", "teachers_backbone", "title", ""),
        ("县级以上骨干教员", "teachers_backbone", "likely", ""),
    ],
)  # fmt: skip
def test_a_heading_is_understood(heading: str, address: str, basis: str, unit: str) -> None:
    found = meaning(heading)
    assert found is not None
    assert found[0] == address
    assert (found[1] == "likely") == (basis == "likely")
    assert found[2] == unit


@pytest.mark.parametrize(
    "heading", ["备注", "序号", "专任教师|其中女", "小学校舍面积", "大班额", "小学教学用房", "小学|初中|在校生"]
)
def test_what_means_no_field_is_left_alone(heading: str) -> None:
    assert meaning(heading) is None


def test_a_bare_part_belongs_to_the_column_before() -> None:
    assert meaning("其中：女", "小学在校生数") == ("pupils_female.primary", "synonym", "")
    assert meaning("其中：女", "小学专任教师") is None


@given(st.sampled_from(list(FIELDS)), st.sampled_from(STAGES), st.booleans(), st.booleans())
def test_codes_and_titles_are_understood_at_every_stage(field: object, stage: str, wide: bool, coded: bool) -> None:
    words = dict(zip(STAGES, ("幼儿园", "小学", "初中", "高中", "中职", "特教"), strict=True))
    located = field.level != "S"  # type: ignore[attr-defined]
    address = f"{field.code}.{stage}" if located else field.code  # type: ignore[attr-defined]
    text = address if coded else (words[stage] if located else "") + field.title  # type: ignore[attr-defined]
    if wide and not coded:
        text = " ".join(text)
    found = WORDS.match(Heading(0, (text,)))
    assert found is not None
    assert found.address == address


def test_units_in_brackets() -> None:
    assert split_unit("设备值【单位：万元】") == ("设备值", "万元")
    assert split_unit("学校（机构）名称") == ("学校(机构)名称", "")
    assert split_unit("面积(m²)") == ("面积", "平方米")


def sheet_of(*rows: list[object]) -> Sheet:
    return Sheet("s", [list(row) for row in rows])  # type: ignore[arg-type]


def test_title_notes_numbering_totals_and_signatures_are_no_data() -> None:
    sheet = sheet_of(
        ["某县2023学年学校年报", None, None, None],
        ["单位：万元", None, None, None],
        ["学校标识码", "学校名称", "在校生数", "教学仪器设备值"],
        ["甲", "乙", 1, 2],
        ["合计", None, 30, 5],
        ["1", "甲小学", 10, 2],
        [None, None, None, None],
        ["2", "乙小学", 20, 3],
        ["学校标识码", "学校名称", "在校生数", "教学仪器设备值"],
        ["3", "注册小学", 5, 1],
        [None, "小计", 35, 6],
        ["填表人：张三", None, "审核：李四", None],
        ["注：本表截至9月1日", None, None, None],
    )
    table = find_table(sheet, WORDS)
    assert table is not None
    sort_rows(table, [0])
    assert (table.first, table.last, table.unit) == (2, 2, "万元")
    assert table.rows == [5, 7, 9]
    assert table.skipped == {
        3: "numbering", 4: "total", 6: "empty", 8: "heading", 10: "subtotal", 11: "note", 12: "note",
    }  # fmt: skip


def test_merged_headings_of_two_rows_in_xlsx(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet = book.add_worksheet()
    sheet.merge_range(0, 0, 0, 6, "学校年报")
    sheet.merge_range(1, 0, 3, 0, "学校标识码")
    sheet.merge_range(1, 1, 1, 4, "小学")
    sheet.merge_range(2, 1, 2, 2, "在校生数（人）")
    sheet.write_row(3, 1, ["一年级", "二年级"])
    sheet.merge_range(2, 3, 3, 3, "专任教师")
    sheet.merge_range(2, 4, 3, 4, "骨干教师")
    sheet.merge_range(1, 5, 1, 6, "初中")
    sheet.merge_range(2, 5, 3, 5, "在校生数")
    sheet.merge_range(2, 6, 3, 6, "班数")
    sheet.write_row(4, 0, ["001", 1, 2, 3, 4, 5, 6])
    book.close()
    table = find_table(open_book(tmp_path / "a.xlsx").sheets[0], WORDS)
    assert table is not None
    assert (table.first, table.last) == (1, 3)
    assert [table.matches[c].address for c in range(7)] == [
        "school_code", "pupils.primary.1", "pupils.primary.2", "teachers.primary", "teachers_backbone.primary",
        "pupils.junior", "classes.junior",
    ]  # fmt: skip


def test_headings_of_two_rows_that_lost_their_merging_in_csv() -> None:
    sheet = sheet_of(
        ["学校标识码", "小学", None, None, "初中", None, "设备值（万元）"],
        [None, "在校生数", "班数", "专任教师", "在校生数", "班数", None],
        ["001", "1", "2", "3", "4", "5", "6"],
    )
    table = find_table(sheet, WORDS)
    assert table is not None
    assert (table.first, table.last) == (0, 1)
    assert [table.matches[c].address for c in range(7)] == [
        "school_code", "pupils.primary", "classes.primary", "teachers.primary", "pupils.junior", "classes.junior",
        "equipment_value",
    ]  # fmt: skip


def test_a_sheet_that_holds_no_table_of_the_kind() -> None:
    assert find_table(sheet_of(["填表说明"], ["一、请于9月30日前报送"]), WORDS) is None


@pytest.mark.parametrize(
    ("parts", "address"),
    [
        (("初中三年前初一招生",), "intake_g7.junior"),
        (("三年前初一招生数",), "intake_g7"),
        (("初中", "三年前初一招生人数"), "intake_g7.junior"),
        (("初一在校生数",), "pupils.junior.7"),
    ],
)
def test_a_grade_within_a_name_is_no_grade(parts: tuple[str, ...], address: str) -> None:
    found = vocabulary_of("school-return").match(Heading(0, parts))
    assert found is not None
    assert found.address == address
