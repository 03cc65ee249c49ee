"""数据导入 in the browser's order: bring a file, match, check, repair, write; and who may not."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tenfold.foundation.exchange.headings import find_table
from tenfold.foundation.exchange.kinds import reader_of, vocabulary_of
from tenfold.foundation.exchange.models import Batch, State
from tenfold.foundation.exchange.reading import open_book
from tenfold.foundation.exchange.sheets import addresses_of
from tenfold.foundation.exchange.vocabulary import STAGES
from tenfold.foundation.holdings.models import SchoolYear
from tenfold.foundation.scope import as_system
from tests.support.reading import words

from .making import GOOD, HEADS, PERIOD, table, work, xlsx

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _today(settings: Any) -> None:
    settings.TENFOLD = {**settings.TENFOLD, "TODAY": "2023-10-16"}


@pytest.fixture
def officer(small_county: Any, client_as: Any) -> Any:
    return client_as(small_county.county_officer_a)


def bring(client: Any, data: bytes, name: str = "学校年报.xlsx", **more: str) -> Any:
    fields = {"kind": "school-return", "period": PERIOD, "under": "990100", **more}
    return client.post(reverse("imports"), {**fields, "file": SimpleUploadedFile(name, data)})


def latest() -> Batch:
    with as_system("tests"):
        return Batch.objects.select_related("organisation").order_by("-pk").first()


def text(answer: Any) -> str:
    return answer.content.decode()


def test_the_empty_page_says_what_to_do(officer: Any) -> None:
    page = text(officer.get(reverse("imports")))
    assert "还没有导入过表格" in page
    assert "检查这张表" in page


def test_from_the_file_to_the_written_return(officer: Any) -> None:
    answer = bring(officer, table(["9900000001", "东岭小学", "三百一十四", 6, 15, 3, 52.5], GOOD[1]))
    assert answer.status_code == 302
    page = text(officer.get(answer.url))
    assert "可以离开本页" in page
    work()
    assert "data-tf-go" in text(officer.get(reverse("import_progress", args=[latest().pk])))
    page = text(officer.get(answer.url))
    for told in ("三百一十四", "应为数字", "改为314", "还有1处未处理", "学校表"):
        assert told in words(page)
    assert "disabled" in page
    sent = {"act": "take", "sheet": "0", "row": "2", "column": "2", "value": "314", "code": "", "address": ""}
    officer.post(reverse("import_fix", args=[latest().pk]), sent)
    page = text(officer.get(answer.url))
    assert "写入2行" in page
    assert "disabled" not in page.split("tf-import-end")[1]
    officer.post(reverse("import_write", args=[latest().pk]))
    work()
    page = text(officer.get(answer.url))
    assert "已写入2行" in words(page)
    with as_system("tests"):
        assert SchoolYear.objects.count() == 2
    assert "学校年报.xlsx" in text(officer.get(reverse("imports")))


def test_columns_in_doubt_are_asked_for_first(officer: Any) -> None:
    answer = bring(officer, table(heads=[*HEADS[:6], "设备值"]))
    work()
    page = text(officer.get(answer.url))
    assert "没有注明单位" in page
    assert "万元" in page
    officer.post(
        reverse("import_columns", args=[latest().pk]),
        {"c-0-6": "equipment_value", "u-0-6": "万元", "c-0-9": "nonsense"},
    )
    work()
    assert "写入2行" in text(officer.get(answer.url))


def test_leaving_out_all_that_is_faulty(officer: Any) -> None:
    answer = bring(officer, table(["9900000009", "不存在", 1, 1, 1, 1, 1], GOOD[1]))
    work()
    officer.post(reverse("import_fix", args=[latest().pk]), {"act": "skip_all"})
    page = text(officer.get(answer.url))
    assert "写入1行" in page


def test_a_file_that_is_no_table_is_told_so(officer: Any) -> None:
    answer = bring(officer, b"%PDF-1.7", "a.pdf")
    work()
    assert "这不是表格文件" in text(officer.get(answer.url))


def test_what_is_wrong_with_the_form_is_said_beside_it(officer: Any) -> None:
    answer = officer.post(reverse("imports"), {"kind": "school-return", "period": PERIOD, "under": "990100"})
    assert answer.status_code == 422
    answer = bring(officer, table(), under="990200")
    assert answer.status_code == 422, "another county is no choice"
    mapping = SimpleUploadedFile("m.toml", b"kind = 'staff'")
    fields = {"kind": "school-return", "period": PERIOD, "under": "990100", "mapping": mapping}
    answer = officer.post(reverse("imports"), {**fields, "file": SimpleUploadedFile("a.xlsx", table())})
    assert "对应文件不能使用" in text(answer)


def test_a_file_too_large_is_refused_where_it_was_brought(officer: Any, settings: Any) -> None:
    settings.TENFOLD = {**settings.TENFOLD, "UPLOAD_LIMIT": 1000}
    answer = bring(officer, table())
    assert answer.status_code == 422
    assert "一次最多" in text(answer)


def test_another_county_finds_nothing(officer: Any, small_county: Any, client_as: Any) -> None:
    bring(officer, table())
    work()
    pk = latest().pk
    stranger = client_as(small_county.county_officer_b)
    for name in ("import", "import_progress", "import_faults", "import_file"):
        assert stranger.get(reverse(name, args=[pk])).status_code == 404
    for name in ("import_fix", "import_write", "import_columns", "import_check", "import_drop"):
        assert stranger.post(reverse(name, args=[pk]), {"act": "skip_all"}).status_code == 404
    assert latest().state == State.CHECKED
    assert stranger.get(reverse("export", args=["school-return"]) + f"?place=990100&period={PERIOD}").status_code == 404


def test_without_the_right_the_pages_are_not_found(small_county: Any, client_as: Any) -> None:
    teacher = client_as(small_county.teacher_a)
    assert teacher.get(reverse("imports")).status_code in (403, 404)
    assert bring(teacher, table()).status_code in (403, 404)
    with as_system("tests"):
        assert not Batch.objects.exists()


def test_wrong_methods(officer: Any) -> None:
    bring(officer, table())
    for name in ("import_fix", "import_write", "import_columns", "import_check", "import_drop"):
        assert officer.get(reverse(name, args=[latest().pk])).status_code == 405


def test_bad_input_to_a_repair_changes_nothing(officer: Any) -> None:
    bring(officer, table())
    work()
    fix = reverse("import_fix", args=[latest().pk])
    assert officer.post(fix, {"act": "take", "sheet": "x", "row": "2"}).status_code == 404
    assert officer.post(fix, {"act": "fly", "sheet": "0", "row": "2"}).status_code == 302
    assert latest().counts["good"] == 2


def test_pages_do_not_ask_more_the_more_rows_there_are(officer: Any, count_queries: Any) -> None:
    bring(officer, table(*[[f"99{n:08}", f"学校{n}", "x", "y", "z", 1, 1] for n in range(60)]))
    work()
    officer.get(reverse("imports"))
    address = reverse("import", args=[latest().pk])
    with count_queries(at_most=15):
        officer.get(address)
    with count_queries(at_most=15):
        officer.get(reverse("imports"))


def test_templates_for_every_kind_and_stage_are_understood_again(officer: Any, tmp_path: Any) -> None:
    for kind, stage in [("organisations", ""), ("staff", ""), *(("school-return", stage) for stage in STAGES)]:
        answer = officer.get(reverse("import_template", args=[kind]) + f"?stage={stage}")
        (tmp_path / "t.xlsx").write_bytes(answer.content)
        book = open_book(tmp_path / "t.xlsx")
        found = find_table(book.sheets[0], vocabulary_of(kind))
        assert found is not None
        wanted = addresses_of(reader_of(kind), [stage] if stage else [])
        assert [found.matches[c].address for c in sorted(found.matches)] == wanted
        assert all(match.certain for match in found.matches.values())
    assert officer.get(reverse("import_template", args=["nonsense"])).status_code == 404


def test_what_is_held_goes_out_and_comes_in_unchanged(officer: Any) -> None:
    bring(officer, table())
    work()
    officer.post(reverse("import_write", args=[latest().pk]))
    work()
    for form in ("", "&as=csv"):
        answer = officer.get(reverse("export", args=["school-return"]) + f"?period={PERIOD}{form}")
        assert answer.status_code == 200
        bring(officer, answer.content, "again.xlsx")
        work()
        counts = latest().counts
        assert (counts["rows"], counts["unchanged"], counts["errors"]) == (2, 2, 0), latest().problem


def test_the_list_of_faults_marks_the_sheet(officer: Any, tmp_path: Any) -> None:
    import openpyxl

    bring(officer, table(["9900000001", "=1+1", "很多", 6, 15, 3, 52.5], GOOD[1]))
    work()
    answer = officer.get(reverse("import_faults", args=[latest().pk]))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[2]][:3] == ["学校表", 2, "C"]
    marked = book.worksheets[1]
    assert marked["C2"].fill.fgColor.rgb == "FFFBE8E5"
    assert marked["B2"].data_type == "s", "a text that looks like a formula stays a text"
    assert marked["D2"].fill.fgColor.rgb != "FFFBE8E5"


def test_in_english_the_page_holds_no_chinese(officer: Any, settings: Any) -> None:
    bring(officer, xlsx(["School code", "Primary pupils"], ["9900000001", "many"], sheet="Sheet1"), "r.xlsx")
    work()
    officer.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = text(officer.get(reverse("import", args=[latest().pk]))).split("<main")[1].split("</main")[0]
    assert "should be a number" in page
    assert not re.findall(r"[\u4e00-\u9fff]+", page)
