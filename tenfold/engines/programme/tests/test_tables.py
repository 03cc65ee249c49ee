"""任务分解表: dropped, looked at, decided cell by cell, applied as a whole; the same once more changes nothing."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from typer.testing import CliRunner

from tenfold.engines.programme import queries
from tenfold.engines.programme.commands import app
from tenfold.engines.programme.models import Programme, TableDraft, Task
from tenfold.engines.programme.rules import rules
from tenfold.engines.programme.tables.grid import Cell, Document, Grid, ordered
from tenfold.engines.programme.tables.opening import open_table
from tenfold.engines.programme.tables.writing import workbook
from tenfold.foundation.organisations.services import close_organisation
from tenfold.foundation.scope import as_system
from tests.support.cast import SmallCounty

FILES = Path(__file__).resolve().parents[4] / "tests" / "journeys" / "files"
MERGED, WORD, FLAT = sorted(FILES.glob("[123]-*"))


def sent(client: Any, data: bytes, name: str, **more: str) -> Any:
    """The answer to a file that is dropped on the page."""
    return client.post("/programme/table/", {"file": SimpleUploadedFile(name, data), **more})


def plain(answer: Any) -> str:
    """A page's words, without blanks."""
    return re.sub(r"<[^>]+>|\s", "", answer.content.decode())


def all_decided(client: Any, url: str) -> None:
    """Keep every doubtful cell and unit as words."""
    pk = int(url.rstrip("/").rsplit("/", 1)[-1])
    with as_system("tests"):
        found = queries.understood_draft(TableDraft.objects.get(pk=pk))
        doubts, unknown = found.doubts, found.unknown
    for _row, cell in doubts:
        client.post(f"{url}settle", {"act": "keep", "place": str(cell.place)})
    for unit in unknown:
        client.post(f"{url}settle", {"act": "unit", "unit": unit.text, "text": ""})


@pytest.mark.usefixtures("empty_store")
def test_each_bad_cell_is_told_with_its_place(small_county: SmallCounty, client_as: Any) -> None:
    """Merged cells, vertical text, 长期 as a date, 各县市区 as unit, two leaders in a cell, and others."""
    with as_system("tests"):
        closed = small_county.primary_b
        close_organisation(closed, date(2023, 6, 30))
    book = Document("xlsx", (Grid(ordered(_cells(closed.name)), "分解表"),))
    client = client_as(small_county.city_officer)
    answer = sent(client, workbook(book), "坏表.xlsx")
    page = plain(client.get(answer.url))
    with as_system("tests"):
        found = queries.understood_draft(TableDraft.objects.get())
        rows, doubts, unknown = found.rows, found.doubts, found.unknown
    assert [row.action.name for row in rows] == ["提质行动"] * len(rows), "merged down, its signs below each other"
    assert (rows[0].due, rows[0].due_text, rows[0].leader) == (None, "长期", ("周知远", "林书宁"))
    assert rows[0].responsible == ("各县市区",)
    assert [(str(c.place), c.text) for _r, c in doubts] == [
        ("0.3.4", "2023年2月30日"), ("0.4.4", "2026年底"), ("0.5.3", "有关领导"), ("0.6.1", ""), ("0.6.4", ""),
    ]  # fmt: skip
    assert [unit.text for unit in unknown] == [closed.name, "团市委"]
    for told in ("第4行E列", "不在方案期限内", "第6行D列", "已于2023年6月30日撤销", "没有这个单位"):
        assert told in page
    assert client.post(f"{answer.url}apply").status_code == 422
    for wrong in ({"act": "fix", "place": "0.3.4", "field": "due", "text": "改天"}, {"act": "fix", "place": "0.3.4"},
                  {"act": "unit", "unit": "团市委", "text": "没有的单位"}, {"act": "nothing"}, {}):  # fmt: skip
        assert client.post(f"{answer.url}settle", wrong).status_code == 422
    with as_system("tests"):
        assert not Programme.objects.exists()
        assert TableDraft.objects.get().settled == {"fixes": {}, "headings": {}, "units": {}, "skips": []}
    client.post(f"{answer.url}settle", {"act": "skip", "place": "0.6.0"})
    client.post(f"{answer.url}settle", {"act": "unit", "unit": "团市委", "text": "安禾县教育局"})
    all_decided(client, answer.url)
    assert client.post(f"{answer.url}apply").status_code == 302
    with as_system("tests"):
        tasks = {task.name: task for task in Task.objects.all()}
        assert tasks["任务三"].parties["responsible"] == ["安禾县教育局"]
        assert len(tasks) == 4
    assert client.post(f"{answer.url}apply").status_code == 422, "applied already"


