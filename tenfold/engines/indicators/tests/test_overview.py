"""全市概况: the place on one page, by a chosen indicator; like with like; what stands out and what is missing."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client

from tenfold.engines.indicators import queries, services
from tenfold.foundation.organisations.mapping import Matched
from tenfold.foundation.organisations.outlines import Outline
from tenfold.foundation.organisations.services import draw_boundaries
from tenfold.foundation.scope import as_system

from . import factories
from .factories import PERIOD, City

BACKBONE = "alliances.backbone_teachers"
RING = ((114.0, 29.0), (114.5, 29.0), (114.5, 29.5), (114.0, 29.5))


@pytest.fixture
def leader(cast: City, client_as: Callable[..., Client]) -> Client:
    """Twelve like schools in B, one of them far off, one silent; last year it was as the others."""
    for number in range(12):
        one = factories.school(f"b{number + 10}", cast.b, locale="220")
        for period, backbone in (("2022-23", 6 + number % 3), (PERIOD, 40 if number == 0 else 7 + number % 2)):
            factories.hand_in(
                one, period, pupils__primary=200, teachers_backbone__primary=None if number == 1 else backbone
            )
    factories.school("b99", cast.b, locale="220")
    with as_system("tests"):
        outlines = [Matched(Outline(1, "", p.name, (RING,), (114.2, 29.2)), p) for p in (cast.a, cast.b)]
        draw_boundaries(outlines, "某图")
    services.sync()
    return client_as("bureau_leader", at=cast.city)


def test_the_city_by_its_counties(leader: Client, count_queries: Any) -> None:
    asked = {"indicator": BACKBONE}
    leader.get("/overview/", asked)
    with count_queries(at_most=15):
        page = leader.get("/overview/", asked)
    told, text = page.context, page.content.decode()
    assert [s.name for s in told["map"].shapes] == ["A", "B"]
    assert told["map"].shapes[0].value == pytest.approx(100 * 31 / 2100)
    assert "审图号待填" in text
    rows = {row.name: row for row in told["places"]}
    assert rows["A"].settings[2].value == pytest.approx(100 * 5 / 800)
    found = told["findings"][0]
    assert found.school == "School b10"
    assert (found.kind, found.now.value, found.other.value) == ("year", 20, 3)
    assert [(w, a.value, b.value) for w, a, b in found.why] == [("县级以上骨干教师", 6, 40)]
    assert [(gap.count.value, gap.schools) for gap in told["gaps"][:1]] == [(1, ("School b99",))]
    assert "School b11" in [name for gap in told["gaps"][1:2] for name in gap.schools]
    (alike,) = [row for row in told["alike"] if row.size == "100—299人" and row.setting == "乡村"]
    assert (alike.count.value, alike.middle.value) == (12, 3.75)


def test_schools_without_coordinates_and_200_km_away_are_asked_to_check_them(
    cast: City, client_as: Callable[..., Client]
) -> None:
    places = {"a2": (29.30, 114.30), "a9": (29.31, 114.32), "c1": (31.10, 114.31), "a1": None}
    for code, at in places.items():
        school = cast.schools[code]
        with factories.writing():
            school.latitude, school.longitude = at or (None, None)
            school.coordinates = "GCJ02" if at else ""
            school.save()
        factories.hand_in(school, pupils__primary=200, teachers_backbone__primary=4)
    with as_system("tests"):
        draw_boundaries([Matched(Outline(1, "", "A", (RING,), (114.2, 29.2)), cast.a)], "某图")
    services.sync()
    page = client_as("bureau_leader", at=cast.city).get("/overview/", {"place": "A", "indicator": BACKBONE})
    found = {gap.what: gap.schools for gap in page.context["gaps"]}
    assert found["坐标远离其他学校"] == ("School c1",)
    assert found["没有坐标"] == ("School a1",)
    assert {spot.name: why for spot, why in page.context["map"].beyond}.keys() == {"School c1", "School a1"}
    assert "坐标在图外" in page.content.decode() or "图外" in page.content.decode()


def test_a_county_by_its_schools_beside_their_peers_of_the_city(leader: Client, count_queries: Any) -> None:
    leader.get("/overview/")
    with count_queries(at_most=15):
        told = leader.get("/overview/", {"place": "B", "indicator": BACKBONE}).context
    assert (told["map"].kind, told["map"].named) == ("plain", False)
    assert len(told["map"].beyond) == len(told["map"].spots)
    assert told["above"].code == "C"
    assert all(row.above is not None for row in told["alike"])
    by_school = leader.get("/overview/", {"map": "schools", "indicator": BACKBONE}).context["map"]
    assert (by_school.kind, len(by_school.shapes)) == ("plain", 2)


def test_every_table_is_an_excel_file(leader: Client) -> None:
    answer = leader.get("/overview/tables.xlsx", {"indicator": BACKBONE})
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert len(book.sheetnames) == 5
    assert book.worksheets[0]["A4"].value == "A"
    assert book.worksheets[4]["B3"].value == "School b99"


def test_out_of_scope_bad_words_and_a_school(leader: Client, cast: City, client_as: Callable[..., Client]) -> None:
    county = client_as("county_officer", at=cast.a)
    own = county.get("/overview/", {"indicator": BACKBONE})
    assert own.context["above"] is None
    assert "School c1" not in own.content.decode()
    assert county.get("/overview/", {"place": "B"}).status_code == 404
    assert county.get("/overview/", {"period": "1999-00"}).status_code == 404
    assert county.get("/overview/", {"indicator": "no.such"}).status_code == 404
    assert county.get("/overview/", {"split": "stage=moon"}).status_code == 404
    assert county.post("/overview/").status_code == 405
    head = client_as("principal", at=cast.schools["a1"])
    assert head.get("/overview/").url == "/schools/a1/"
    assert head.get("/overview/tables.xlsx").url == "/schools/a1/"


def test_a_county_with_one_school_and_a_stage_without_pupils(cast: City, client_as: Callable[..., Client]) -> None:
    lone = factories.place("L", cast.city, "county")
    factories.hand_in(factories.school("l1", lone), pupils__primary=None)
    services.sync()
    page = client_as("county_officer", at=lone).get("/overview/")
    assert page.status_code == 200
    assert page.context["map"] is None
    assert "tenfold map load" in page.content.decode()
    senior = client_as("county_officer", at=lone).get("/overview/", {"split": "stage=senior"})
    assert senior.status_code == 200


def test_groups_are_told_in_words() -> None:
    assert queries.group_words(("rural", 0)) == ("乡村", "不足100人")
    assert queries.group_words(("", -1)) == ("城乡待填", "学生数待填")
