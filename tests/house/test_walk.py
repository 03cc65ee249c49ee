"""The permission walk: every route as every role of roles.toml in both counties, as nobody, and as one who has left.

Nothing is listed here. Who may is derived from the right that a route names and from roles.toml; what is out of
scope from the tree; what an address may hold from converters, declarations and models (``doors.py``). A new
route is walked as soon as it is registered.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import override_settings

from tenfold.foundation.access.roles import roles
from tenfold.foundation.declare import PUBLIC, SIGNED_IN

from .doors import Door, Unwalkable, doors, find_samples
from .planted import FAULTY
from .walk import asked, chosen, methods, tried
from .world import HELD_AT, World, made

pytestmark = [pytest.mark.store, pytest.mark.slow]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[World]:
    """The county of the walk, made once."""
    with django_db_blocker.unblock(), made(tmp_path_factory.mktemp("var")) as found:
        logging.disable(logging.WARNING)  # thousands of refusals are no news
        yield found
        logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def all_doors(world: World) -> list[Door]:
    """Every route with its addresses."""
    found = doors()
    find_samples(world, found)
    return found


def told(faults: Any) -> None:
    """Fail with all faults at once."""
    found = list(faults)
    assert not found, f"{len(found)} faults:\n" + "\n".join(found[:60])


def digest(world: World) -> str:
    """Of every row of every table, sessions apart, and of every file of the installation."""
    found = hashlib.sha256()
    tables = {m._meta.db_table for m in apps.get_models(include_auto_created=True)} - {"django_session"}
    with connection.cursor() as cursor:
        for table in sorted(tables):
            cursor.execute(f'SELECT * FROM "{table}"')
            found.update(repr((table, sorted(map(repr, cursor.fetchall())))).encode())
    for file in sorted(f for f in world.var.rglob("*") if f.is_file() and "cache" not in f.parts):
        found.update(f"{file.relative_to(world.var)} {file.stat().st_size}\n".encode())
    return found.hexdigest()


def walked(world: World, some: list[Door], names: tuple[str, ...]) -> Iterator[str]:
    """The faults of some doors for some of those who walk."""
    for walker in [world.walker(name) for name in names]:
        for door in some:
            samples = chosen(walker, door)
            for sample in samples:
                for method in methods(door, sample, samples[0]):
                    yield from tried(world, walker, door, method, sample)


def test_every_role_walks_wherever_it_may_be_held(world: World) -> None:
    """Every role of roles.toml has a place in the cast."""
    held = {walker.context.role for walker in world.walkers if walker.context}
    assert held == set(roles()) - {"probe"}
    assert all(set(role.levels) & set(HELD_AT) for role in roles().values() if role.code != "probe")


@pytest.mark.parametrize("level", ["nowhere", *HELD_AT])
def test_every_door_answers_everybody_as_right_and_scope_say(world: World, all_doors: list[Door], level: str) -> None:
    """GET and POST, in scope and out of it, right and wrong method; nothing of elsewhere is shown."""
    places = HELD_AT.get(level, ("",))
    names = tuple(walker.name for walker in world.walkers if walker.name.partition("@")[2] in places)
    assert names
    before = digest(world)
    told(walked(world, all_doors, names))
    assert digest(world) == before, "the walk has left something behind"


ASKING = ("county_officer@county_a", "school_officer@primary_b")


@pytest.mark.parametrize("name", ASKING)
def test_no_word_of_an_address_opens_what_lies_elsewhere(world: World, all_doors: list[Door], name: str) -> None:
    """Every word that a package reads from an address's query, with the codes and names of foreign places."""
    walker = world.walker(name)
    told(fault for door in all_doors for fault in asked(world, walker, door))


def test_both_sides_of_every_kind_of_row_are_walked(world: World, all_doors: list[Door]) -> None:
    """A door that names a row is tried with one in reach and one out of it, else it proves nothing.

    Doors that open to the city's own roles alone have one side: the house is one city's.
    """
    one_sided = []
    below = {right for role in roles().values() if set(role.levels) - {"city"} for right in role.rights}
    doors_below = [d for d in all_doors if d.right in (PUBLIC, SIGNED_IN) or d.right.code in below]
    for walker in [world.walker(f"county_officer@county_{side}") for side in "ab"]:
        for door in [d for d in doors_below if any(s.rows for s in d.samples)]:
            sides = {all(map(walker.reaches, s.rows)) for s in chosen(walker, door)}
            if sides != {True, False}:
                one_sided.append(f"{walker.name}: {door.pattern}")
    assert one_sided == []


# --- planted faults -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def planted_doors(world: World) -> dict[str, Door]:
    """The faulty routes with their addresses."""
    with override_settings(ROOT_URLCONF="tests.house.planted"):
        found = [door for door in doors() if door.pattern.startswith("planted/") and door.name != "p9"]
        find_samples(world, found)
    return {door.pattern: door for door in found}


@pytest.fixture
def planted(planted_doors: dict[str, Door], settings: Any) -> dict[str, Door]:
    """The faulty routes, served beside those of the site."""
    settings.ROOT_URLCONF = "tests.house.planted"
    return planted_doors


WATCHERS = ("county_officer@county_a", "party_secretary@primary_a", "nobody")


@pytest.mark.parametrize("pattern", FAULTY)
def test_a_planted_fault_is_caught(world: World, planted: dict[str, Door], pattern: str) -> None:
    door = planted[pattern]
    found = [*walked(world, [door], WATCHERS)]
    if pattern == "planted/ask/":
        door.query_words = ["place"]
        found += asked(world, world.walker(WATCHERS[0]), door)
    assert any(f"{WATCHERS[0]}: " in fault for fault in found), found


def test_who_may_only_look_is_caught_changing_something(world: World, planted: dict[str, Door]) -> None:
    found = [*walked(world, [planted["planted/imports/<int:pk>/seal/"]], ("party_secretary@primary_a",))]
    assert any("may only look" in fault for fault in found), found


def test_a_new_route_is_walked_without_touching_the_walk(world: World, planted: dict[str, Door]) -> None:
    door = planted["planted/imports/<int:pk>/"]
    walker = world.walker(WATCHERS[0])
    assert {all(map(walker.reaches, s.rows)) for s in chosen(walker, door)} == {True, False}
    told(walked(world, [door], WATCHERS))


def test_an_address_that_nobody_knows_says_where_to_add_it(world: World, settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.house.planted"
    with pytest.raises(Unwalkable, match=r"mystery.*OTHERS in tests/house/doors\.py"):
        find_samples(world, [door for door in doors() if door.name == "p9"])
