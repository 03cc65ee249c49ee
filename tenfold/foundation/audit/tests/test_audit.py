"""The audit only grows, and tells where it was touched."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from tenfold.foundation.acts import permitted
from tenfold.foundation.audit import queries, services, wording
from tenfold.foundation.audit.digests import root_of
from tenfold.foundation.audit.models import Entry, Seal

pytestmark = [pytest.mark.django_db, pytest.mark.store]

digests = st.lists(st.binary(min_size=32, max_size=32).map(bytes.hex), min_size=1, max_size=40)


def entries(count: int) -> None:
    with permitted("service"):
        for number in range(count):
            services.record("test.act", subject=f"thing:{number}", before=None, after={"name": "松涧小学"})


def seal() -> Seal | None:
    return services.seal()


def tamper(sql: str) -> None:
    """As somebody would who owns the database: triggers off, then back."""
    with permitted("schema"), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER audit_entry_no_update")
            cursor.execute("DROP TRIGGER audit_entry_no_delete")
        else:
            cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        cursor.execute(sql)


def test_whole_when_untouched_and_sealing_twice_adds_nothing():
    entries(5)
    made = seal()
    assert made is not None
    assert made.count == 5
    assert seal() is None
    entries(2)
    verdict = queries.verify()
    assert (verdict.entries, verdict.seals, verdict.unsealed, verdict.broken) == (7, 1, 2, "")


@pytest.mark.parametrize(
    "verb", ["UPDATE audit_entry SET subject = 'x'", "DELETE FROM audit_entry", "DELETE FROM audit_seal"]
)
def test_the_database_refuses_to_change_it(verb):
    entries(1)
    seal()
    with permitted("schema"), pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(verb)


def test_a_look_is_an_entry_without_a_service():
    services.looked("person:1", "checking a phone number")
    assert Entry.objects.get().why == "checking a phone number"


def test_a_changed_entry_is_named():
    entries(4)
    seal()
    second = Entry.objects.order_by("pk")[1].pk
    tamper(f"UPDATE audit_entry SET subject = 'other' WHERE id = {second}")
    assert queries.verify().broken == f"entry {second}"


def test_a_removed_entry_breaks_its_seal():
    entries(4)
    made = seal()
    tamper(f"DELETE FROM audit_entry WHERE id = {made.first + 1}")
    assert queries.verify().broken.startswith(f"seal {made.pk}")


def test_a_chain_cut_at_its_end_is_seen_from_outside(settings, tmp_path):
    kept = tmp_path / "roots"
    settings.TENFOLD = {**settings.TENFOLD, "AUDIT_ROOTS": str(kept)}
    entries(2)
    seal()
    assert queries.verify().broken == ""
    with kept.open("a") as file:
        file.write(f"2026-01-01T00:00:00 99 {'ab' * 32}\n")
    assert "outside" in queries.verify().broken


def test_before_and_after_are_not_readable_in_the_table():
    entries(1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT details FROM audit_entry")
        assert "松涧" not in cursor.fetchone()[0]
    assert queries.told(Entry.objects.get())["after"] == {"name": "松涧小学"}


@given(digests, st.data())
def test_a_root_changes_with_any_leaf(leaves, data):
    at = data.draw(st.integers(0, len(leaves) - 1))
    other = [*leaves]
    other[at] = ("00" if leaves[at][:2] != "00" else "11") + leaves[at][2:]
    assert root_of(leaves) != root_of(other)
    assert root_of(leaves) != root_of([*leaves, leaves[-1]])


def test_what_the_installation_notes_has_words():
    assert all(wording.act(name) for name in ("backup.made", "backup.restored", "keys.rotate", "keys.retire"))
    assert wording.subject("key:abc") != ("", "key:abc")
    assert wording.subject("boundaries")[0]
    assert wording.actor("system:backup") == wording.actor("system:command line")
