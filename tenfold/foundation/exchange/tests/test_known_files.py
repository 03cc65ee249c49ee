"""Files that schools already have: known exports by their headings, and the old Excel."""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence
from typing import Any

import pytest
import xlsxwriter
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st

from tenfold.foundation.exchange.headings import headings_of
from tenfold.foundation.exchange.kinds import vocabulary_of
from tenfold.foundation.exchange.mappings import apply, read_mapping
from tenfold.foundation.exchange.models import State
from tenfold.foundation.exchange.oldexcel import errors_of
from tenfold.foundation.exchange.presets import presets
from tenfold.foundation.exchange.queries import faults
from tenfold.foundation.exchange.reading import Limits, ReadingFault, Sheet, open_book
from tenfold.foundation.exchange.reports import report

from .making import GOOD, HEADS, checked, table, written


def xls(*rows: Sequence[Any]) -> bytes:
    """An old workbook of one sheet."""
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("学校表")
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell is not None:
                page.write(number, column, cell)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def officer(small_county, as_person):
    with as_person(small_county.county_officer_a):
        yield small_county


def test_an_old_file_is_read_like_a_new_one_and_says_so(officer, client_as):
    batch = checked(xls(HEADS, *GOOD), name="年报.xls")
    assert (batch.state, batch.format, batch.counts["new"]) == (State.CHECKED, "xls", 2)
    page = client_as(officer.county_officer_a).get(f"/imports/{batch.pk}/").content.decode()
    assert "按旧版Excel（.xls）读取" in page
    assert report(batch)["read_as"] == "xls"
    assert checked(table()).format == "xlsx"


def test_an_old_file_has_the_same_faults(officer):
    row = [*GOOD[0][:2], "三百一十四", 6, 15, 3, 52.5]
    old, new = checked(xls(HEADS, row, GOOD[1])), checked(table(row, GOOD[1]))
    assert [f.text for f in faults(old)] == [f.text for f in faults(new)] != []


def test_error_cells_of_an_old_file_are_faults_with_their_place(officer):
    old, new = checked(_old_with_errors()), checked(_new_with_errors())
    told = [(f.row, f.column, f.code, f.text) for f in faults(old)]
    assert [one[:3] for one in told] == [(2, "C", "excel_error"), (3, "D", "excel_error")]
    assert "#DIV/0!" in told[0][3]
    assert "#N/A" in told[1][3]
    assert told == [(f.row, f.column, f.code, f.text) for f in faults(new)]


def _old_with_errors() -> bytes:
    """One cell holds an error, one a formula whose value is an error; another sheet stands before."""
    book = xlwt.Workbook(encoding="utf-8")
    book.add_sheet("说明").write(0, 0, "填表说明")
    page = book.add_sheet("学校表")
    for number, row in enumerate((HEADS, *GOOD)):
        for column, cell in enumerate(row):
            if (number, column) == (1, 2):
                page.row(number).set_cell_error(column, "#DIV/0!")
            elif (number, column) == (2, 3):
                page.write(number, column, xlwt.Formula("1/0"))
            elif cell is not None:
                page.write(number, column, cell)
    out = io.BytesIO()
    book.save(out)
    data = bytearray(out.getvalue())
    place = data.index(struct.pack("<HH", 2, 3), data.index(struct.pack("<HH", 0x205, 8)) + 4)
    data[place + 6 : place + 14] = bytes((2, 0, 0x2A, 0, 0, 0, 0xFF, 0xFF))
    return bytes(data)


def _new_with_errors() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet("学校表")
    for number, row in enumerate((HEADS, *GOOD)):
        page.write_row(number, 0, row)
    page.write_formula(1, 2, "=1/0", None, "#DIV/0!")
    page.write_formula(2, 3, "=NA()", None, "#N/A")
    book.close()
    return out.getvalue()


@given(st.data())
@settings(max_examples=60)
def test_an_old_file_with_broken_chains_is_walked_to_an_end(data):
    raw = bytearray(_old_with_errors())
    for _each in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(8, len(raw) - 1))] = data.draw(st.integers(0, 255))
    assert isinstance(errors_of(bytes(raw[: data.draw(st.integers(0, len(raw)))])), list)


@pytest.mark.parametrize("cut", [600, 3000])
def test_a_damaged_old_file_is_refused(cut):
    with pytest.raises(ReadingFault):
        open_book(io.BytesIO(xls(HEADS, *GOOD)[:cut]), Limits())


@pytest.mark.parametrize("code", ["pupils-registry", "staff-teachers", "return-statistics"])
def test_every_preset_is_a_mapping_that_its_own_headings_fill(code):
    preset = presets()[code]
    vocabulary = vocabulary_of(preset.kind)
    mapping = read_mapping(preset.text, vocabulary, preset.kind)
    heads = sorted({head for _address, heads in mapping.columns for head in heads} | set(preset.recognise))
    sheet = Sheet("表", [list(heads)])
    sources, missing = apply(mapping, headings_of(sheet, 0, 0), {}, vocabulary)
    assert missing == []
    assert {s.match.address for s in sources} == {address for address, _heads in mapping.columns}
    assert "按公开资料整理" in preset.text


def test_a_known_export_of_teachers_is_recognised(officer):
    heads = ["序号", "姓名", "个人标识码", "学校（机构）标识码", "岗位类型", "任教学科", "身份证件号"]
    rows = [heads, [1, "新人甲", "42000001", "9900000001", "专任教师", "数学", "不入库"]]
    batch = written(xls(["全市教师名册"], *rows), "staff")
    assert (batch.preset, batch.counts["new"]) == ("staff-teachers", 1)
