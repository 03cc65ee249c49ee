"""Importing: what is right becomes true all at once, what is wrong is named cell by cell."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tenfold.foundation.acts import Refused, permitted
from tenfold.foundation.acts.models import DirtyFact
from tenfold.foundation.exchange import jobs, services
from tenfold.foundation.exchange.models import Batch, KnownHeading, StagedRow, State
from tenfold.foundation.exchange.queries import batch as batch_of
from tenfold.foundation.exchange.queries import faults, same_written
from tenfold.foundation.exchange.reading import ReadingFault
from tenfold.foundation.files import contents
from tenfold.foundation.holdings.models import GradeYear, SchoolYear, StageYear
from tenfold.foundation.jobs.running import InlineRun
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.scope import as_system

from .making import GOOD, HEADS, PERIOD, as_csv, checked, codes, fault, received, table, written, xlsx

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(small_county: Any, as_person: Any) -> Any:
    """The county's officer acts."""
    with as_person(small_county.county_officer_a):
        yield small_county


def year(school: Any) -> SchoolYear:
    with as_system("tests"):
        return SchoolYear.objects.get(organisation=school, period=PERIOD)


def test_a_return_is_written_with_its_units_stages_and_sources(officer: Any) -> None:
    batch = written(table())
    held = year(officer.primary_a)
    assert batch.state == State.WRITTEN
    assert batch.counts["written"] == 2
    assert held.equipment_value == 52_500_000, "52.5万元 in fen"
    assert held.records == [f"{batch.pk}#学校表!2"]
    assert held.school_type == "211", "what the sheet does not tell is taken from the tree"
    assert StageYear.objects.get(year=held).teachers_backbone == 3
    assert StageYear.objects.get(year=held).stage == "primary"
    assert (GradeYear.objects.get(year=held).pupils, GradeYear.objects.get(year=held).grade) == (240, 0)
    assert DirtyFact.objects.filter(period=PERIOD).exists()


def test_what_a_file_lacks_stays_and_an_empty_cell_is_unknown(officer: Any) -> None:
    written(table())
    written(table(["9900000001", "东岭小学", 250, None], heads=HEADS[:4]))
    held = year(officer.primary_a)
    assert GradeYear.objects.get(year=held).pupils == 250
    assert GradeYear.objects.get(year=held).classes is None
    assert StageYear.objects.get(year=held).teachers == 15
    assert held.version == 2


def test_grades_and_their_total_are_not_counted_twice(officer: Any) -> None:
    heads = ["学校标识码", "小学在校生数", *(f"{n}年级在校生数" for n in "一二三四五六")]
    batch = written(table(["9900000001", 210, 30, 40, 30, 40, 30, 40], heads=heads))
    assert batch.state == State.WRITTEN
    rows = GradeYear.objects.filter(year=year(officer.primary_a)).values_list("grade", "pupils")
    assert sorted(rows) == [(1, 30), (2, 40), (3, 30), (4, 40), (5, 30), (6, 40)]


FAULTS = [
    ("not_a_number", 2, "三百一十四", "314"),
    ("not_a_number", 2, "240人", "240"),
    ("not_whole", 3, 6.5, None),
    ("negative", 4, -1, None),
    ("part_exceeds_whole", 5, 16, None),
    ("required_missing", 0, None, None),
    ("unknown_organisation", 0, "9900000009", "9900000001"),
    ("out_of_range", 6, 10**15, None),
    ("excel_error", 6, "=NA()", None),
]


@pytest.mark.parametrize(("code", "column", "value", "suggestion"), FAULTS)
def test_every_fault_is_named_with_its_cell(
    officer: Any, code: str, column: int, value: Any, suggestion: str | None
) -> None:
    row = list(GOOD[0])
    row[column] = value
    batch = checked(_with_error(row, column) if code == "excel_error" else table(row, GOOD[1]))
    found = fault(batch, code)
    assert (found.sheet, found.row, found.column) == ("学校表", 2, "ABCDEFG"[column])
    assert found.suggestion == suggestion
    assert (str(value) if value is not None and code != "excel_error" else "") in found.value
    assert "第2行" in found.text
    assert len(faults(batch)) == 1, codes(batch)


