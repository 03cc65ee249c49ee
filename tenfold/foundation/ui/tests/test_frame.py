"""What stands around every page: rail, crumbs, places, posts, and the settings of a reader's eyes."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.http import QueryDict
from django.test import RequestFactory
from django.utils import translation

from tenfold.foundation.declare import PUBLIC, SIGNED_IN, House, MenuItem, Right, house, install
from tenfold.foundation.ui import views
from tenfold.foundation.ui.context import Frame, page
from tenfold.foundation.ui.templatetags.tf import last_crumbs

KEEP = Right("x.keep", "")


class Access:
    def __init__(self, *rights):
        self.rights = rights

    def may(self, right):
        return str(right) in self.rights


def request(path="/", access=None, **cookies):
    made = RequestFactory().get(path)
    made.access = access
    made.COOKIES.update(cookies)
    return made


@pytest.fixture
def menu():
    before = house()
    new = House(manifests=before.manifests)
    new.menu += [
        MenuItem("我的待办", "/", SIGNED_IN, "top", 1),
        MenuItem("行动总览", "/overview/", SIGNED_IN, "top", 2),
        MenuItem("教联体", "/rooms/alliances/", SIGNED_IN, "rooms", 2, "二"),
        MenuItem("数据导入", "/imports/", KEEP, "more"),
        MenuItem("无障碍说明", "accessibility", PUBLIC, "more", 60),
        MenuItem("还没有", "nowhere_yet", SIGNED_IN, "more", 70),
    ]
    install(new)
    yield
    install(before)


def words(frame):
    return [entry.title for group in frame.menu for entry in group.entries]


def test_the_rail_shows_what_the_post_may_open(menu):
    assert words(Frame(request(access=Access()))) == ["我的待办", "行动总览", "教联体", "无障碍说明"]
    assert "数据导入" in words(Frame(request(access=Access("x.keep"))))
    assert words(Frame(request())) == ["无障碍说明"]


def test_the_longest_address_that_fits_is_the_chosen_one(menu):
    frame = Frame(request("/rooms/alliances/7/", Access()))
    assert [e.title for g in frame.menu for e in g.entries if e.current] == ["教联体"]
    frame = Frame(request("/elsewhere/", Access()))
    assert not [e for g in frame.menu for e in g.entries if e.current]


def test_a_page_that_shows_no_part_pays_for_none(settings):
    settings.TENFOLD = {**settings.TENFOLD, "PAGE_PARTS": {"todo_count": "no.such.function"}}
    frame = page(request(access=Access()))["frame"]
    assert frame.title
    with pytest.raises(ImportError):
        _ = frame.todo_count


def test_places_keep_the_rest_of_the_address(settings, monkeypatch):
    found = [SimpleNamespace(code="421200", name="全市"), SimpleNamespace(code="421223", name="崇阳县")]
    frame = Frame(request("/x/?period=2023-24&place=421223", Access()))
    monkeypatch.setattr(frame, "_part", lambda name, default: found)
    assert [p.current for p in frame.places] == [False, True]
    assert QueryDict(frame.places[0].url[1:]).dict() == {"period": "2023-24", "place": "421200"}
    assert frame.place.name == "崇阳县"


def test_a_place_out_of_reach_falls_back_to_the_own_one(monkeypatch):
    frame = Frame(request("/x/?place=999", Access()))
    monkeypatch.setattr(frame, "_part", lambda name, default: [SimpleNamespace(code="1", name="本校")])
    assert frame.place.code == "1"


def test_crumbs_are_at_most_five_and_keep_the_first():
    crumbs = [(str(i), f"/{i}/") for i in range(8)]
    assert [t for t, _u in last_crumbs(crumbs)] == ["0", "4", "5", "6", "7"]
    assert last_crumbs(None) == []


def test_large_print_and_density_come_from_cookies():
    frame = Frame(request(tf_large="1", tf_density="dense"))
    assert frame.classes == "tf tf-dense tf-large"
    assert Frame(request(tf_density="<x>")).classes == "tf tf-standard"


def look(**data):
    return views.look(RequestFactory().post("/look/", data))


def test_the_look_is_remembered_and_leads_back():
    answer = look(large="1", next="/overview/?a=1")
    assert answer.url == "/overview/?a=1"
    assert answer.cookies["tf_large"].value == "1"
    assert look(density="dense").cookies["tf_density"].value == "dense"


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:x"])
def test_the_look_leads_nowhere_else(target):
    assert look(large="1", next=target).url == "/"


def test_bad_words_leave_the_look_as_it_was():
    assert not look(large="2", density="huge").cookies


def test_seals_of_two_and_four_characters(settings):
    settings.TENFOLD = {**settings.TENFOLD, "SEAL": "咸宁教育"}
    assert [(s, x) for s, x, _y in Frame(request()).seal] == [("咸", 23), ("宁", 23), ("教", 9), ("育", 9)]
    settings.TENFOLD = {**settings.TENFOLD, "SEAL": "咸宁"}
    assert [(s, x) for s, x, _y in Frame(request()).seal] == [("咸", 16), ("宁", 16)]


def test_the_page_names_its_language():
    with translation.override("en"):
        assert Frame(request()).language == "en"
    with translation.override("zh-hans"):
        assert Frame(request()).language == "zh-Hans"
