"""查找: places, people, indicators and pages, within the scope and by right."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.django_db


def hits(client: Any, text: str) -> dict[str, list[str]]:
    page = client.get("/search/", {"q": text})
    assert page.status_code == 200
    return {group.title: [hit.title for hit in group.hits] for group in page.context["groups"]}


def test_it_works(small_county: Any, client_as: Any, count_queries: Any):
    officer = client_as(small_county.city_officer)
    assert hits(officer, "东岭小学")["学校和单位"] == ["东岭小学"]
    assert "东岭小学" in hits(officer, "dlxx")["学校和单位"]
    assert hits(officer, "9900000005")["学校和单位"] == ["南浦小学"]
    assert hits(officer, "沈青松") == {"任职人员": ["沈青松"]} or "沈青松" in str(hits(officer, "沈青松"))
    assert any("生师比" in title for titles in hits(officer, "生师比").values() for title in titles)
    assert hits(officer, "待办")
    with count_queries(at_most=15):
        officer.get("/search/", {"q": "小学"})


def test_out_of_scope_is_not_found(small_county: Any, client_as: Any):
    officer = client_as(small_county.county_officer_a)
    assert "南浦小学" not in str(hits(officer, "小学"))
    assert hits(officer, "江南雁") == {}
    assert hits(officer, "9900000005") == {}


def test_without_the_right_people_are_not_searched(small_county: Any, client_as: Any):
    assert hits(client_as(small_county.teacher_a), "沈青松") == {}


@pytest.mark.parametrize("text", ["", "   ", "%", "'; --", "\x00", "龘" * 500, "🙂", "<b>"])
def test_bad_input_finds_nothing_and_breaks_nothing(small_county: Any, client_as: Any, text: str):
    page = client_as(small_county.city_officer).get("/search/", {"q": text})
    assert page.status_code == 200
    assert page.context["groups"] == []
    assert "<b>" not in page.content.decode().split("<main")[1]


def test_the_header_has_its_box(small_county: Any, client_as: Any):
    assert 'action="/search/"' in client_as(small_county.city_officer).get("/").content.decode()
