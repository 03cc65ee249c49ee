"""docs/programme-coverage.md tells the truth: it equals what the programme and the house say."""

from __future__ import annotations

import re
from pathlib import Path

from typer.testing import CliRunner

from tenfold.engines.programme import queries
from tenfold.engines.programme.commands import app
from tenfold.engines.programme.coverage import document

from . import test_threads

DOCUMENT = Path(__file__).parents[4] / "docs" / "programme-coverage.md"


def test_the_document_is_what_the_command_writes(tmp_path: Path) -> None:
    assert DOCUMENT.read_text("utf-8") == document()
    written = tmp_path / "x.md"
    assert CliRunner().invoke(app, ["coverage", "--write", str(written)]).exit_code == 0
    assert written.read_text("utf-8") == document()


def test_every_thread_stands_in_both_languages() -> None:
    chinese, english = document().split("# What is counted, and by what", 1)
    for work in (*queries.from_file().threads, *queries.from_file().beside):
        assert f"| {work.number} {work.name} |" in chinese
        assert f"| {work.number} {work.gloss} |" in english


def test_the_tests_that_it_names_exist() -> None:
    named = set(re.findall(r"test_threads\.py::(\w+)\[([\w.]+)\]", document()))
    counted = {*test_threads.COUNTED, *test_threads.COUNTED_BESIDE}
    assert named == {("test_it_is_counted", number) for number in counted}
    assert hasattr(test_threads, "test_it_is_counted")


def test_the_command_checks(settings, tmp_path: Path) -> None:
    runner = CliRunner()
    assert runner.invoke(app, ["check"]).exit_code == 0
    (tmp_path / "x.toml").write_text("[programme]\n", "utf-8")
    settings.TENFOLD = {**settings.TENFOLD, "PROGRAMMES": tmp_path, "PROGRAMME": "x"}
    faulty = runner.invoke(app, ["check"])
    assert faulty.exit_code == 1
    assert "x.toml" in faulty.output
    assert faulty.output.count("\n") == 1
