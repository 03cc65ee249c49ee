"""What a county really has: one school, a stage without pupils, blanks, corrections, splits, a broken file.

The page, the command and the workbook each say something sensible of it.
"""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.conf import settings as given
from django.test import Client
from typer.testing import CliRunner

from tenfold.engines.indicators import services as indicators
from tenfold.engines.indicators.tests import factories
from tenfold.engines.indicators.tests.factories import PERIOD, City
from tenfold.engines.standards.commands import app
from tenfold.foundation.exchange import services as exchange
from tenfold.foundation.exchange.queries import faults
from tenfold.foundation.exchange.tests.making import table
from tenfold.foundation.holdings.queries import without_return
from tenfold.foundation.organisations.services import Draft, split_organisation
from tenfold.foundation.scope import as_system

from .conftest import nine, whole

NAME = "balanced-compulsory-2017"
PAGE = f"/standards/{NAME}/"


def run(place: str, name: str = NAME, period: str = PERIOD) -> Any:
    return CliRunner().invoke(app, ["assess", name, "--place", place, "--period", period, "--json"])


def told(place: str) -> dict[str, Any]:
    """What the command says."""
    result = run(place)
    assert result.exit_code == 0, result.output
    return dict(json.loads(result.stdout))


@pytest.fixture
def leader(cast: City, client_as: Callable[..., Client]) -> Client:
    return client_as("bureau_leader", at=cast.city)


def page(client: Client, place: str, **words: str) -> Any:
    answer = client.get(PAGE, {"place": place, "period": PERIOD, **words})
    assert answer.status_code == 200
    return answer


def book(client: Client, place: str) -> list[list[Any]]:
    """The first sheet of a place's workbook."""
    content = client.get(f"{PAGE}table.xlsx", {"place": place, "period": PERIOD}).content
    found = openpyxl.load_workbook(io.BytesIO(content))
    return [list(row) for row in found[found.sheetnames[0]].iter_rows(values_only=True)]


def test_a_county_with_one_school(cast: City, leader: Client) -> None:
    factories.hand_in(cast.schools["b1"], **whole(100))
    indicators.sync()
    stage = told("B")["stages"]["primary"]
    assert (stage["schools"], stage["resources"]["sports_area"]["spread"], stage["passes"]) == (1, 0, True)
    answer = page(leader, "B", all="1")
    assert [line.name for line in answer.context["schools"]] == ["School b1"]
    assert "0.000" in answer.content.decode()
    assert [row[0] for row in book(leader, "B")][-1] == "School b1"


def test_a_stage_without_pupils_and_counties_without_schools_or_returns(cast: City, leader: Client) -> None:
    factories.hand_in(cast.schools["a9"], **whole(600), pupils__junior=0)
    empty = factories.place("D", cast.city, "county")
    factories.school("d1", empty)
    indicators.sync()
    assert list(told("A")["stages"]) == ["primary"]
    assert page(leader, "A", stage="junior").context["asked"].stage == "primary"
    assert told("D")["stages"] == {}
    assert told("D")["no_return"] == ["School d1"]
    assert "没有" in page(leader, "D").content.decode()
    answer = page(leader, "C")
    lines = {line.name: line for line in answer.context["lines"]}
    assert [cell and cell.stage for cell in lines["A"].stages] == ["小学", None], "columns stay where they are"
    assert lines["D"].stages == (None, None)
    assert (lines["D"].word, lines["D"].lacking.value) == ("待定", 1)
    rows = {row[0]: row for row in book(leader, "C")}
    assert len({len(row) for row in rows.values()}) == 1
    assert (rows["D"][2], rows["D"][3], rows["D"][-1]) == (1, None, "待定")


def test_a_school_that_does_not_tell_its_area_is_open_and_never_nought(cast: City, leader: Client) -> None:
    factories.hand_in(cast.schools["a2"], **{k: v for k, v in whole().items() if k != "area_sports"})
    indicators.sync()
    stage = told("A")["stages"]["primary"]
    (row,) = [row for row in stage["rows"] if row["school"] == "a2"]
    assert (row["passes"], row["resources"]["sports_area"]["value"]) == (None, None)
    assert stage["resources"]["sports_area"]["unknown"] == 1
    line = next(line for line in page(leader, "A").context["schools"] if line.name == "School a2")
    assert (line.word, [cell.kind for cell in line.cells].count("unknown")) == ("待定", 1)
    rows = book(leader, "A")
    head = next(row for row in rows if row[0] == "学校")
    (own,) = [row for row in rows if row[1] == "a2"]
    assert (own[head.index("运动场馆 m²/生")], own[head.index("运动场馆 状态")]) == (None, "待填")


def test_a_return_corrected_after_an_item_was_confirmed(
    cast: City, client_as: Callable[..., Client], leader: Client
) -> None:
    url = f"{PAGE}items/certified/"
    words = {"place": "A", "period": PERIOD}
    client_as("county_officer", at=cast.a).post(f"{url}enter", {"remark": "核对无误", **words})
    client_as("county_admin", at=cast.a).post(f"{url}decide", {"version": 1, "act": "confirm", **words})
    assert told("A")["items"]["certified"]["moved"] == []
    factories.hand_in(cast.schools["a2"], **whole(teachers_certified=69))
    assert told("A")["items"]["certified"]["moved"] == ["certified"], "the command counts anew by itself"
    item = told("A")["items"]["certified"]
    assert (item["state"], item["clauses"][0]["state"]) == ("failed", "failed"), "confirming held the former figure"
    text = page(leader, "A").content.decode()
    assert "数据有变化" in text
    assert "99.7" in text


