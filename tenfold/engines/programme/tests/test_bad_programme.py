"""Programmes that cannot stand, by the command: each is told with its file and line, and nothing is written. And what
changes in mid-year: an indicator that is retired, a county that is dissolved.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tenfold.engines.programme import services
from tenfold.engines.programme.commands import app
from tenfold.engines.programme.models import Assignment, Programme, Task
from tenfold.foundation.declare import house, install
from tenfold.foundation.organisations.services import close_organisation
from tenfold.foundation.scope import as_system
from tests.support.cast import SmallCounty

from .test_plan import PLAN
from .test_plan import plan as planned

pytestmark = pytest.mark.django_db

EQUAL = 'rule = "equal"'
BAD = {
    "an unknown indicator": ('"holdings.schools"', '"holdings.gone"', "holdings.gone", 'indicator = "holdings.gone"'),
    "a circle": ('"各县（市、区）教育局"]\n', '"各县（市、区）教育局"]\nafter = ["1.1.2"]\n', "1.1.2", "after"),
    "a day outside": ("due = 2023-10-31", "due = 2031-10-31", "2031-10-31", "due = 2031"),
    "what no record can reach": ("value = 60\nby", "value = 160\nby", "160", "[[action.measure.target]]"),
    "an owner that is not there": ('"各学校"', '"火星学校"', "火星学校", 'number = "1.1.2"'),
    "a sum that is broken": (EQUAL, 'rule = "hand"\nhand = { "990100" = 2, "990200" = 3 }', "5", "value = 7"),
    "a place by hand that is not there": (EQUAL, 'rule = "hand"\nhand = { "000000" = 2 }', "000000", "value = 7"),
    "a level below the measure": ('lowest = "school"', 'lowest = "county"', "", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_it_is_told_with_its_line_and_nothing_is_written(
    name: str, counted_county: SmallCounty, settings: Any, tmp_path: Path
) -> None:
    before, after, told, at = BAD[name]
    assert before in PLAN
    text = PLAN.replace(before, after, 1)
    (tmp_path / "bad.toml").write_text(text, "utf-8")
    settings.TENFOLD = {**settings.TENFOLD, "PROGRAMMES": tmp_path}
    answer = CliRunner().invoke(app, ["load", "bad", "--place", "990000"])
    assert answer.exit_code == 1
    assert told in answer.stderr
    line = re.search(r"bad\.toml\D+(\d+)", answer.stderr)
    assert line, answer.stderr
    near = text.splitlines()[int(line[1]) - 1 : int(line[1]) + 3]
    assert any(at in each for each in near), (answer.stderr, near)
    with as_system("tests"):
        assert not Programme.objects.exists()


def test_a_retired_indicator_is_told_on_the_pages(counted_county: SmallCounty, client_as: Any) -> None:
    with as_system("tests"):
        services.apply(planned(), counted_county.city, keep_unknown=True)
        task = Task.objects.get(number="1.1.2")
        part = Assignment.objects.filter(task=task).earliest("pk")
    whole = house()
    gone = {
        code: one for code, one in whole.indicators.items() if code not in ("teachers.certified", "holdings.schools")
    }
    install(replace(whole, indicators=gone))
    try:
        client = client_as(counted_county.city_officer)
        for page in (
            "/actions/",
            "/tasks/",
            f"/tasks/{part.pk}/",
            "/programme/edit/",
            f"/programme/edit/task/{task.pk}/",
        ):
            assert client.get(page).status_code == 200, page
        assert "已停用" in client.get(f"/tasks/{part.pk}/").content.decode()
        assert client.get("/programme/table.xlsx").status_code == 200
    finally:
        install(whole)


def test_a_dissolved_county_owes_no_more(counted_county: SmallCounty, client_as: Any) -> None:
    with as_system("tests"):
        row = services.apply(planned(), counted_county.city, keep_unknown=True)
        school = counted_county.primary_b
        held = Assignment.objects.filter(organisation=school, until=None)
        assert held.exists()
        close_organisation(school, date(2023, 9, 1))
        services.follow_trees()
        assert not held.exists()
        assert Assignment.objects.get(organisation=school).until is not None
        assert services.follow_tree(row) == 0
    assert client_as(counted_county.city_officer).get("/tasks/").status_code == 200
