"""Every page in Chinese says nothing in English, and asks for no name that its view does not give."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.db import transaction
from django.template import engines
from django.test import Client

from tenfold.foundation.access.roles import roles
from tenfold.foundation.declare import PUBLIC, house
from tenfold.foundation.holdings.words import RETURN_FIELDS

from . import digits, pages
from .doors import Door, doors, find_samples
from .faces import faces
from .world import World, made

pytestmark = pytest.mark.slow

MOST = 5
"""So many objects a reader is shown of each route."""


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[World]:
    """The county of the walk, made once."""
    with django_db_blocker.unblock(), made(tmp_path_factory.mktemp("var")) as found:
        yield found


@pytest.fixture(scope="module")
def read(world: World) -> list[tuple[str, str, str]]:
    """(role, address, page) of every page that somebody of each role is given, of five objects a route."""
    all_doors = [door for door in doors() if "GET" in (door.methods or ("GET",))]
    find_samples(world, doors_with_samples := doors())
    samples = {door.pattern: door.samples for door in doors_with_samples}
    found: list[tuple[str, str, str]] = []
    seen: set[str] = set()
    with pages.telling_unknown():
        for door in (d for d in all_doors if d.right is PUBLIC):
            found += looked("nobody", Client(), door, samples[door.pattern])
        for role, client in readers_of(world).items():
            for door in all_doors:
                here = list(looked(role, client, door, samples[door.pattern]))
                found += here
                if here and door.pattern not in seen:  # of whoever comes to a page first
                    seen.add(door.pattern)
                    found += asked(role, client, here)
    return found


def asked(name: str, client: Client, here: list[tuple[str, str, str]]) -> Iterator[tuple[str, str, str]]:
    """What the searches and filters of the fullest page of a route lead to, and its links to itself."""
    _name, url, page = max(here, key=lambda one: len(one[2]))
    for face in faces(url, page):
        with transaction.atomic():
            answer = client.get(face)
            transaction.set_rollback(True)
        assert answer.status_code < 500, f"{name}: {face}: {answer.status_code}"
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            yield name, face, answer.content.decode()


def readers_of(world: World) -> dict[str, Client]:
    """One who holds it for every role of the house."""
    found: dict[str, Client] = {}
    for walker in world.walkers:
        if walker.context is not None:
            found.setdefault(walker.name.partition("@")[0], walker.client)
    return found


def looked(name: str, client: Client, door: Door, samples: Any) -> Iterator[tuple[str, str, str]]:
    """The pages behind a door, with and without the headings that htmx sends."""
    if door.name == "account_logout":
        return
    seen = 0
    for sample in samples:
        if seen == MOST:
            return
        for query in ("", *(q for q in ("?part=popover", "?part=drawer") if door.name.endswith("source"))):
            with transaction.atomic():
                answer = client.get(sample.url + query)
                transaction.set_rollback(True)
            if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
                yield name, sample.url + query, answer.content.decode()
                seen += not query


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
    assert {name for name, _url, _page in read} == {"nobody", *roles()} - {"probe"}


def test_searches_and_filters_were_tried(read):
    tried = {url for _name, url, _page in read if "?" in url}
    for sign in ("/schools/?", "q=", "stage=", "indicator=", "period=", "state="):
        assert any(sign in url for url in tried), sign
    assert len(tried) > 40


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


def test_no_digit_stands_outside_a_figure(read, world):
    known, (elements, routes) = names_of(world) | titles(), digits.exceptions()
    found: dict[str, set[str]] = {}
    needed: set[str] = set()
    for _name, url, page in read:
        left, used = digits.loose(page, elements, known)
        if left and (excepted := [r for r in routes if url.startswith(r)]):
            left, used = [], used | set(excepted)
        needed |= used
        for where, text in left:
            found.setdefault(f"{where}: {text[:80]}", set()).add(url)
    told(found)
    assert not {*elements, *routes} - needed, "take them out of digits.toml: no page needs them"


def titles() -> set[str]:
    """Names that the house declares: of indicators, of what they are counted from, of what a return asks."""
    columns = {str(column.title) for fact in house().facts.values() for column in fact.columns}
    return columns | {str(i.title) for i in house().indicators.values()} | {str(f.title) for f in RETURN_FIELDS}


def test_forms_and_links_lead_to_other_faces():
    html = (
        '<form action="/a/?place=1"><input type="hidden" name="k" value="v"><input name="q">'
        '<select name="s"><option value="" selected>全部</option><option value="x">甲</option></select></form>'
        '<form method="post" action="/a/"><input name="no"></form><form action="/b/"><input name="no"></form>'
        '<a href="?s=y#top">乙</a><a href="/a/?s=x&amp;k=v&amp;place=1">甲</a><a href="/c/?s=z">丙</a>'
    )
    found = list(faces("/a/", f"<main>{html}</main>", most=9))
    assert [parse_qs(url.partition("?")[2]).get("s") for url in found[2:]] == [["x"], ["y"], ["x"]]
    assert [parse_qs(url.partition("?")[2])["q"] for url in found[:2]] == [["小学"], ["没有12"]]
    assert all(url.startswith("/a/?") and "no=" not in url for url in found)


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


@pytest.mark.parametrize(
    "html",
    [
        "<p>共12条</p>",
        "<p>共<b>12</b>条</p>",
        '<table><tr><td class="tf-num">１２</td></tr></table>',
        "<p><time>10月16日</time>，共12条</p>",
        "<p>五年达360学时教师12人</p>",
    ],
)
def test_a_bare_digit_is_seen(html):
    assert digits.loose(f"<header>2023</header><main>{html}</main>", known={"五年达360学时教师"})[0]
    assert digits.loose(html)[0], "of a fragment too"


@pytest.mark.parametrize(
    "html",
    [
        '<p>共<span class="tf-n tf-f-count"><span class="tf-f-n">12</span></span>条</p>',
        '<td><a class="tf-f tf-f-table" href="/x"><span class="tf-f-n">12</span></a></td>',
        '<p><time datetime="2023-10-16">10月16日</time>，教督<code class="tf-code">〔2017〕6号</code></p>',
        '<label>共12条</label><input value="12"><select><option>12</option></select><button>写入12行</button>',
        '<p title="12" aria-label="共12条">五年达360学时教师</p>',
        '<svg class="tf-plot"><text>12</text></svg>',
    ],
)
def test_what_holds_a_digit_is_let_be(html):
    page = f"<header>2023</header><main>{html}<br></main><footer>2023</footer>"
    assert digits.loose(page, {".tf-plot": "chart"}, {"五年达360学时教师"})[0] == []


def test_an_exception_that_is_not_needed_is_told():
    assert digits.loose('<main><svg class="tf-plot">12</svg></main>', {".tf-plot": "", ".tf-cells": ""})[1] == {
        ".tf-plot"
    }
