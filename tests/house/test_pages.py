"""Every page in Chinese says nothing in English, and asks for no name that its view does not give."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.template import engines
from django.test import Client

from tenfold.foundation.declare import PUBLIC
from tests.support.fixtures import cast_client

from . import pages
from .doors import Door, doors, find_samples
from .world import World, made

READERS = ("bureau_leader", "city_officer", "county_officer_a", "township_head_a", "head_a", "teacher_a", "sysadmin",
           "secadmin", "auditadmin")  # fmt: skip


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[World]:
    """The county of the walk, made once."""
    with django_db_blocker.unblock(), made(tmp_path_factory.mktemp("var")) as found:
        yield found


@pytest.fixture(scope="module")
def read(world: World) -> list[tuple[str, str, str]]:
    """(reader, address, page) of every page that a reader of the cast is given."""
    all_doors = [door for door in doors() if "GET" in (door.methods or ("GET",))]
    find_samples(world, doors_with_samples := doors())
    samples = {door.pattern: door.samples for door in doors_with_samples}
    found = []
    with pages.telling_unknown():
        for door in (d for d in all_doors if d.right is PUBLIC):
            found += looked("nobody", Client(), door, samples[door.pattern])
        for name in READERS:
            client = cast_client(world.cast.people[name])
            for door in all_doors:
                found += looked(name, client, door, samples[door.pattern])
    return found


def looked(name: str, client: Client, door: Door, samples: Any) -> Iterator[tuple[str, str, str]]:
    """The pages behind a door, with and without the headings that htmx sends."""
    if door.name == "account_logout":
        return
    for sample in samples:
        for query in ("", *(q for q in ("?part=popover", "?part=drawer") if door.name.endswith("source"))):
            with transaction.atomic():
                answer = client.get(sample.url + query)
                transaction.set_rollback(True)
            if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
                yield name, sample.url + query, answer.content.decode()


def names_of(world: World) -> frozenset[str]:
    """Names of accounts and people in the data, which may be in any letters."""
    people = [walker.person for walker in (*world.walkers, world.probe) if walker.person]
    return frozenset({p.name for p in people} | {p.number for p in [*people, *world.cast.people.values()]})


def told(found: dict[str, set[str]]) -> None:
    """Fail with every word and a page or two where it stands."""
    lines = [f"{word}: {' '.join(sorted(urls)[:2])}" for word, urls in sorted(found.items())]
    assert not lines, "\n".join(lines)


def test_many_pages_were_read(read):
    assert len({url for _name, url, _page in read}) > 30
    assert {name for name, _url, _page in read} == {"nobody", *READERS}


def test_no_page_asks_for_a_name_that_nobody_gives(read):
    found: dict[str, set[str]] = {}
    for _name, url, page in read:
        for word in pages.unknown(page):
            found.setdefault(word, set()).add(url)
    told(found)


def test_no_chinese_page_says_anything_in_english(read, world):
    known = names_of(world)
    found: dict[str, set[str]] = {}
    for _name, url, page in read:
        for word in pages.english(page, known):
            found.setdefault(word, set()).add(url)
    told(found)


# --- planted faults -----------------------------------------------------------------------------------


def test_an_unknown_name_is_told():
    template = engines["django"].from_string("{{ told }} {{ planted.name }}{% if missing %}{% endif %}")
    with pages.telling_unknown():
        assert pages.unknown(template.render({"told": "x"})) == ["planted.name"]
    assert template.render({"told": "x"}) == "x "


@pytest.mark.parametrize(
    "html",
    [
        "<p>学校 School</p>",
        '<button aria-label="Close">×</button>',
        '<input placeholder="Search">',
        '<input type="submit" value="Save">',
        "<img alt='A map' src='x'>",
        "<p><span>共</span> rows</p>",
    ],
)
def test_an_english_word_is_seen(html):
    assert pages.english(f"<html lang='zh-hans'>{html}</html>")


@pytest.mark.parametrize(
    "html",
    [
        "<p>下载Excel表 年报2023.xlsx，编号T-00012，45 m²</p>",
        "<code>holdings.pupils</code><script>let school = 1</script>",
        "<p>holdings.pupils_female</p>",
        '<a lang="en" href="/">English pages</a>',
        '<a href="/schools/" class="tf-link" data-name="x">学校</a>',
        "<p>Seed</p>",
    ],
)
def test_what_is_no_english_word_is_let_be(html):
    assert pages.english(f"<html lang='zh-hans'>{html}</html>", {"Seed"}) == []
