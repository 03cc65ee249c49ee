"""Each thread that today's records count ends in a page, with a figure that opens to its source."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.utils import translation

from tenfold.engines.programme import queries
from tenfold.engines.programme.reading import read
from tenfold.foundation.declare import house
from tenfold.foundation.scope import as_system

from .test_reading import FILE, TEXT

PROGRAMME = read(FILE.name, TEXT)
THREADS = {thread.number: (action.room, thread) for action in PROGRAMME.actions for thread in action.threads}
BESIDE = {work.number: work for work in PROGRAMME.beside}
COUNTED = [number for number, (_room, thread) in THREADS.items() if thread.countable]
COUNTED_BESIDE = [number for number, work in BESIDE.items() if work.countable]


def row_of(page: str, number: str) -> str:
    """The part of a page that tells of one thread or work: its group of rows."""
    groups = re.findall(r"<tbody>.*?</tbody>", page, re.S)
    (found,) = [g for g in groups if re.search(rf'tf-programme-number"[^>]*><code[^>]*>{re.escape(number)}<', g)]
    return unescape(found)


def told(page: str, number: str) -> None:
    """The row shows every indicator that counts it, each with a value that opens to its source."""
    work = BESIDE.get(number) or THREADS[number][1]
    row = row_of(page, number)
    assert work.name in row
    assert work.record in row
    for counted in work.indicators:
        assert str(house().indicators[counted.code].title) in row
        found = re.search(rf'href="/indicators/{re.escape(counted.code)}/source\?[^"]*"[^>]*>(.*?)</a>', row, re.S)
        assert found, f"{counted.code} has no figure in {row}"
        assert re.search(r"\d", re.sub(r"<[^>]+>", "", found.group(1)))


@pytest.mark.parametrize("number", [*COUNTED, *COUNTED_BESIDE])
def test_it_is_counted(number: str, counted_county, client_as) -> None:
    client = client_as(counted_county.county_officer_a)
    room = THREADS[number][0] if number in THREADS else BESIDE[number].where
    if room not in house().rooms:
        told(client.get("/actions/").content.decode(), number)
        return
    told(client.get(f"/rooms/{room}/").content.decode(), number)


def test_the_figures_are_the_engine_s(counted_county, db) -> None:
    with as_system("tests"), translation.override("zh-hans"):
        page = queries.room("teachers", counted_county.county_a)
        (row,) = [row for row in page.rows if row.work.number == "4.2"]
        hours = row.lines[0]
        assert (hours.code, hours.figure.value, hours.figure.period) == ("teachers.trained_360h", 84.0, "2023-24")
        assert hours.course == (80.0, 82.0, 84.0)


def test_what_a_room_counts_beside_its_threads_stands_below_once(counted_county, db) -> None:
    with as_system("tests"):
        page = queries.room("teachers", counted_county.county_a)
        named = {line.code for row in page.rows for line in row.lines}
        others = [line.code for group in page.others for line in group]
    assert set(others) == {i.code for i in house().indicators_of("teachers")} - named
    assert len(others) == len(set(others))


def test_an_indicator_by_stage_is_told_for_each_stage(counted_county, db) -> None:
    with as_system("tests"), translation.override("zh-hans"):
        page = queries.room("alliances", counted_county.county_a)
        spread = next(g for g in page.others if g[0].code == "alliances.sports_area_spread")
    assert [line.stage for line in spread] == ["小学", "初中"]
    assert {line.figure.split for line in spread} == {"stage=primary", "stage=junior"}
