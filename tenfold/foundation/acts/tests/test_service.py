"""A write happens in a service: with the right, whole or not at all, with its entry and its dirty facts."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from tenfold.foundation.acts import Refused, WriteRefused, note, permitted, service, touch
from tenfold.foundation.acts.models import DirtyFact
from tenfold.foundation.audit.models import Entry
from tenfold.foundation.declare import Right
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.organisations.services import Draft, ensure_root, open_organisation
from tenfold.foundation.scope import AccessContext, NoAccessContext, acting, as_system

pytestmark = [pytest.mark.django_db, pytest.mark.store]
DO = Right("test.do", "")


@service(right=DO, touches=("holdings.staffing",))
def do(name: str, fail: bool = False) -> None:
    DirtyFact.objects.create(fact=name, period="x")
    note(subject="thing:1", before={"a": 1}, after={"a": 2}, why="because")
    touch("2023-24")
    if fail:
        raise ValueError(name)


def holder(*rights):
    return AccessContext("tester", person=7, post=8, rights=frozenset(rights))


def test_a_service_writes_with_its_entry_and_its_marks():
    with acting(holder("test.do")):
        do("fine")
    entry = Entry.objects.latest("pk")
    assert (entry.actor, entry.person, entry.post, entry.subject, entry.why) == ("tester", 7, 8, "thing:1", "because")
    assert '"after":{"a":2}' in entry.details
    assert DirtyFact.objects.filter(fact="holdings.staffing", period="2023-24").count() == 1


def test_what_fails_leaves_nothing():
    before = Entry.objects.count()
    with acting(holder("test.do")), pytest.raises(ValueError, match="broken"):
        do("broken", fail=True)
    assert Entry.objects.count() == before
    assert not DirtyFact.objects.filter(fact="broken").exists()


def test_without_the_right_it_is_refused_and_without_a_context_too():
    with acting(holder("test.other")), pytest.raises(Refused):
        do("refused")
    with pytest.raises(NoAccessContext):
        do("nobody")
    assert not DirtyFact.objects.exists()


@pytest.mark.parametrize(
    "write",
    [
        lambda: DirtyFact.objects.create(fact="x", period="y"),
        lambda: DirtyFact.objects.filter(fact="x").update(period="z"),
        lambda: DirtyFact.objects.all().delete(),
        lambda: connection.cursor().execute("UPDATE acts_dirtyfact SET period = 'q'"),
        lambda: connection.cursor().execute("  /* c */ INSERT INTO acts_dirtyfact (fact) VALUES ('a')"),
        lambda: connection.cursor().execute("WITH t AS (SELECT 1) DELETE FROM acts_dirtyfact"),
    ],
)
def test_outside_a_service_the_connection_refuses_to_write(write):
    with as_system("test"), pytest.raises(WriteRefused):
        write()


def test_only_named_contexts_may_write():
    with pytest.raises(ValueError, match="anything"), permitted("anything"):
        pass


def test_reading_is_always_free():
    assert DirtyFact.objects.count() == 0


def test_an_event_of_the_tree_is_kept_and_the_path_follows():
    day = date(2000, 9, 1)
    with as_system("test"):
        city = ensure_root("429900", "样例市")
        a = open_organisation(Draft("429901", "甲县", "county", city, day))
        assert Organisation.objects.get(code="429901").path == a.path == city.path + f"{a.pk:07}"
