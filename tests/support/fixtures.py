"""The fixtures of all tests, beside the code and in tests/. Loaded by the conftest.py of the root."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tenfold.foundation.declare import Right
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.people.models import Person
from tenfold.foundation.scope import AccessContext, acting, as_system

from . import cast, database

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: Any,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """The test database: migrations are a named context that may write."""
    with django_db_blocker.unblock(), database.made(verbosity=request.config.option.verbose):
        yield


@pytest.fixture
def small_county(db: None) -> cast.SmallCounty:
    """The fixed cast: see ``tests.support.cast``."""
    return cast.small_county()


@pytest.fixture
def post(db: None) -> Callable[..., Person]:
    """``post(role, at)`` makes a person who holds a role at a place, with a sign-in."""
    return cast.post


@pytest.fixture
def client_as(db: None) -> Callable[..., Client]:
    """``client_as(person)`` or ``client_as("county_officer", at=county)``: signed in; ``post=`` chooses one."""

    def make(who: Person | str, at: Organisation | None = None, post: int | None = None) -> Client:
        if isinstance(who, str):
            assert at is not None, "a role is held somewhere: client_as(role, at=organisation)"
            who = cast.post(who, at)
        return cast_client(who, post)

    return make


def cast_client(person: Person, post: int | None = None) -> Client:
    """A client that has signed in as a person."""
    from tenfold.foundation.acts import permitted

    client = Client()
    with permitted("sign-in"):
        client.force_login(cast.account_of(person))
        if post is not None:
            session = client.session
            session["post"] = post
            session.save()
    return client


@pytest.fixture
def context_of(db: None) -> Callable[..., AccessContext]:
    """``context_of(person)``: the access context of her first post, or of the one named."""
    from tenfold.foundation.access.queries import context_of_post

    def find(person: Person, post: int | None = None) -> AccessContext:
        found = context_of_post(person.pk, post)
        assert found is not None, f"{person} holds no running post with a role"
        return found

    return find


@pytest.fixture
def as_person(context_of: Callable[..., AccessContext]) -> Callable[..., AbstractContextManager[Any]]:
    """``with as_person(person):`` acts in her access context."""
    return lambda person, post=None: acting(context_of(person, post))


@pytest.fixture
def system() -> Iterator[AccessContext]:
    """The test acts as the system: it reaches everywhere."""
    with as_system("tests") as context:
        yield context


@pytest.fixture
def role_of_one() -> Iterator[Callable[..., str]]:
    """``role_of_one(right, …)`` makes a role that holds these rights and no other; returns its code."""
    from tenfold.foundation.access.roles import Role, roles

    made: list[str] = []
    numbers = itertools.count(1)

    def make(*rights: Right | str) -> str:
        code = f"role_of_one_{next(numbers)}"
        roles()[code] = Role(code, code, code, (), frozenset(str(right) for right in rights))
        made.append(code)
        return code

    yield make
    for code in made:
        del roles()[code]


@pytest.fixture
def count_queries(db: None) -> Callable[..., AbstractContextManager[Any]]:
    """``with count_queries(at_most=15) as seen:`` fails where more are sent, and shows them."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    @contextmanager
    def count(at_most: int | None = None) -> Iterator[Any]:
        with CaptureQueriesContext(connection) as seen:
            yield seen
        if at_most is not None and len(seen) > at_most:
            sent = "\n".join(query["sql"][:200] for query in seen.captured_queries)
            pytest.fail(f"{len(seen)} queries, at most {at_most} are allowed:\n{sent}")

    return count


@pytest.fixture
def installation(tmp_path: Path, django_db_setup: None) -> Any:
    """A migrated installation of its own, for tests that start processes: ``installation.told("house")``."""
    from .installation import Installation

    return Installation(tmp_path)


def real_data_folder() -> Path:
    """Where the real data lie: ``TENFOLD_REAL_DATA``, else ``shared/data`` beside the clone."""
    return Path(os.environ.get("TENFOLD_REAL_DATA") or ROOT.parent / "shared" / "data")


NO_REAL_DATA = "the real data are not here"


@pytest.fixture
def real_data() -> Callable[[str], Path]:
    """``real_data("schools/x.csv")``: a file of the real data; skips, and is told at the end, where it is missing."""

    def find(name: str) -> Path:
        path = real_data_folder() / name
        if not path.exists():
            pytest.skip(f"{NO_REAL_DATA}: {name}")
        return path

    return find


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Name in the last lines what did not run for want of the real data; ``make test`` gathers it over its passes."""
    missed = [r for r in terminalreporter.stats.get("skipped", ()) if NO_REAL_DATA in str(r.longrepr)]
    if not missed:
        return
    lines = [f"{report.nodeid}  ({str(report.longrepr[2]).rpartition(': ')[2]})" for report in missed]
    terminalreporter.section("not run: the real data are not here (TENFOLD_REAL_DATA)", sep="-")
    terminalreporter.write_line("\n".join(lines))
    if gathered := os.environ.get("TENFOLD_TEST_NOT_RUN"):
        with Path(gathered).open("a", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
