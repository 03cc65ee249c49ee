"""A worker killed in mid-import: nothing half-written, nothing lost, the same end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import now

from tenfold.foundation.acts import permitted
from tenfold.foundation.exchange import services
from tenfold.foundation.exchange.models import Batch, StagedRow, State
from tenfold.foundation.holdings import imports as handler
from tenfold.foundation.holdings.models import GradeYear, SchoolYear
from tenfold.foundation.jobs.models import Job
from tenfold.foundation.scope import as_system

from .making import GOOD, checked, received, table, work

pytestmark = pytest.mark.django_db(transaction=True)


class Killed(BaseException):
    """As SIGKILL: nothing catches it."""


@pytest.fixture
def officer(small_county: Any, as_person: Any) -> Any:
    with as_person(small_county.county_officer_a):
        yield small_county


def killed_at(monkeypatch: Any, place: Any, name: str, after: int = 0) -> None:
    """Let the ``after``-th call pass and kill the next one."""
    real = getattr(place, name)
    calls = iter(range(1000))

    def dies(*arguments: Any, **words: Any) -> Any:
        if next(calls) == after:
            raise Killed
        return real(*arguments, **words)

    monkeypatch.setattr(place, name, dies)


def die_and_take_over(monkeypatch: Any) -> None:
    """The worker dies, its lease runs out, another takes the job over."""
    with pytest.raises(Killed):
        work()
    monkeypatch.undo()
    with permitted("jobs"):
        Job.objects.filter(state="running").update(lease_until=now() - timedelta(seconds=1))
    work()


def latest() -> Batch:
    with as_system("tests"):
        return Batch.objects.select_related("organisation").latest("pk")


@pytest.mark.parametrize("after", [0, 1])
def test_killed_while_staging(officer: Any, monkeypatch: Any, after: int) -> None:
    from tenfold.foundation.exchange.services import staging

    batch = received(table(*[[f"99{n:08}", f"学校{n}", 1, 1, 1, 1, 1] for n in range(1200)]))
    services.start(batch, "exchange.check")
    killed_at(monkeypatch, staging, "insert_known", after)
    die_and_take_over(monkeypatch)
    assert latest().state == State.CHECKED
    assert StagedRow.objects.filter(batch=batch).count() == 1200
    assert not SchoolYear.objects.exists()


@pytest.mark.parametrize("name", ["record_school_returns", "merged"])
def test_killed_while_writing(officer: Any, monkeypatch: Any, name: str) -> None:
    batch = checked(table())
    services.start(batch, "exchange.write")
    killed_at(monkeypatch, handler, name)
    with pytest.raises(Killed):
        work()
    assert not SchoolYear.objects.exists(), "nothing half-written"
    assert latest().state == State.WRITING
    monkeypatch.undo()
    with permitted("jobs"):
        Job.objects.filter(state="running").update(lease_until=now() - timedelta(seconds=1))
    work()
    assert latest().state == State.WRITTEN
    assert (SchoolYear.objects.count(), GradeYear.objects.count()) == (2, 2)


def test_killed_after_the_commit(officer: Any, monkeypatch: Any) -> None:
    from tenfold.foundation.exchange import jobs

    batch = checked(table())
    services.start(batch, "exchange.write")
    real = services.write

    def writes_and_dies(*arguments: Any, **words: Any) -> None:
        words["finish"] = lambda: None
        real(*arguments, **words)
        raise Killed

    monkeypatch.setattr(jobs.services, "write", writes_and_dies)
    die_and_take_over(monkeypatch)
    assert latest().state == State.WRITTEN
    assert set(SchoolYear.objects.values_list("version", flat=True)) == {1}


def test_others_wrote_between_check_and_write(officer: Any) -> None:
    batch = checked(table())
    services.write(checked(table(["9900000001", "东岭小学", 99, 6, 15, 3, 52.5])))
    services.start(batch, "exchange.write")
    work()
    held = latest_of(batch)
    assert held.state == State.CHECKED, "checked anew, not written"
    assert held.counts["changed"] == 1
    assert SchoolYear.objects.count() == 1


def latest_of(batch: Batch) -> Batch:
    return Batch.objects.get(pk=batch.pk)


def test_an_import_is_asked_for_once(officer: Any) -> None:
    batch = received(table(GOOD[0]))
    services.start(batch, "exchange.check")
    services.start(batch, "exchange.check")
    assert Job.objects.count() == 1


def test_a_worker_that_was_thought_dead_stages_nothing_more(officer: Any, monkeypatch: Any) -> None:
    from tenfold.foundation.exchange.services import staging

    batch = received(table(*[[f"99{n:08}", f"学校{n}", 1, 1, 1, 1, 1] for n in range(1200)]))
    services.start(batch, "exchange.check")
    real = staging.insert_known

    def taken_over(model: Any, rows: Any) -> None:
        real(model, rows)
        with permitted("jobs"):
            Job.objects.update(attempt=9)

    monkeypatch.setattr(staging, "insert_known", taken_over)
    work()
    assert StagedRow.objects.filter(batch=batch).count() == staging.CHUNK, "the part in hand, and no other"
    assert latest().state == State.CHECKING


def test_an_import_whose_work_broke_off_is_told_and_owed(small_county: Any, client_as: Any, context_of: Any) -> None:
    from tenfold.foundation.scope import acting

    client = client_as(small_county.county_officer_a)
    with acting(context_of(small_county.county_officer_a)):
        batch = checked(table())
        services.start(batch, "exchange.write")
    assert "已中断" not in client.get("/imports/").content.decode()
    with permitted("jobs"):
        Job.objects.update(state="failed")
    assert "已中断" in client.get("/imports/").content.decode()
    assert "重新检查" in client.get("/").content.decode()
    client.post(f"/imports/{batch.pk}/check/")
    with as_system("tests"):
        work()
    assert latest().state == State.CHECKED
