"""The permission walk: every route as every role of roles.toml in both counties, as nobody, and as one who has left.

Nothing is listed here. Who may is derived from the right that a route names and from roles.toml; what is out of
scope from the tree; what an address may hold from converters, declarations and models (``doors.py``). A new
route is walked as soon as it is registered.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tenfold.foundation.access.roles import roles
from tenfold.foundation.declare import PUBLIC, SIGNED_IN

from .doors import Door, doors, find_samples
from .walk import ask, chosen, expected, faces, leaks, tried
from .world import HELD_AT, World, made

pytestmark = pytest.mark.store


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[World]:
    """The county of the walk, made once."""
    with django_db_blocker.unblock(), made(tmp_path_factory.mktemp("var")) as found:
        yield found


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


def test_every_role_walks_wherever_it_may_be_held(world: World) -> None:
    """Every role of roles.toml has a place in the cast."""
    held = {walker.context.role for walker in world.walkers if walker.context}
    assert held == set(roles()) - {"probe"}
    for role in roles().values():
        if role.code != "probe":
            assert any(level in HELD_AT for level in role.levels), role.code


def test_every_door_answers_everybody_as_right_and_scope_say(world: World, all_doors: list[Door]) -> None:
    """GET and POST, in scope and out of it, right and wrong method."""
    told(
        fault
        for walker in world.walkers
        for door in all_doors
        for sample in chosen(walker, door)
        for method in ("GET", "POST")
        for fault in tried(world, walker, door, method, sample)
    )
