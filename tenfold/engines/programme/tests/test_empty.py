"""The pages before the first return, refusals, and a programme that cannot be read."""

from __future__ import annotations

import pytest

from tenfold.engines.programme.rights import SEE_ACTIONS

from .test_pages import PAGES, text_of
from .test_reading import FILE, TEXT
from .test_threads import COUNTED, THREADS, row_of


def test_what_nothing_counts_yet_says_by_which_record_it_will(empty_store, small_county, client_as) -> None:
    client = client_as(small_county.county_officer_a)
    waiting = [number for number in THREADS if number not in COUNTED]
    assert len(waiting) == 33
    for number in waiting:
        room, thread = THREADS[number]
        row = row_of(client.get(f"/rooms/{room}/").content.decode(), number)
        assert thread.name in row
        assert "尚无数据" in row
        assert f"待{thread.record}启用" in row
        assert "/indicators/" not in row


@pytest.mark.parametrize("page", PAGES)
def test_without_the_right_it_is_refused(page: str, empty_store, small_county, client_as, role_of_one) -> None:
    other = client_as(role_of_one("holdings.see_school"), at=small_county.county_a)
    assert other.get(page).status_code == 403
    holder = client_as(role_of_one(SEE_ACTIONS), at=small_county.county_a)
    assert holder.get(page).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_nobody_is_sent_to_sign_in(page: str, client, db) -> None:
    assert client.get(page).status_code == 302


@pytest.mark.parametrize("page", PAGES)
def test_wrong_method(page: str, empty_store, small_county, client_as) -> None:
    assert client_as(small_county.city_officer).post(page).status_code in (403, 405)


def test_there_is_no_such_room(empty_store, small_county, client_as) -> None:
    assert client_as(small_county.city_officer).get("/rooms/canteens/").status_code == 404


def test_before_the_first_return_it_says_what_to_do(empty_store, small_county, client_as) -> None:
    button = '<a class="tf-btn tf-btn-primary" href="/imports/">导入学校年报</a>'
    for page in ("/actions/", "/rooms/teachers/"):
        answer = client_as(small_county.county_officer_a).get(page)
        assert "还没有学校年报。" in text_of(answer)
        assert "待填" in text_of(answer)
        assert button in answer.content.decode()
        other = client_as(small_county.teacher_a).get(page).content.decode()
        assert button not in other, "who may not import sees no button"


def test_a_faulty_programme_is_told_in_one_line(empty_store, small_county, client_as, settings) -> None:
    folder = empty_store / "programmes"
    folder.mkdir()
    (folder / FILE.name).write_text(TEXT.replace('room = "families"', 'room = "family"'), "utf-8")
    settings.TENFOLD = {**settings.TENFOLD, "PROGRAMMES": folder}
    client = client_as(small_county.city_officer)
    for page in PAGES:
        answer = client.get(page)
        assert answer.status_code == 500
        assert "没有“family”这个行动页面" in answer.content.decode()
        assert FILE.name in answer.content.decode()
    (folder / FILE.name).write_text(TEXT, "utf-8")
    assert client.get("/actions/").status_code == 200, "a mended file needs no restart"


def test_a_missing_programme_is_told(empty_store, small_county, client_as, settings) -> None:
    settings.TENFOLD = {**settings.TENFOLD, "PROGRAMME": "nowhere"}
    answer = client_as(small_county.city_officer).get("/actions/")
    assert answer.status_code == 500
    assert "nowhere.toml" in answer.content.decode()
