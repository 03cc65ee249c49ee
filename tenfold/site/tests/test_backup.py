"""The drill: backup, destruction, restore. And: what is damaged, foreign or out of place changes nothing."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import Any

import pytest
import typer
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from tenfold.foundation.acts import permitted
from tenfold.foundation.audit import queries as audit
from tenfold.foundation.audit import services as sealing
from tenfold.foundation.fields.streams import Sealer
from tenfold.foundation.files import contents
from tenfold.foundation.files import services as files
from tenfold.foundation.people.models import Person
from tenfold.foundation.scope import as_system
from tenfold.site.backup import archive, commands, restoring, tables
from tenfold.site.backup.archive import BadBackup, Key, Writer, unpack
from tests.support.cast import PASSWORD, small_county
from tests.support.database import wipe
from tests.support.installation import TENFOLD

PHRASE = "a passphrase of the drill"
PHOTO = b"\xff\xd8\xff a photograph of a school" * 9000


@pytest.fixture
def installation(settings: Any, tmp_path: Path) -> Path:
    """A folder of its own, with a place outside for the heads of the audit."""
    var = tmp_path / "var"
    settings.TENFOLD = {**settings.TENFOLD, "VAR": var, "AUDIT_ROOTS": str(tmp_path / "roots.txt"), "DATA_KEYS": []}
    new_house(var, "the-first-key")
    return var


def new_house(var: Path, key: str) -> None:
    """An installation as it is after its first start."""
    from django.conf import settings

    var.mkdir()
    for name in ("data.keys", "secret.key"):
        (var / name).write_text(f"{key}-{'x' * 40}\n")
        (var / name).chmod(0o600)
    settings.TENFOLD["DATA_KEYS"][:] = [(var / "data.keys").read_text().strip()]


def all_rows() -> dict[str, list[Any]]:
    """Every row of every table, as the database holds it."""
    return {
        model._meta.db_table: [
            json.loads(line) for _n, piece in tables.dump(model, connection) for line in piece.splitlines()
        ]
        for model in tables.models()
    }


def run(command: Any, *arguments: Any, phrase: str = PHRASE) -> Any:
    app = typer.Typer()
    app.command()(command)
    return CliRunner().invoke(app, [*map(str, arguments)], env={commands.PASSPHRASE: phrase})


def a_year_of_work() -> Any:
    cast = small_county()
    with as_system("tests"), permitted("service"):
        Person.objects.filter(pk=cast.head_a.pk).update(phone="13800001234")
        file = files.keep(io.BytesIO(PHOTO), name="校舍.jpg", place=cast.primary_a)
    sealing.seal()
    return file


@pytest.mark.store
@pytest.mark.django_db(transaction=True)
def test_backup_destruction_restore(installation: Path, tmp_path: Path) -> None:
    file = a_year_of_work()
    made = run(commands.backup, tmp_path / "b.tenfold")
    assert made.exit_code == 0, made.output
    raw = (tmp_path / "b.tenfold").read_bytes()
    assert "沈青松".encode() not in raw
    assert run(commands.backup, tmp_path / "b.tenfold").exit_code == 1, "never over another file"
    before = all_rows()
    roots = (tmp_path / "roots.txt").read_text()

    wipe(connection)
    shutil.rmtree(installation)
    (tmp_path / "roots.txt").unlink()
    new_house(installation, "quite-another-key")
    empty = all_rows()

    (tmp_path / "flipped").write_bytes(raw[:-9000] + bytes([raw[-9000] ^ 1]) + raw[-8999:])
    (tmp_path / "cut").write_bytes(raw[: len(raw) // 2])
    with tarfile.open(tmp_path / "foreign.tar", "w") as tar:
        tar.add(installation / "data.keys", "header.json")
    damaged = ("flipped", "cut", "none", "foreign.tar", "var")
    for name, phrase in (("b.tenfold", "the passphrase of another house"), *((name, PHRASE) for name in damaged)):
        refused = run(commands.restore, tmp_path / name, phrase=phrase)
        assert refused.exit_code == 1
        assert refused.stderr.count("\n") == 1
        assert "nothing was changed" in refused.stderr
        assert all_rows() == empty
        assert sorted(p.name for p in installation.iterdir() if p.name != "serving.lock") == ["data.keys", "secret.key"]

    back = run(commands.restore, tmp_path / "b.tenfold")
    assert back.exit_code == 0, back.output
    after = all_rows()
    entries, told = before.pop("audit_entry"), after.pop("audit_entry")
    assert [row[6] for row in (entries[-1], told[-1])] == ["backup.made", "backup.restored"]
    assert told[:-1] == entries[:-1]
    after.pop("jobs_job"), before.pop("jobs_job")
    assert after == before
    assert contents.whole(file.digest)
    verdict = audit.verify()
    assert (verdict.broken, verdict.seals) == ("", 1)
    assert (tmp_path / "roots.txt").read_text() == roots
    with as_system("tests"), permitted("service"):
        assert Person.objects.get(number="T-head_a").phone == "13800001234"
        assert Person.objects.create(number="new", name="新来").pk > max(row[0] for row in after["people_person"])
    client = Client()
    assert client.post("/accounts/login/", {"login": "t-head_a", "password": PASSWORD}).status_code == 302
    assert client.get("/").status_code == 200

    again = run(commands.restore, tmp_path / "b.tenfold")
    assert (again.exit_code, "not empty" in again.stderr) == (1, True)
    with restoring.closed_house():
        pass
    assert run(commands.restore, tmp_path / "b.tenfold", "--replace").exit_code == 0


@pytest.mark.store
@pytest.mark.django_db(transaction=True)
def test_a_restore_that_fails_half_way_changes_nothing(
    installation: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = a_year_of_work()
    assert run(commands.backup, tmp_path / "b.tenfold").exit_code == 0
    before, keys = all_rows(), (installation / "data.keys").read_text()

    def failing(*_arguments: Any, **_more: Any) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(restoring, "enqueue", failing)
    failed = run(commands.restore, tmp_path / "b.tenfold", "--replace")
    assert (failed.exit_code, failed.stderr) == (1, "the disk is full; nothing was changed\n")
    assert all_rows() == before
    assert (installation / "data.keys").read_text() == keys
    assert contents.whole(file.digest)
    with restoring.closed_house():
        monkeypatch.undo()
        assert "close it first" in run(commands.restore, tmp_path / "b.tenfold", "--replace").stderr


@pytest.mark.store
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="from one store to the other and back")
def test_a_house_moves_to_the_other_store_and_back(installation: Path, tmp_path: Path) -> None:
    file = a_year_of_work()
    assert run(commands.backup, tmp_path / "there").exit_code == 0
    before = all_rows()
    other = tmp_path / "other"
    other.mkdir()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TENFOLD_", "DJANGO_"))}
    environment = {**kept, "TENFOLD_VAR": str(other), "DATABASE_URL": "", commands.PASSPHRASE: PHRASE}
    for words in (("restore", tmp_path / "there"), ("backup", tmp_path / "back")):
        done = subprocess.run([TENFOLD, *words], env=environment, check=False, capture_output=True, cwd=other)
        assert done.returncode == 0, done.stderr
    assert (other / "tenfold.sqlite3").exists()
    assert run(commands.restore, tmp_path / "back", "--replace").exit_code == 0
    after = all_rows()
    for rows in (before, after):
        del rows["jobs_job"], rows["audit_entry"]
    assert after == before
    assert contents.whole(file.digest)
    assert audit.verify().broken == ""


LATER = {"access": "0002_one_time_codes", "organisations": "0002_boundary"}
"""Migrations that the older version does not have, nor what came to stand on them: columns of accounts, tables."""


def made_older(source: Path, target: Path, folder: Path, *, app: str = "") -> Path:
    """The same backup as an older version made it; ``app`` has the first migration taken away as well."""
    key = Key.of_phrase(PHRASE)
    backup = unpack(source, key, folder, len)
    header, rows = backup.header, dict(backup.manifest["rows"])
    header["version"] = "0.0"
    graph = MigrationLoader(None).graph
    gone = {one for later in LATER.items() for one in graph.backwards_plan(later)}
    gone |= {tuple(one) for one in header["migrations"] if one[0] == app}
    header["migrations"] = [one for one in header["migrations"] if tuple(one) not in gone]
    new = tuple(f"{name}_" for name in {one[0] for one in gone} - {one[0] for one in header["migrations"]} - {app})
    names = header["columns"]["access_account"]
    kept = [at for at, name in enumerate(names) if not name.startswith("code")]
    header["columns"]["access_account"] = [names[at] for at in kept]
    without = [name for name in header["columns"] if name.startswith(("organisations_boundary", *new))]
    for name in without:
        del header["columns"][name], rows[name]
    writer = Writer(target, key)
    writer.add("header.json", json.dumps(header).encode())
    for name in backup.names(""):
        if name == "header.json" or name.startswith(tuple(f"database/{table}/" for table in without)):
            continue
        data = (folder / name).read_bytes()
        if name.startswith("database/access_account/"):
            told = ([json.loads(line)[at] for at in kept] for line in data.splitlines())
            data = "".join(json.dumps(row) + "\n" for row in told).encode()
        writer.add(name, data)
    writer.finish({"rows": rows, "missing": []})
    return target


@pytest.mark.store
@pytest.mark.django_db(transaction=True)
def test_a_backup_of_an_older_version_is_carried_over(installation: Path, tmp_path: Path) -> None:
    file = a_year_of_work()
    assert run(commands.backup, tmp_path / "b").exit_code == 0
    before = all_rows()
    older = made_older(tmp_path / "b", tmp_path / "older", tmp_path / "one")
    never = made_older(tmp_path / "b", tmp_path / "never", tmp_path / "two", app="people")
    refused = run(commands.restore, never, "--replace")
    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
    assert "older version (0.0)" in refused.stderr
    assert all_rows() == before
    back = run(commands.restore, older, "--replace")
    assert back.exit_code == 0, back.output
    after = all_rows()
    for rows in (before, after):
        for name in ("jobs_job", "audit_entry", "auth_permission", "django_content_type"):  # Django's own are made anew
            del rows[name]
    assert after == before
    assert audit.verify().broken == ""
    assert contents.whole(file.digest)
    assert Client().post("/accounts/login/", {"login": "t-head_a", "password": PASSWORD}).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("header", "line"),
    [
        ({"product": "other"}, "no backup of Tenfold"),
        ({"product": "tenfold", "format": 2}, "of format 2"),
        ({"product": "tenfold", "format": 1, "version": "9", "migrations": [["new", "0001"]]}, "newer version"),
        ({"product": "tenfold", "format": 1, "version": "0.1", "migrations": []}, "older version .0.1, .*with that v"),
    ],
)
def test_a_foreign_backup_is_refused(header: dict[str, Any], line: str) -> None:
    with pytest.raises(BadBackup, match=line):
        restoring.fits(header)


def small(path: Path, *members: tuple[str, bytes], key: Key) -> Path:
    writer = Writer(path, key)
    for name, data in members:
        writer.add(name, data)
    writer.finish({"rows": {}, "missing": []})
    return path


@pytest.fixture
def key() -> Key:
    return Key("k" * 40, phrase=False)


@given(data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_flipped_or_missing_byte_anywhere_is_refused(tmp_path: Path, key: Key, data: Any) -> None:
    path = tmp_path / "a"
    if not path.exists():
        small(path, ("header.json", b"{}"), ("files/" + "0" * 64, b"x" * 90_000), key=key)
    raw = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(raw) - 1))
    if data.draw(st.booleans()):
        raw[place] ^= data.draw(st.integers(1, 255))
    else:
        del raw[place:]
    (tmp_path / "broken").write_bytes(raw)
    with pytest.raises(BadBackup):
        unpack(tmp_path / "broken", key, tmp_path / f"to-{place}", lambda header: None)
    shutil.rmtree(tmp_path / f"to-{place}", ignore_errors=True)


def test_names_that_lead_elsewhere_are_not_taken(tmp_path: Path, key: Key) -> None:
    for name in ("../escaped", "/etc/escaped", "files/../../escaped", "database/x/000001.jsonl/y"):
        with pytest.raises(BadBackup):
            unpack(small(tmp_path / f"a{len(name)}", ("header.json", b"{}"), (name, b"x"), key=key), key, tmp_path, len)
        shutil.rmtree(tmp_path, ignore_errors=True)
        tmp_path.mkdir()
    target = io.BytesIO()
    sealer = Sealer(target, key.text, key.name())
    with tarfile.open(fileobj=archive._Counted(sealer), mode="w|") as tar:
        link = tarfile.TarInfo("header.json")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    sealer.finish(archive.BOUND)
    (tmp_path / "linked").write_bytes(target.getvalue())
    with pytest.raises(BadBackup):
        unpack(tmp_path / "linked", key, tmp_path, len)


def test_the_two_kinds_of_key_are_told_apart(tmp_path: Path, key: Key) -> None:
    path = small(tmp_path / "a", ("header.json", b"{}"), key=key)
    with pytest.raises(BadBackup, match="with a key file"):
        unpack(path, Key.of_phrase("k" * 40), tmp_path / "to", len)
    (tmp_path / "short").write_text("too short")
    with pytest.raises(BadBackup, match="32 characters"):
        Key.of_file(tmp_path / "short")
    with pytest.raises(BadBackup, match="12 characters"):
        Key.of_phrase("short")