def test_two_returns_for_one_school_and_year(small_county: Any, client_as: Callable[..., Client]) -> None:
    def sent(*rows: list[Any], name: str) -> Any:
        with as_system("tests"):
            words = {"under": "990100", "period": PERIOD}
            return exchange.check(exchange.receive([table(*rows)], name, "school-return", **words), ask=False)

    def row(pupils: int) -> list[Any]:
        return ["9900000001", "东岭小学", pupils, 6, 15, 3, 52.5]

    twice = sent(row(240), row(250), name="两行.xlsx")
    with as_system("tests"):
        assert [(f.code, f.row) for f in faults(twice) if f.level == "error"] == [("duplicate_code", 3)]
    for pupils, name in ((240, "第一次.xlsx"), (250, "更正.xlsx")):
        batch = sent(row(pupils), name=name)
        with as_system("tests"):
            exchange.write(batch, warnings_seen=True)
    assert batch.counts["changed"] == 1, "the second file mends the first, and the import says so"
    (held,) = told("990100")["stages"]["primary"]["rows"]
    assert (held["school"], held["pupils"]) == ("9900000001", 250)
    officer = client_as("county_officer", at=small_county.county_a)
    assert [line.pupils.value for line in page(officer, "990100").context["schools"]] == [250]


@pytest.mark.parametrize(("day", "asked"), [(date(2024, 3, 1), False), (date(2023, 8, 15), True)])
def test_a_school_that_splits_in_mid_year(cast: City, leader: Client, day: date, asked: bool) -> None:
    before = told("A")["stages"]
    attributes = {"school_type": "211", "locale": "220", "sector": "public"}
    with as_system("tests"):
        split_organisation(cast.schools["a2"], [Draft("a8", "分设小学", "school", cast.a, day, None, attributes)], day)
        indicators.sync()
        assert ("分设小学" in dict(without_return(cast.a, PERIOD)).values()) is asked
    assert told("A")["stages"] == before, "the year's figures stay with the school that sent them"
    assert told("A")["no_return"] == (["分设小学"] if asked else [])
    assert ("分设小学" in page(leader, "A").content.decode()) is asked


def test_a_return_of_a_school_that_was_split_off_later_is_doubted(small_county: Any) -> None:
    attributes = {"school_type": "211", "locale": "220", "sector": "public"}
    day, origin = date(2024, 3, 1), small_county.primary_a
    with as_system("tests"):
        new = Draft("9900000088", "新设小学", "school", small_county.township_a, day, None, attributes)
        split_organisation(origin, [new], day)
        row = ["9900000088", "新设小学", 100, 3, 8, 1, 30]
        batch = exchange.receive([table(row)], "分设.xlsx", "school-return", under="990100", period=PERIOD)
        (doubt,) = [f for f in faults(exchange.check(batch, ask=False)) if f.code == "split_later"]
        later = exchange.receive([table(row)], "次年.xlsx", "school-return", under="990100", period="2024-25")
        assert not [f for f in faults(exchange.check(later, ask=False)) if f.code == "split_later"]
    assert (doubt.level, doubt.row, doubt.column) == ("warning", 2, "A")
    assert "东岭小学" in doubt.text
    assert "2024-03-01" in doubt.text


def test_a_standard_without_a_threshold_names_its_place(
    cast: City, leader: Client, settings: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "standards"
    shutil.copytree(given.TENFOLD["STANDARDS"], folder)
    settings.TENFOLD = {**settings.TENFOLD, "STANDARDS": folder}
    file = folder / f"{NAME}.toml"
    whole_file = file.read_text("utf-8")
    file.write_text(whole_file.replace("threshold = { primary = 7.5, junior = 10.2 }\n", ""), "utf-8")
    result = run("A")
    assert result.exit_code == 2
    words = f"standards/{NAME}.toml: resource sports_area: threshold is missing"
    assert words in capsys.readouterr().err + result.output
    answer = leader.get(PAGE, {"place": "A", "period": PERIOD})
    assert answer.status_code == 503
    assert words in answer.content.decode()
    assert "系统管理员" in answer.content.decode()
    file.write_text(whole_file, "utf-8")
    (folder / "basic-balanced-2012.toml").write_text("[standard]\n", "utf-8")
    assert page(leader, "A").context["others"] == [], "another's broken file stops nothing"
    assert leader.get("/standards/basic-balanced-2012/").status_code == 503


def test_a_junior_part_that_is_blank_leaves_the_countys_ratio_whole(cast: City) -> None:
    factories.hand_in(cast.schools["a9"], **whole(600), **{k: v for k, v in nine(300).items() if "certified" not in k})
    (clause,) = told("A")["items"]["certified"]["clauses"]
    assert (clause["counted"], clause["missing"], clause["value"]) == (3, 1, 100)
