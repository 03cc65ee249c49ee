"""``tenfold import``: JSON, exit codes, one line on standard error."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from tenfold.foundation.exchange.commands import import_table
from tenfold.foundation.exchange.models import Batch, StagedRow, State
from tenfold.foundation.holdings.models import SchoolYear
from tenfold.foundation.scope import as_system

from .making import GOOD, PERIOD, as_csv, table

pytestmark = pytest.mark.django_db

app = typer.Typer()
app.command()(import_table)


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, list(arguments))


def told(*arguments: str) -> tuple[int, dict[str, Any]]:
    result = run(*arguments, "--json")
    return result.exit_code, json.loads(result.stdout)


@pytest.fixture
def good(tmp_path: Path, small_county: Any) -> str:
    path = tmp_path / "r.xlsx"
    path.write_bytes(table())
    return str(path)


@pytest.fixture
def faulty(tmp_path: Path, small_county: Any) -> str:
    path = tmp_path / "f.xlsx"
    path.write_bytes(table(["9900000001", "东岭小学", "三百一十四", 6, 15, 3, 52.5], GOOD[1]))
    return str(path)


def written() -> int:
    with as_system("tests"):
        return SchoolYear.objects.count()


def test_done_is_nought_and_tells_the_rows(good: str) -> None:
    code, report = told("school-return", good, "--period", PERIOD, "--under", "990100")
    assert code == 0
    assert (report["rows_read"], report["rows_written"], report["faults"]) == (2, 2, [])
    code, report = told("school-return", good, "--period", PERIOD, "--under", "990100")
    assert (code, report["rows_written"], report["state"]) == (0, 0, "unchanged")
    assert report["same_file_written"]["batch"]
    assert written() == 2


def test_faults_are_one_and_nothing_is_written(faulty: str) -> None:
    code, report = told("school-return", faulty, "--period", PERIOD)
    assert (code, report["rows_written"]) == (1, 0)
    (fault,) = report["faults"]
    assert {k: fault[k] for k in ("sheet", "row", "column", "code")} == {
        "sheet": "学校表", "row": 2, "column": "C", "code": "not_a_number",
    }  # fmt: skip
    assert fault["text"] == "第2行C列“三百一十四”应为数字，改为314。"
    assert written() == 0
    with as_system("tests"):
        assert not StagedRow.objects.exists(), "what was not written leaves nothing behind"
        assert not Batch.objects.exclude(state=State.DROPPED).exists()


def test_faulty_rows_can_be_left_out(faulty: str) -> None:
    code, report = told("school-return", faulty, "--period", PERIOD, "--skip-faulty")
    assert (code, report["rows_written"], len(report["faults"])) == (0, 1, 1)


def test_a_dry_run_writes_nothing(good: str, faulty: str) -> None:
    code, report = told("school-return", good, "--period", PERIOD, "--dry-run")
    assert (code, report["new"], report["rows_written"], report["dry_run"]) == (0, 2, 0, True)
    assert told("school-return", faulty, "--period", PERIOD, "--dry-run")[0] == 1
    assert written() == 0


def test_warnings_are_flagged_and_stop_only_when_asked(tmp_path: Path, small_county: Any) -> None:
    path = tmp_path / "w.csv"
    codes = [school.code for school in small_county.schools]
    heads = ["学校标识码", "小学在校生数", "小学专任教师"]
    rows = [[code, 100, 10] for code in codes]
    many = [[f"99000001{n:02}", 100, 10] for n in range(10)]
    _schools(many)
    path.write_bytes(as_csv(heads, *rows, *many[:-1], [many[-1][0], 99999, 10]))
    code, report = told("school-return", str(path), "--period", PERIOD, "--strict")
    assert (code, report["rows_written"]) == (1, 0)
    code, report = told("school-return", str(path), "--period", PERIOD)
    assert (code, report["rows_written"]) == (0, 16)
    assert {(f["row"], f["level"]) for f in report["faults"]} == {(17, "warning")}


def _schools(rows: list[list[Any]]) -> None:
    from .making import written as bring

    with as_system("tests"):
        bring(
            as_csv(["学校标识码", "学校名称"], *[[r[0], "校"] for r in rows]),
            "organisations",
            under="990100",
            period="",
        )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("nonsense", "{good}"), 2),
        (("school-return", "/nowhere.xlsx"), 2),
        (("school-return", "{good}"), 2),
        (("school-return", "{good}", "--period", "2023-25"), 2),
        (("school-return", "{good}", "--period", PERIOD, "--mapping", "/nowhere.toml"), 2),
        (("school-return", "{good}", "--period", PERIOD, "--under", "123"), 3),
        (("school-return", "{good}", "--period", PERIOD, "--as", "nobody"), 3),
        (("school-return", "{good}", "--period", PERIOD, "--as", "T-teacher_a"), 3),
        (("school-return", "{good}", "--period", PERIOD, "--as", "T-county_officer_b", "--under", "990100"), 3),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(good: str, arguments: tuple[str, ...], code: int) -> None:
    result = run(*(a.format(good=good) for a in arguments))
    assert result.exit_code == code
    assert len(result.stderr.strip().splitlines()) == 1, result.stderr
    assert not result.stdout
    assert written() == 0


def test_a_mapping_file_says_what_the_columns_are(tmp_path: Path, small_county: Any) -> None:
    table_file, mapping = tmp_path / "x.csv", tmp_path / "m.toml"
    table_file.write_bytes(
        as_csv(["Census"], ["ID", "Kids", "T1", "T2", "Kind", "Level", "Money"],
               ["9900000001", "240", "10", "5", "1", "E", "5.5"], ["9900000002", "88888", "9", "1", "1", "S", "7"],
               ["9900000003", "1", "1", "1", "2", "E", "1"])
    )  # fmt: skip
    mapping.write_text(
        """
        kind = "school-return"
        heading_rows = 2
        only = true
        [columns]
        school_code = "ID"
        pupils = "Kids"
        teachers = ["T1", "T2"]
        funds_spent = "=G"
        [stage]
        heading = "Level"
        E = "primary"
        S = "junior"
        [values.pupils]
        88888 = ""
        [units]
        funds_spent = "万元"
        [constants]
        sector = "private"
        [skip_where]
        Kind = "2"
        """,
        encoding="utf-8",
    )
    code, report = told("school-return", str(table_file), "--period", PERIOD, "--mapping", str(mapping))
    assert (code, report["rows_written"]) == (0, 2), report
    with as_system("tests"):
        year = SchoolYear.objects.get(organisation__code="9900000001")
        assert list(year.stages.values_list("stage", "teachers")) == [("primary", 15)]
        assert list(year.grades.values_list("stage", "grade", "pupils")) == [("primary", 0, 240)]
        assert (year.funds_spent, year.sector) == (5_500_000, "private")
        other = SchoolYear.objects.get(organisation__code="9900000002")
        assert not other.grades.exists(), "88888 is unknown"
        assert list(other.stages.values_list("stage", "teachers")) == [("junior", 10)]


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("colour = 1", "colour"),
        ("[columns]\nnonsense = 'x'", "nonsense"),
        ("[units]\nbooks = 'kg'", "kg"),
        ("x = ", ""),
    ],
)
def test_a_mapping_that_cannot_be_used_says_why(good: str, tmp_path: Path, line: str, word: str) -> None:
    mapping = tmp_path / "m.toml"
    mapping.write_text(line, encoding="utf-8")
    result = run("school-return", good, "--period", PERIOD, "--mapping", str(mapping))
    assert result.exit_code == 2
    assert word in result.stderr