def _with_error(row: list[Any], column: int) -> bytes:
    import io

    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("学校表")
    sheet.write_row(0, 0, HEADS)
    for place, cell in enumerate(row):
        if place == column:
            sheet.write_formula(1, place, cell, None, "#N/A")
        else:
            sheet.write(1, place, cell)
    book.close()
    return out.getvalue()


def test_nothing_is_written_while_a_row_is_faulty(officer: Any) -> None:
    batch = checked(table(["9900000001", "东岭小学", "很多", 6, 15, 3, 52.5], GOOD[1]))
    with pytest.raises(services.NotReady):
        services.write(batch)
    assert not SchoolYear.objects.exists()
    assert services.write(batch, skip_faulty=True).counts["written"] == 1
    assert list(SchoolYear.objects.values_list("organisation__name", flat=True)) == ["石桥教学点"]


def test_a_code_twice_and_a_school_of_another_county(officer: Any) -> None:
    batch = checked(table(GOOD[0], GOOD[0], ["9900000005", "南浦小学", 100, 3, 8, 1, 20]))
    assert codes(batch) == [(3, "A", "duplicate_code"), (4, "A", "unknown_organisation")]
    assert fault(batch, "duplicate_code").problem == "与第2行重复"


def test_totals_that_do_not_add_up(officer: Any) -> None:
    batch = checked(table(*GOOD, ["合计", None, 270, 9, 19, 3, 58.6]))
    assert not faults(batch)
    batch = checked(table(*GOOD, ["合计", None, 271, 9, 19, 3, 58.6]))
    assert codes(batch) == [(4, "C", "total_mismatch")]
    assert fault(batch, "total_mismatch").problem == "与分项之和270不一致"
    assert fault(batch, "total_mismatch").suggestion == "270"
    with pytest.raises(services.NotReady):
        services.write(batch)
    assert services.write(services.leave_out(batch, 0, 4)).state == State.WRITTEN


def test_totals_within_a_row(officer: Any) -> None:
    heads = ["学校标识码", "小学在校生数", *(f"{n}年级在校生数" for n in "一二三四五六")]
    batch = checked(table(["9900000001", 211, 30, 40, 30, 40, 30, 40], heads=heads))
    found = fault(batch, "total_mismatch")
    assert (found.column, found.suggestion) == ("B", "210")


def test_a_value_in_yuan_among_values_in_ten_thousand_yuan(officer: Any) -> None:
    rows = [[f"99100000{n:02}", f"学校{n}", 100 + n, 6, 10, 1, 50 + n] for n in range(12)]
    rows[3][6] = 508800
    batch = checked(table(*rows))
    found = fault(batch, "looks_like_yuan")
    assert (found.row, found.column, found.suggestion, found.level) == (5, "G", "50.88", "warning")
    assert found.problem == "疑似以元填报，其余最大为61"


def test_an_outlier_is_a_warning_that_must_be_looked_at(officer: Any) -> None:
    rows = [["9900000001", "东岭小学", 240, 6, 15, 3, 52.5]]
    rows += [[f"99100000{n:02}", f"学校{n}", 200 + n, 6, 12, 1, 50] for n in range(20)]
    rows[0][2] = 99999
    batch = checked(table(*rows))
    found = [f for f in faults(batch) if f.row == 2]
    assert {f.code for f in found} == {"outlier", "ratio_outlier"}
    for one in found:
        services.keep_value(batch, 0, 2, one.code, one.address)
    assert not [f for f in faults(batch_of(batch.pk)) if f.row == 2]


