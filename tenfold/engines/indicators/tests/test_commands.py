"""``tenfold indicator``: JSON for scripts, one line for errors, exit 2 and 3."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from typer.testing import CliRunner

from tenfold.engines.indicators.commands import app
from tenfold.foundation.declare import house

from .factories import PERIOD, City, hand_in


@pytest.fixture
def run(cast: City) -> Callable[..., Any]:
    return lambda *words: CliRunner().invoke(app, list(words))


def test_the_catalogue(run: Callable[..., Any]) -> None:
    rows = json.loads(run("list", "--json").stdout)
    assert [row["code"] for row in rows] == list(house().indicators)
    assert {"code", "title", "unit", "formula", "splits", "source"} <= set(rows[0])
    assert "holdings.pupils" in run("list").stdout


def test_a_value_counts_what_has_just_changed(run: Callable[..., Any], cast: City) -> None:
    words = ("value", "holdings.pupils_per_teacher", "--place", "C", "--period", PERIOD, "--json")
    assert json.loads(run(*words).stdout) == {
        "code": "holdings.pupils_per_teacher", "place": "C", "period": PERIOD, "split": "",
        "value": pytest.approx(2400 / 140), "numerator": 2400, "denominator": 140,
        "schools_counted": 4, "schools_missing": 1, "state": "known",
    }  # fmt: skip
    hand_in(cast.schools["b1"], pupils__primary=100, teachers__primary=10)
    assert json.loads(run(*words).stdout)["schools_missing"] == 0


def test_a_source_adds_up(run: Callable[..., Any]) -> None:
    found = run("source", "holdings.pupils", "--place", "A", "--period", PERIOD, "--split", "stage=primary", "--json")
    told = json.loads(found.stdout)
    assert told["value"] == sum(row["numerator"] for row in told["rows"]) == 2100
    assert {row["school"]: row["records"] for row in told["rows"]}["a1"] == ["1#S!2"]
    (row,) = json.loads(
        run("source", "holdings.pupils", "--place", "A", "--period", PERIOD, "--school", "a2", "--json").stdout
    )["rows"]
    assert row["numerator"] == 300


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("value", "no.such", "--place", "A", "--period", PERIOD), 2),
        (("value", "holdings.pupils", "--place", "A", "--period", "1999-00"), 2),
        (("value", "holdings.pupils", "--place", "A", "--period", PERIOD, "--split", "stage=x"), 2),
        (("value", "holdings.pupils", "--place", "A"), 2),
        (("value", "holdings.pupils", "--place", "nowhere", "--period", PERIOD), 3),
        (("source", "holdings.pupils", "--place", "nowhere", "--period", PERIOD), 3),
        (("value", "holdings.pupils", "--place", "A", "--period", PERIOD, "--as", "nobody"), 3),
    ],
)
def test_errors_are_one_line_and_a_code(run: Callable[..., Any], words: tuple[str, ...], code: int) -> None:
    found = run(*words)
    assert found.exit_code == code
    assert found.stdout == ""
    if "--period" in words:
        assert found.stderr.count("\n") == 1


def test_in_the_scope_of_a_person(run: Callable[..., Any], cast: City, post: Callable[..., Any]) -> None:
    officer = post("county_officer", cast.b)
    words = ("--period", PERIOD, "--as", officer.number, "--json")
    assert json.loads(run("value", "holdings.pupils", "--place", "B", *words).stdout)["value"] == 100
    assert run("value", "holdings.pupils", "--place", "A", *words).exit_code == 3
