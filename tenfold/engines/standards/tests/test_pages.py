"""The pages: whoever may, sees hers; two people for an item; a trial writes nothing; few queries; Excel."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tenfold.engines.indicators import services as indicators
from tenfold.engines.indicators.tests import factories
from tenfold.engines.indicators.tests.factories import City
from tenfold.engines.standards.models import EnteredItem
from tenfold.foundation.scope import as_system

from .conftest import whole

PAGE = "/standards/balanced-compulsory-2017/"
FUNDS = f"{PAGE}items/special_funds/"


def paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("决算表.pdf", b"%PDF-1.4 of tests", "application/pdf")


@pytest.fixture
def officer(cast: City, client_as: Callable[..., Client]) -> Client:
    return client_as("county_officer", at=cast.a)


@pytest.fixture
def admin(cast: City, client_as: Callable[..., Client]) -> Client:
    return client_as("county_admin", at=cast.a)


def test_a_county_on_one_page(officer: Client, cast: City, count_queries: Any) -> None:
    factories.hand_in(cast.schools["a2"], **whole(teachers_backbone=1))
    indicators.sync()
    officer.get(PAGE)
    with count_queries(at_most=15):
        page = officer.get(PAGE)
    text = page.content.decode()
    assert page.status_code == 200
    assert "本地测算，不代表国家认定" in text
    assert "教督〔2017〕6号" in text
    assert "本地可配置" in text
    assert [line.name for line in page.context["schools"]] == ["School a2"]
    assert [(title, str(f.value)) for title, f in page.context["schools"][0].needs] == [("骨干教师", "8")]
    assert "All" not in text
    assert officer.get(PAGE, {"all": "1"}).context["more"] is False
    assert officer.get(PAGE, {"stage": "junior"}).context["stage"].stage == "junior"


def test_a_city_has_its_counties_side_by_side_and_a_school_its_own_row(
    cast: City, client_as: Callable[..., Client], count_queries: Any
) -> None:
    leader = client_as("bureau_leader", at=cast.city)
    leader.get(PAGE)
    with count_queries(at_most=15):
        page = leader.get(PAGE)
    assert [line.name for line in page.context["lines"]] == ["A", "B"]
    head = client_as("principal", at=cast.schools["a9"])
    own = head.get(PAGE)
    assert own.status_code == 200
    assert "sections" not in own.context
    assert head.get(PAGE, {"place": "A"}).status_code == 404
    assert head.get(f"{PAGE}schools/a9/").status_code == 200
    assert head.get(f"{PAGE}schools/a1/").status_code == 404


@pytest.mark.parametrize(
    "url",
    [
        "/standards/nothing/", f"{PAGE}?place=B", f"{PAGE}?place=zz", f"{PAGE}?period=1999-00", f"{PAGE}items/nothing/",
        f"{PAGE}schools/A/", "/standards/materials/99/", "/standards/..%2Fpyproject/",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(officer: Client, url: str) -> None:
    assert officer.get(url).status_code == 404


def test_what_a_repair_would_do_is_exact_and_writes_nothing(officer: Client, cast: City) -> None:
    factories.hand_in(cast.schools["a2"], **whole(teachers_backbone=1))
    indicators.sync()
    page = officer.get(f"{PAGE}schools/a2/")
    assert {name: value for name, _l, _u, value, _f in page.context["fields"] if value} == {"backbone_teachers": "8"}
    tried = officer.get(f"{PAGE}schools/a2/", {"try": "yes", "backbone_teachers": "9"})
    (effect,) = tried.context["effects"]
    assert (effect["passing"].value, effect["passing_after"].value) == (3, 4)
    backbone = next(row for row in effect["rows"] if row.title == "骨干教师")
    assert backbone.before.value > backbone.after.value > 0
    assert officer.get(PAGE).context["stage"].schools(True) == 3
    for bad in ("nine", "-1", "1.5", "1e99", "NaN", "Infinity"):
        wrong = officer.get(f"{PAGE}schools/a2/", {"try": "yes", "backbone_teachers": bad})
        assert (wrong.status_code, wrong.context["tried"]) == (200, False), bad


def test_one_enters_and_another_confirms(officer: Client, admin: Client, cast: City) -> None:
    assert officer.post(f"{FUNDS}enter", {"value": "6200"}).status_code == 422, "without Material"
    assert officer.post(f"{FUNDS}enter", {"value": "6200", "material": paper()}).status_code == 302
    with as_system("tests"):
        entry = EnteredItem.objects.get()
    assert officer.get(FUNDS).context["item"].state == "open", "not yet confirmed"
    assert officer.post(f"{FUNDS}decide", {"version": entry.version}).status_code in (403, 404)
    assert admin.get("/").content.decode().count("核对") >= 1
    assert admin.post(f"{FUNDS}decide", {"version": 99, "act": "confirm"}).status_code == 422, "it was changed"
    assert admin.post(f"{FUNDS}decide", {"version": entry.version, "act": "confirm"}).status_code == 302
    assert officer.get(FUNDS).context["item"].state == "met"
    assert b"".join(officer.get(f"/standards/materials/{entry.pk}/").streaming_content) == b"%PDF-1.4 of tests"


def test_who_entered_may_not_confirm(admin: Client, cast: City) -> None:
    admin.post(f"{FUNDS}enter", {"value": "5000", "material": paper()})
    answer = admin.post(f"{FUNDS}decide", {"version": 1, "act": "confirm"})
    assert answer.status_code == 422
    assert "须由另一人确认" in answer.content.decode()
    with as_system("tests"):
        assert EnteredItem.objects.get().state == "entered"


def test_an_item_is_given_back_with_a_reason(officer: Client, admin: Client, cast: City) -> None:
    officer.post(f"{FUNDS}enter", {"value": "6200", "material": paper()})
    assert admin.post(f"{FUNDS}decide", {"version": 1, "act": "return", "reason": " "}).status_code == 422
    admin.post(f"{FUNDS}decide", {"version": 1, "act": "return", "reason": "年份不对"})
    assert "年份不对" in officer.get(FUNDS).content.decode()
    assert "退回" in officer.get("/").content.decode()


@pytest.mark.parametrize("value", ["many", "-5", "1e999", ""])
def test_a_bad_value_is_told_and_nothing_is_written(officer: Client, value: str) -> None:
    assert officer.post(f"{FUNDS}enter", {"value": value, "material": paper()}).status_code == 422
    with as_system("tests"):
        assert not EnteredItem.objects.exists()


def test_a_changed_return_shows_that_the_figure_moved(officer: Client, admin: Client, cast: City) -> None:
    url = f"{PAGE}items/certified/"
    assert officer.post(f"{url}enter", {"remark": "核对无误"}).status_code == 302
    admin.post(f"{url}decide", {"version": 1, "act": "confirm"})
    assert officer.get(url).context["moved"] == []
    factories.hand_in(cast.schools["a2"], **whole(teachers_certified=69))
    indicators.sync()
    page = officer.get(url)
    ((_word, then, now),) = page.context["moved"]
    assert (then.value, now.value) == (100, pytest.approx(100 * 349 / 350))
    assert "数据有变化" in officer.get(PAGE).content.decode()


def test_the_workbook_says_what_the_page_says(officer: Client, cast: City) -> None:
    factories.hand_in(cast.schools["a2"], **whole(area_sports=6374))
    indicators.sync()
    book = openpyxl.load_workbook(io.BytesIO(officer.get(f"{PAGE}table.xlsx").content))
    assert len(book.sheetnames) == 5
    sheet = book[book.sheetnames[0]]
    rows = list(sheet.iter_rows(min_row=5, values_only=True))
    assert {row[0] for row in rows} == {"School a1", "School a2", "School a9"}
    head = [cell.value for cell in sheet[4]]
    (a2,) = [row for row in rows if row[0] == "School a2"]
    assert a2[head.index("运动场馆 m²/生")] == pytest.approx(6.374)
    assert (a2[head.index("运动场馆 最少补充 m²")], a2[head.index("运动场馆 距标准还差 m²")]) == (1, 1126)


def test_the_sentence_for_a_place_and_the_seven_of_a_school(cast: City, as_person: Any, post: Any) -> None:
    from tenfold.engines.standards.pages import place_panel, school_panel
    from tenfold.foundation.scope import require

    with as_person(post("bureau_leader", cast.city)):
        whole_city = place_panel(require(), cast.city, "2023-24") or {"sentences": []}
        assert [line["passing"].value for line in whole_city["sentences"]] == [4, 1]
        said = place_panel(require(), cast.a, "2023-24")
        assert said
        assert [line["passing"].value for line in said["sentences"]] == [4, 1]
        assert place_panel(require(), cast.a, "1999-00") is None
        (seven, _junior) = school_panel(require(), cast.schools["a9"], "2023-24") or []
        assert {row.title for row in seven.rows} == {"骨干教师", "运动场馆"}, "those that are counted here"


def test_a_school_stands_among_those_of_its_county_for_whoever_reaches_them(
    cast: City, client_as: Callable[..., Client], count_queries: Any
) -> None:
    def seven(client: Client) -> Any:
        (data,) = [data for panel, data in client.get("/schools/a2/").context["panels"] if "seven" in panel.template]
        return data[0]

    leader = client_as("bureau_leader", at=cast.city)
    seven(leader)
    with count_queries(at_most=15):
        among = seven(leader)
    assert among.beside.value == 4, "c1 is counted where it stands, b1 stands elsewhere"
    assert {len(row.among.units) for row in among.rows} == {4}
    assert all(row.among.own for row in among.rows)
    officer = client_as("county_officer", at=cast.a)
    assert seven(officer).beside.value == 3, "c1 is beyond her scope"
    head = client_as("principal", at=cast.schools["a2"])
    assert seven(head).beside is None
    assert "在全县的位置" not in head.get("/schools/a2/").content.decode()