def test_the_unit_of_a_money_column_is_asked_for(officer: Any) -> None:
    batch = services.check(received(table(heads=[*HEADS[:6], "设备值"])))
    assert batch.state == State.COLUMNS
    assert codes(batch) == [(1, "G", "unit_unconfirmed")]
    services.confirm_columns(batch, {0: {6: ("equipment_value", "万元")}})
    batch = services.write(services.check(batch_of(batch.pk)))
    assert year(officer.primary_a).equipment_value == 52_500_000
    again = services.check(received(table(GOOD[0], heads=[*HEADS[:6], "设备值"])))
    assert again.state == State.CHECKED, "what was confirmed is remembered"
    assert KnownHeading.objects.get(address="equipment_value").unit == "万元"


def test_a_column_that_is_only_alike_is_asked_for(officer: Any) -> None:
    batch = services.check(received(table(heads=[*HEADS[:5], "小学县级以上骨干教员", HEADS[6]])))
    assert batch.state == State.COLUMNS
    assert codes(batch) == [(1, "F", "column_unconfirmed")]
    services.confirm_columns(batch, {0: {5: ("teachers_backbone.primary", "")}})
    assert services.check(batch_of(batch.pk)).state == State.CHECKED


def test_faults_are_repaired_without_touching_the_file(officer: Any) -> None:
    batch = checked(table(["9900000001", "东岭小学", "三百一十四", 6, 15, 30, 52.5], GOOD[1]))
    batch = services.take_suggestions(batch)
    assert [code for _row, _column, code in codes(batch)] == ["part_exceeds_whole"]
    batch = services.replace_value(batch, 0, 2, 5, None)
    assert not faults(batch)
    services.write(batch)
    held = year(officer.primary_a)
    assert GradeYear.objects.get(year=held).pupils == 314
    assert StageYear.objects.get(year=held).teachers_backbone is None
    staged = StagedRow.objects.get(batch=batch, number=2)
    assert staged.cells[2] == "三百一十四"
    assert staged.corrections == {"2": "314", "5": None}


def test_a_row_left_out_can_be_taken_in_again(officer: Any) -> None:
    batch = checked(table())
    batch = services.leave_out(batch, 0, 2)
    assert (batch.counts["skipped"], batch.counts["good"]) == (1, 1)
    batch = services.put_back(batch, 0, 2)
    assert (batch.counts["skipped"], batch.counts["good"]) == (0, 2)


def test_the_same_file_twice_is_recognised_and_changes_nothing(officer: Any) -> None:
    first = written(table())
    again = checked(table())
    assert same_written(again) == first
    assert (again.counts["new"], again.counts["changed"], again.counts["unchanged"]) == (0, 0, 2)
    services.write(again)
    assert year(officer.primary_a).version == 1
    assert year(officer.primary_a).records == [f"{first.pk}#学校表!2"]


def test_writing_twice_is_writing_once(officer: Any) -> None:
    batch = checked(table())
    services.write(batch)
    assert services.write(batch_of(batch.pk)).counts["written"] == 2
    late = batch_of(batch.pk)
    late.state = State.CHECKED
    assert services.write(late).state == State.WRITTEN, "a worker that was killed after the commit comes back"
    assert SchoolYear.objects.count() == 2
    assert year(officer.primary_a).version == 1


def test_two_people_at_once_the_second_is_told(officer: Any) -> None:
    mine = checked(table())
    theirs = checked(table(["9900000001", "东岭小学", 250, 6, 15, 3, 52.5]))
    services.write(theirs)
    with pytest.raises(services.Conflict) as conflict:
        services.write(mine)
    assert conflict.value.rows == [("学校表", 2)]
    assert "学校表 2" in conflict.value.text()
    assert SchoolYear.objects.count() == 1, "nothing of the second is written"
    services.write(services.check(batch_of(mine.pk), ask=False))
    assert SchoolYear.objects.count() == 2


def test_text_in_an_excel_date_column_and_d_m_yyyy(officer: Any) -> None:
    rows = [["9900000011", "新校", "9900000", "31/8/1987"], ["9900000012", "新校二", "990100", "31/9/1987"]]
    batch = checked(
        table(*rows, heads=["学校标识码", "学校名称", "管理隶属", "建校日期"]), "organisations", under="990100"
    )
    found = [(f.row, f.code, f.suggestion) for f in faults(batch)]
    assert (2, "bad_date", "1987-08-31") in found
    assert (3, "bad_date", "1987-09-30") in found
    assert (2, "unknown_place", None) in found


