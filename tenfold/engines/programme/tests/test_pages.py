"""行动总览, the rooms and 落实清单: they work, each shows what is hers, out of scope is not found."""

from __future__ import annotations

import re

import pytest

from .test_reading import TITLES

PAGES = ("/actions/", "/actions/coverage/", "/rooms/alliances/")
ROLES = ("city_officer", "county_officer_a", "township_head_a", "head_a", "teacher_a", "bureau_leader")


def text_of(answer) -> str:
    """The words of a page."""
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("page", PAGES)
def test_it_works(role: str, page: str, counted_county, client_as, count_queries) -> None:
    client = client_as(getattr(counted_county, role))
    client.get(page)
    with count_queries(at_most=15):
        assert client.get(page).status_code == 200


def test_the_overview_opens_every_room(counted_county, client_as) -> None:
    client = client_as(counted_county.city_officer)
    page = client.get("/actions/")
    words = text_of(page)
    assert "共 41 条 线索， 8 条 已有记录可计" in words
    for room, menu, title, role in TITLES:
        assert menu in words
        assert role in words
        assert f'href="/rooms/{room}/?place=990000"' in page.content.decode()
        answer = client.get(f"/rooms/{room}/?place=990000")
        assert f"<h1>{title}</h1>" in answer.content.decode()


def test_a_county_sees_its_own_value_and_the_city_both(counted_county, client_as) -> None:
    cast = counted_county
    own = client_as(cast.county_officer_a).get("/rooms/teachers/").content.decode()
    assert "place=990100" in own
    assert "place=990200" not in own
    city = client_as(cast.city_officer)
    assert "place=990200" in city.get("/rooms/teachers/?place=990200").content.decode()


def test_the_overview_tells_the_places_below_in_the_order_of_the_tree(counted_county, client_as) -> None:
    page = client_as(counted_county.city_officer).get("/actions/").content.decode()
    rows = re.findall(r'<th scope="row" class="tf-programme-page"><a href="/actions/\?place=(\d+)">', page)
    assert rows == ["990100", "990200", "990000"]
    below = page[page.index("分单位情况") :]
    for code in rows:
        assert f"place={code}&amp;period=2023-24" in below


def test_a_head_sees_her_school_alone(counted_county, client_as) -> None:
    client = client_as(counted_county.head_a)
    assert "分单位情况" not in text_of(client.get("/actions/"))
    page = client.get("/rooms/teachers/").content.decode()
    assert set(re.findall(r"source\?place=(\w+)", page)) == {counted_county.primary_a.code}


@pytest.mark.parametrize("page", ["/actions/", "/rooms/teachers/"])
def test_out_of_scope_is_not_found(page: str, counted_county, client_as) -> None:
    client = client_as(counted_county.county_officer_a)
    assert client.get(f"{page}?place={counted_county.county_b.code}").status_code == 404
    assert client.get(f"{page}?place={counted_county.city.code}").status_code == 404
    assert client.get(f"{page}?place=nowhere").status_code == 404


def test_places_above_are_named_and_no_links(counted_county, client_as) -> None:
    page = client_as(counted_county.county_officer_a).get("/actions/").content.decode()
    crumbs = re.search(r'<ol class="tf-crumbs">.*?</ol>', page, re.S).group()
    assert "<span>清渠市教育局</span>" in crumbs
    assert 'href="/actions/?place=990100"' in crumbs


@pytest.mark.parametrize("page", [*PAGES, *(f"/rooms/{code}/" for code, *_rest in TITLES)])
def test_a_chinese_page_shows_no_english(page: str, counted_county, client_as) -> None:
    answer = client_as(counted_county.city_officer).get(page).content.decode()
    main = re.search(r"<main.*</main>", answer, re.S).group()
    words = re.sub(r"<[^>]+>", " ", main)
    assert re.findall(r"[A-Za-z]{3,}", words) == []


def test_in_english_the_glosses_stand(counted_county, client_as) -> None:
    client = client_as(counted_county.city_officer)
    client.cookies["django_language"] = "en"
    page = client.get("/rooms/alliances/").content.decode()
    assert "<h1>County school alliances: more schools in them, and better ones</h1>" in page
    assert "waits for: register of alliances and their members" in page
