"""The pages of indicators: whoever may, sees hers; nobody sees another's; few queries; Excel without formulas."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client

from tenfold.engines.indicators import services
from tenfold.foundation.declare import house
from tests.support.reading import words

from . import factories
from .factories import PERIOD, City

DETAIL = "/indicators/alliances.backbone_teachers/"


@pytest.fixture
def officer(cast: City, client_as: Callable[..., Client]) -> Client:
    services.sync()
    return client_as("county_officer", at=cast.a)


def test_the_catalogue_shows_every_indicator_with_its_value(whole_catalogue: None, officer: Client) -> None:
    page = officer.get("/indicators/")
    assert page.status_code == 200
    assert page.context["count"] >= 40
    assert "2,400" in page.content.decode()
    found = officer.get("/indicators/", {"q": "backbone_teachers"})
    assert 0 < found.context["count"] < 8
    assert officer.get("/indicators/", {"q": "xyzzy"}).context["count"] == 0


def test_the_page_tells_value_standard_and_schools(officer: Client) -> None:
    page = officer.get(DETAIL, {"split": "stage=primary"})
    text = page.content.decode()
    assert page.status_code == 200
    assert page.context["value"].value == pytest.approx(100 * 31 / 2100)
    assert [row.name for row in page.context["rows"]][0] == "T"
    assert [row.missed for row in page.context["rows"]] == ["1/2", "0/1"]
    assert page.context["total"].missed == "1/3"
    assert page.context["missed"][0].value == 3
    assert page.context["missed"][2].value == 1
    assert "School a9 0.50" in text
    assert "School c1" not in text


def test_the_page_of_every_shape_opens(whole_catalogue: None, officer: Client) -> None:
    shapes = {
        (type(i.value), i.only_by, i.splits, i.standard == "", i.in_wan): i.code for i in house().indicators.values()
    }
    assert len(shapes) >= 10
    for code in shapes.values():
        for query in ("", f"?place=T&period={PERIOD}", "?place=a9"):
            assert officer.get(f"/indicators/{code}/{query}").status_code == 200, (code, query)


def test_pages_ask_few_queries(officer: Client, count_queries: Callable[..., Any]) -> None:
    officer.get(DETAIL)
    for url in ("/indicators/", DETAIL, f"{DETAIL}source", f"{DETAIL}source?school=a1&part=drawer"):
        with count_queries(at_most=15):
            assert officer.get(url).status_code == 200


def test_out_of_scope_is_not_found(officer: Client, cast: City, client_as: Callable[..., Client]) -> None:
    for path in (DETAIL, f"{DETAIL}source", f"{DETAIL}table.xlsx", f"{DETAIL}source.xlsx"):
        for place in ("B", "C", "b1", "c1", "nowhere"):
            assert officer.get(path, {"place": place}).status_code == 404
    head = client_as("principal", at=cast.schools["a1"])
    assert head.get(DETAIL, {"place": "A"}).status_code == 404
    page = head.get(DETAIL).content.decode()
    assert "1.00" in page
    assert "School a2" not in page
    assert "School a9" not in page


def test_what_is_not_understood_is_not_found(officer: Client) -> None:
    for path in ("/indicators/no.such/", f"{DETAIL}?period=1999-00", f"{DETAIL}?split=colour=red"):
        assert officer.get(path).status_code == 404
    assert officer.post(DETAIL).status_code in (403, 405)


def test_without_the_right_it_is_refused(
    cast: City, client_as: Callable[..., Client], role_of_one: Callable[..., str]
) -> None:
    services.sync()
    seer = client_as(role_of_one("indicators.see_values"), at=cast.a)
    assert seer.get(DETAIL).status_code == 200
    assert seer.get(f"{DETAIL}source").status_code == 403
    assert client_as(role_of_one("audit.see"), at=cast.a).get(DETAIL).status_code == 403


def test_the_source_opens_as_popover_drawer_and_page(officer: Client) -> None:
    popover = officer.get(f"{DETAIL}source", {"part": "popover", "split": "stage=primary"}).content.decode()
    assert "31 ÷ 2,100 × 100 ＝ 1.48" in words(popover)
    assert "<html" not in popover
    drawer = officer.get(f"{DETAIL}source", {"part": "drawer", "school": "a2"})
    assert "<html" not in drawer.content.decode()
    assert [row["name"] for row in drawer.context["rows"] if row["chosen"]] == ["School a2"]
    page = officer.get(f"{DETAIL}source").content.decode()
    assert "<html" in page
    assert "School c1" not in page


def test_the_tables_download_without_formulas(officer: Client, cast: City) -> None:
    with factories.writing():
        cast.schools["a1"].name = "=1+1"
        cast.schools["a1"].save()
    for name in ("table.xlsx", "source.xlsx"):
        book = openpyxl.load_workbook(io.BytesIO(officer.get(f"{DETAIL}{name}").content))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert any(cell.value == "=1+1" for cell in cells)
        assert all(cell.data_type != "f" for cell in cells)


def test_before_anything_is_held_the_pages_say_what_to_do(db: None, client_as: Callable[..., Client]) -> None:
    top = factories.place("C", None, "city")
    officer = client_as("section_officer", at=top)
    for url in ("/indicators/", DETAIL):
        page = officer.get(url)
        assert page.status_code == 200
        assert "tf-none" in page.content.decode()


def test_a_change_that_is_not_counted_yet_is_told(officer: Client, cast: City) -> None:
    assert not officer.get(DETAIL).context["updating"]
    factories.hand_in(cast.schools["a1"], pupils__primary=1)
    assert officer.get(DETAIL).context["updating"]