def test_wrong_files_are_refused_by_name_and_leave_nothing(officer: Any) -> None:
    batch = checked(b"%PDF-1.4 not a table")
    assert (batch.state, batch.problem["code"]) == (State.REFUSED, "wrong_type")
    assert checked(as_csv(["序号", "备注"], [1, "x"])).problem["code"] == "no_table"
    assert checked(table(heads=["代号", *HEADS[1:]])).problem["code"] == "missing_key"
    assert checked(xlsx(HEADS)).problem["code"] == "no_rows"
    assert not StagedRow.objects.exists()
    with pytest.raises(ReadingFault) as refused:
        received(table(), period="")
    assert refused.value.code == "no_period"
    with pytest.raises(ReadingFault) as refused:
        received(table(), under="990200")
    assert refused.value.code == "unknown_place", "another county is out of scope"


def test_a_file_beyond_the_limit_is_refused_while_it_arrives(officer: Any, settings: Any) -> None:
    settings.TENFOLD = {**settings.TENFOLD, "UPLOAD_LIMIT": 5000}
    before = set(contents.folder().iterdir())
    with pytest.raises(ReadingFault) as refused:
        services.receive((b"x" * 1000 for _ in range(10)), "a.csv", "school-return", period=PERIOD)
    assert refused.value.code == "too_large"
    assert set(contents.folder().iterdir()) == before
    assert not Batch.objects.exists()


def test_without_the_right_nothing_is_received(small_county: Any, as_person: Any) -> None:
    with as_person(small_county.teacher_a), pytest.raises(Refused):
        received(table())
    with as_person(small_county.head_a), pytest.raises(Refused):
        received(table(), "organisations")


def test_a_school_brings_its_own_return_and_no_other(small_county: Any, as_person: Any) -> None:
    with as_person(small_county.head_a):
        batch = checked(table())
        assert codes(batch) == [(3, "A", "unknown_organisation")]
        services.write(batch, skip_faulty=True)
    assert year(small_county.primary_a).version == 1


def test_an_import_dropped_takes_its_rows_and_its_file_with_it(
    officer: Any, django_capture_on_commit_callbacks: Any
) -> None:
    batch = checked(table(GOOD[0]))
    path = contents.path_of(batch.digest)
    assert path.exists()
    with django_capture_on_commit_callbacks(execute=True):
        services.drop(batch)
    assert not path.exists()
    assert not StagedRow.objects.filter(batch=batch).exists()
    assert Batch.objects.get(pk=batch.pk).state == State.DROPPED


def test_a_name_that_looks_like_sql_or_a_formula_is_only_a_name(officer: Any) -> None:
    heads = ["学校标识码", "学校名称"]
    for name in ("'); DROP TABLE holdings_schoolyear;--", "=cmd|' /C calc'!A0", "@SUM(1+1)"):
        written(table(["9900000021", name], heads=heads), "organisations", under="990100", period="")
        assert Organisation.objects.get(code="9900000021").name == name
    assert not SchoolYear.objects.exists()


def test_money_keeps_its_cents(officer: Any) -> None:
    written(table(["9900000001", "12.3456"], heads=["学校标识码", "公用经费预算（万元）"]))
    assert Decimal(year(officer.primary_a).funds_budget) / 100 == Decimal("123456")


def test_a_worker_that_died_while_it_compared_anew_is_carried_on(officer: Any) -> None:
    mine = checked(table())
    services.write(checked(table(["9900000001", "东岭小学", 250, 6, 15, 3, 52.5])))
    with permitted("jobs"):
        Batch.objects.filter(pk=mine.pk).update(state=State.CHECKING)
    jobs.write(InlineRun(), batch=mine.pk)
    found = batch_of(mine.pk)
    assert found.state == State.CHECKED, "not a failed job and an import that is checked for ever"
    assert "conflict" in found.counts
    assert SchoolYear.objects.count() == 1
