"""Rotating the data keys: every value under the new one, nothing unreadable on the way."""

import stat

import pytest
from typer.testing import CliRunner

from tenfold.foundation.acts import permitted
from tenfold.foundation.audit.models import Entry
from tenfold.foundation.fields import resealing
from tenfold.foundation.fields.keys import key_id
from tenfold.foundation.fields.resealing import uses
from tenfold.foundation.people.models import Person
from tenfold.foundation.scope import as_system
from tenfold.site import keys

pytestmark = [pytest.mark.django_db, pytest.mark.store]
OLD = "old-key-of-the-test"


@pytest.fixture(autouse=True)
def installation(settings, tmp_path):
    settings.TENFOLD = {**settings.TENFOLD, "DATA_KEYS": [OLD], "VAR": tmp_path}
    (tmp_path / "data.keys").write_text(f"{OLD}\n")
    return tmp_path / "data.keys"


@pytest.fixture
def people():
    with as_system("test"), permitted("service"):
        return Person.objects.bulk_create(Person(number=f"T{n}", name="某", phone=f"1380000{n:04}") for n in range(7))


def phones():
    with as_system("test"):
        return list(Person.objects.order_by("number").values_list("phone", flat=True))


def test_every_value_is_sealed_anew(people, installation, monkeypatch):
    monkeypatch.setattr(resealing, "CHUNK", 3)
    before = phones()
    assert keys.rotate() == 7
    newest, oldest = installation.read_text().split()
    assert oldest == OLD
    assert uses()[key_id(newest)] == 7
    assert uses()[key_id(OLD)] == 0
    assert phones() == before
    assert stat.S_IMODE(installation.stat().st_mode) == 0o600
    assert Entry.objects.filter(action="keys.rotate", count=7).count() == 1


def test_it_goes_on_where_it_was_broken_off(people, monkeypatch):
    monkeypatch.setattr(resealing, "CHUNK", 3)
    calls = []

    def failing(*arguments):
        calls.append(arguments)
        if len(calls) == 5:
            raise KeyboardInterrupt
        return genuine(*arguments)

    genuine = resealing._replace
    monkeypatch.setattr(resealing, "_replace", failing)
    with pytest.raises(KeyboardInterrupt):
        keys.rotate()
    assert len(phones()) == 7
    monkeypatch.setattr(resealing, "_replace", genuine)
    assert keys.resume() == 4
    assert uses()[key_id(OLD)] == 0


def test_what_was_written_meanwhile_is_kept(people, monkeypatch):
    genuine = resealing._replace

    def late(model, field, pk, old, new):
        if pk == people[0].pk:
            Person.objects.filter(pk=pk).update(phone="written meanwhile")
        return genuine(model, field, pk, old, new)

    monkeypatch.setattr(resealing, "_replace", late)
    assert keys.rotate() == 6
    assert phones()[0] == "written meanwhile"


def test_only_keys_that_sealed_nothing_are_retired(people, installation):
    keys.rotate()
    middle = installation.read_text().split()[0]
    assert keys.retire() == []
    keys.rotate()
    assert keys.retire() == [key_id(middle)]
    assert len(installation.read_text().split()) == 2
    assert installation.read_text().split()[-1] == OLD


def test_the_audit_keeps_the_keys_it_was_written_under(people, installation):
    from tenfold.foundation.audit import queries, services

    keys.rotate()
    middle = installation.read_text().split()[0]
    with as_system("test"), permitted("service"):
        services.record("test.act", after={"post": "教师"})
    keys.rotate()
    assert uses()[key_id(middle)] == 1
    assert keys.retire() == []
    assert queries.verify().broken == ""


def test_the_command_line_lists_and_rotates(people):
    runner = CliRunner()
    assert f"{key_id(OLD)}  7" in runner.invoke(keys.app, ["list"]).output
    assert "7 values sealed anew" in runner.invoke(keys.app, ["rotate"]).output
    assert "0 values sealed anew" in runner.invoke(keys.app, ["rotate", "--resume"]).output
    assert "every key is still needed" in runner.invoke(keys.app, ["retire"]).output
