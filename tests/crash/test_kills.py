"""Ten kills of two workers in the midst of imports; and what looks for damage finds damage."""

from __future__ import annotations

import threading
import time

import pytest

from tenfold.engines.notices.tests.fakes import SECRET, Fake, served, text_messages
from tenfold.foundation.acts import permitted
from tenfold.foundation.exchange.models import Batch, StagedRow, State
from tenfold.foundation.files import contents
from tenfold.foundation.jobs.models import Job
from tenfold.foundation.jobs.worker import Worker
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.scope import as_system
from tests.support.installation import Installation

from . import importing
from .killing import Victims, Work, survive


@pytest.mark.slow
def test_two_workers_killed_in_mid_import(tmp_path, django_db_setup):
    house = Installation(tmp_path, TENFOLD_LEASE_SECONDS="2", TENFOLD_LOG="INFO")
    told = survive(Work(house, "tests.crash.importing"), Victims(house, ["worker"], count=2), bring=2)
    print(told)
    assert told["hits"] == 10
    assert told["written"] >= 4


@pytest.mark.slow
def test_a_worker_killed_while_it_sends(tmp_path, django_db_setup):
    """Nothing is lost, each message has its key, and of each worker at most the one in its hand goes twice."""
    with served(Fake(hold=lambda: time.sleep(0.02))) as gateway:
        file = tmp_path / "channels.toml"
        file.write_text(text_messages(gateway.address, 10), "utf-8")
        house = Installation(
            tmp_path, TENFOLD_LEASE_SECONDS="1", TENFOLD_LOG="INFO", TENFOLD_CHANNELS=str(file), NOTICE_SECRET=SECRET
        )
        work = Work(house, "tests.crash.noticing")
        told = survive(
            work, Victims(house, ["worker"], sign=r" notices\.send \S+ begins"), kills=4, longest=0.9, bring=1
        )
        reached = work.call("phones")
    print(told, len(gateway.sent))
    keys = [body["serial"] for body in gateway.bodies]
    assert set(reached) == {who for who, _text in gateway.sent}
    assert len(set(keys)) == len(reached) == told["queued"]
    assert len(keys) - len(set(keys)) <= told["rounds"]
    assert max(keys.count(key) for key in keys) <= 2


@pytest.fixture
def written(db, monkeypatch, settings, tmp_path):
    """One table, carried undisturbed to its end."""
    monkeypatch.setattr(importing, "ROWS", 12)
    settings.TENFOLD = {**settings.TENFOLD, "VAR": tmp_path, "ON_TOUCHED": ""}
    importing.prepare()
    importing.step(1)
    for _turn in range(4):
        Worker().run(threading.Event(), once=True)
        importing.step(0)
    assert importing.settled() == []
    with as_system("tests"), permitted("schema"):
        yield Batch.objects.filter(state=State.WRITTEN)


def test_a_row_that_is_missing_is_seen(written):
    Organisation.plain.filter(code=importing.codes(0)[3]).update(code="elsewhere")
    assert [fault for fault in importing.settled() if "11 of 12 rows stand" in fault]


def test_rows_of_an_import_that_is_not_written_are_seen(written):
    written.filter(kind="school-return").update(state=State.WRITING)
    assert [fault for fault in importing.settled() if "12 of 12 rows stand, and the import is writing" in fault]


def test_a_second_writing_is_seen(written):
    year = importing.SchoolYear.objects.first()
    importing.SchoolYear.objects.filter(pk=year.pk).update(version=2)
    assert [fault for fault in importing.settled() if "written twice" in fault]


def test_a_staged_row_that_is_lost_is_seen(written):
    StagedRow.objects.filter(batch=written[0], number=5).delete()
    assert [fault for fault in importing.settled() if "11 of 12 rows are staged" in fault]


def test_a_file_that_was_cut_off_is_seen(written):
    (contents.folder() / ("0" * 64)).write_bytes(b"half")
    assert [fault for fault in importing.settled() if "is cut off" in fault]


def test_a_job_that_was_given_up_is_seen(written):
    Job.objects.update(state="failed", fault="the worker died too often")
    assert [fault for fault in importing.settled() if "died too often" in fault]
