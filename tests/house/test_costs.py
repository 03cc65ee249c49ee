"""No page costs more than fifteen queries, whoever asks and however much there is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from tenfold.foundation.declare import PUBLIC, SIGNED_IN
from tenfold.foundation.organisations.models import Organisation

from .doors import Door, doors, find_samples
from .walk import chosen
from .world import Walker, World, made

pytestmark = pytest.mark.slow

MOST = 15
READERS = ("section_officer@city", "county_officer@county_a", "principal@primary_a", "auditadmin@city")


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[World]:
    """The county of the walk, made once."""
    with django_db_blocker.unblock(), made(tmp_path_factory.mktemp("var")) as found:
        yield found


@pytest.fixture(scope="module")
def pages(world: World) -> list[Door]:
    """Every route that is read."""
    found = doors()
    find_samples(world, found)
    world.probe.client.get("/actions/")  # lights are computed once for all pages, and kept while nothing is written
    return [door for door in found if "GET" in (door.methods or ("GET",))]


def queries(walker: Walker, url: str) -> list[str]:
    """The statements that a page sends, the session's and savepoints apart."""
    with transaction.atomic():
        with CaptureQueriesContext(connection) as seen:
            walker.client.get(url)
        transaction.set_rollback(True)
    sent = [query["sql"] for query in seen.captured_queries]
    return [sql for sql in sent if "SAVEPOINT" not in sql.upper() and "django_session" not in sql]


def dear(walker: Walker, some: list[Door]) -> Iterator[str]:
    """The pages that cost more than they may, with what they ask most often."""
    for door in some:
        if door.right not in (PUBLIC, SIGNED_IN) and not walker.may(door.right):
            continue
        for sample in chosen(walker, door)[:2]:
            sent = queries(walker, sample.url)
            if len(sent) > MOST:
                often = max(sent, key=lambda sql: sum(other[:90] == sql[:90] for other in sent))
                yield f"{walker.name} {sample.url}: {len(sent)}, among them often {often[:160]}"


@pytest.mark.parametrize("name", READERS)
def test_no_page_costs_more_than_fifteen_queries(world: World, pages: list[Door], name: str) -> None:
    found = list(dear(world.walker(name), pages))
    assert found == [], "\n".join(found)


def test_a_page_that_asks_once_a_row_is_seen(world: World, pages: list[Door], monkeypatch: Any) -> None:
    def asking(request: Any) -> HttpResponse:
        for _time in range(MOST):
            Organisation.objects.count()
        return HttpResponse("")

    (home,) = [door for door in pages if door.name == "home"]
    monkeypatch.setattr(home.entry, "callback", asking)
    asking.tenfold_right = SIGNED_IN  # type: ignore[attr-defined]
    found = list(dear(world.walker(READERS[1]), [home]))
    assert len(found) == 1
    assert "organisations_organisation" in found[0]