def _cells(closed: str) -> list[Cell]:
    rows = [
        ("任务一", "各县市区", "周知远、林书宁", "长期"), ("任务二", closed, "周知远", "2023年2月30日"),
        ("任务三", "团市委", "周知远", "2026年底"), ("任务四", "市直学校", "有关领导", "6月底"),
        ("", "市直学校", "周知远", ""),
    ]  # fmt: skip
    heads = ("行动", "工作任务", "责任单位", "分管领导", "完成时限")
    cells = [Cell(0, 0, "2023年任务分解表", 1, 5), *(Cell(1, n, text) for n, text in enumerate(heads))]
    cells.append(Cell(2, 0, "提\n质\n行\n动", len(rows), 1))
    return cells + [Cell(r, n, text) for r, row in enumerate(rows, 2) for n, text in enumerate(row, 1) if text]


FILES_THAT_ARE_NONE = {
    "空.xlsx": b"", "假.xlsx": b"PK\x03\x04 broken", "老.doc": b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"),
    "图.png": b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "无任务.csv": "学校,人数\n甲,12\n".encode(),
}  # fmt: skip


@pytest.mark.usefixtures("empty_store")
@pytest.mark.parametrize("name", FILES_THAT_ARE_NONE)
def test_a_file_that_is_no_table_is_told_and_not_kept(name: str, small_county: SmallCounty, client_as: Any) -> None:
    client = client_as(small_county.city_officer)
    answer = sent(client, FILES_THAT_ARE_NONE[name], name)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode() or "tf-fault" in answer.content.decode()
    with as_system("tests"):
        assert not TableDraft.objects.exists()


@pytest.mark.usefixtures("empty_store")
def test_the_command_tells_each_place_and_writes_all_or_nothing(small_county: SmallCounty, tmp_path: Path) -> None:
    run = CliRunner()
    told = run.invoke(app, ["table", str(FLAT), "--place", "990000"])
    assert told.exit_code == 1
    assert "第7行F列: “秋季开学前”" in told.stderr
    assert "第4行D列: “基教科”" in told.stderr
    with as_system("tests"):
        assert not Programme.objects.exists()
    assert run.invoke(app, ["table", str(FLAT), "--place", "990000", "--keep"]).exit_code == 0
    assert run.invoke(app, ["table", str(FLAT), "--place", "990000", "--keep"]).stdout.strip() == "0"
    assert run.invoke(app, ["export", "--write", str(tmp_path / "a.docx")]).exit_code == 0
    assert open_table((tmp_path / "a.docx").read_bytes()).kind == "docx"
    assert run.invoke(app, ["table", str(tmp_path / "none.xlsx")]).exit_code == 2
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04")
    assert run.invoke(app, ["table", str(tmp_path / "broken.xlsx")]).exit_code == 2


@pytest.mark.usefixtures("empty_store")
def test_a_school_over_the_cap_asks_for_a_reason(small_county: SmallCounty, client_as: Any) -> None:
    heads = ("工作任务", "责任单位", "完成时限")
    rows = [(f"任务{'甲乙丙丁戊己庚辛壬'[n]}", "东岭小学", "6月底") for n in range(rules().cap + 1)]
    cells = [Cell(r, c, text) for r, row in enumerate((heads, *rows)) for c, text in enumerate(row)]
    client = client_as(small_county.city_officer)
    answer = sent(client, workbook(Document("xlsx", (Grid(ordered(cells), "2023年任务"),))), "多.xlsx")
    assert "东岭小学" in plain(client.get(answer.url))
    refused = client.post(f"{answer.url}apply")
    assert refused.status_code == 422
    with as_system("tests"):
        assert not Programme.objects.exists()
    assert client.post(f"{answer.url}apply", {"reason": "试点学校，经局长同意"}).status_code == 302


@pytest.mark.usefixtures("empty_store")
def test_who_may_not_is_refused_and_who_is_elsewhere_finds_nothing(small_county: SmallCounty, client_as: Any) -> None:
    officer = client_as(small_county.city_officer)
    answer = sent(officer, FLAT.read_bytes(), "表.xls")
    for other in (small_county.county_officer_a, small_county.head_a, small_county.teacher_a):
        client = client_as(other)
        assert client.get(answer.url).status_code == 403
        assert client.post(f"{answer.url}apply").status_code == 403
        assert client.get("/programme/table.xlsx").status_code == 403
    assert officer.get("/programme/table/999999/").status_code == 404
    assert officer.post(f"{answer.url}drop").status_code == 302
    with as_system("tests"):
        assert not TableDraft.objects.exists()
