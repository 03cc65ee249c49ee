"""Work is done once, by whoever holds it, and outlives its worker."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import OperationalError, transaction
from django.utils.timezone import now
from django.utils.translation import get_language, override

from tenfold.foundation.acts import permitted
from tenfold.foundation.acts.models import DirtyFact
from tenfold.foundation.declare import JobKind, house
from tenfold.foundation.jobs import Cancelled, LostLease, Run, ask_cancel, enqueue, running, worker
from tenfold.foundation.jobs.models import Job, State
from tenfold.foundation.jobs.worker import Worker, carry_out, claim, keep_schedules, sweep
from tenfold.foundation.scope import current

pytestmark = [pytest.mark.django_db, pytest.mark.store]
HERE = __name__
seen: list[object] = []
spoken: list[str | None] = []


def work(run, **arguments):
    seen.append((current().name, arguments))
    spoken.append(get_language())
    with permitted("jobs"), transaction.atomic():
        DirtyFact.objects.create(fact="worked", period=str(arguments.get("number", 0)))
        run.finish("done")


def fail(run):
    seen.append("failed")
    raise ValueError("not today")


def long(run):
    run.check()


def stopped(run):
    ask_cancel(run.job)
    run.check()


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    seen.clear()
    spoken.clear()
    import sys

    monkeypatch.setitem(sys.modules, "jobs_under_test", sys.modules[HERE])
    for name in ("work", "fail", "stopped", "long"):
        monkeypatch.setitem(house().jobs, f"test.{name}", JobKind(f"test.{name}", f"jobs_under_test:{name}", name))


def work_off():
    return Worker().run(threading.Event(), once=True)


def test_it_is_done_once_under_its_own_name():
    job = enqueue("test.work", number=3)
    assert work_off() == 1
    assert work_off() == 0
    job.refresh_from_db()
    assert (job.state, job.told) == (State.DONE, "done")
    assert seen == [("system:job:test.work", {"number": 3})]


def test_an_unknown_name_is_refused_when_asked():
    with pytest.raises(KeyError):
        enqueue("test.unheard")


def test_what_is_rolled_back_was_never_asked():
    with pytest.raises(ValueError, match="x"), transaction.atomic():
        enqueue("test.work")
        raise ValueError("x")
    assert not Job.objects.exists()


def test_one_waiting_job_a_key():
    first = enqueue("test.work", key="k")
    assert enqueue("test.work", key="k").pk == first.pk
    work_off()
    assert enqueue("test.work", key="k").pk != first.pk


def test_a_dead_workers_job_is_taken_over_and_the_dead_one_cannot_end_it():
    enqueue("test.work", number=1)
    dead = claim()
    assert claim() is None, "a running lease is not taken"
    with permitted("jobs"):
        Job.objects.update(lease_until=now() - timedelta(seconds=1))
    taken = claim()
    assert taken is not None
    assert taken.attempt == dead.attempt + 1
    with pytest.raises(LostLease), permitted("jobs"), transaction.atomic():
        DirtyFact.objects.create(fact="ghost", period="1")
        Run(dead).finish()
    assert not DirtyFact.objects.filter(fact="ghost").exists()
    Run(taken).finish()
    assert Job.objects.get().state == State.DONE


def test_a_failure_is_tried_again_later_and_then_given_up():
    job = enqueue("test.fail")
    for failures in (1, 2, 3):
        with permitted("jobs"):
            Job.objects.filter(state=State.WAITING).update(run_after=now())
        assert work_off() == 1
        job.refresh_from_db()
        assert job.failures == failures
        assert job.state == (State.FAILED if failures == 3 else State.WAITING)
    assert "not today" in job.fault


def test_who_lost_the_post_has_no_more_work_done_for_her():
    job = enqueue("test.work")
    with permitted("jobs"):
        Job.objects.filter(pk=job.pk).update(person=999999, post=999999)
    work_off()
    job.refresh_from_db()
    assert job.state == State.FAILED
    assert seen == []


def test_asked_to_stop_it_stops():
    waiting = enqueue("test.work")
    ask_cancel(waiting)
    running = enqueue("test.stopped")
    work_off()
    waiting.refresh_from_db()
    running.refresh_from_db()
    assert waiting.state == running.state == State.CANCELLED
    with pytest.raises(Cancelled):
        raise Cancelled


def test_what_repeats_is_asked_for_once_and_again_when_due(monkeypatch):
    for name in list(house().jobs):
        monkeypatch.delitem(house().jobs, name)
    monkeypatch.setitem(house().jobs, "test.work", JobKind("test.work", "jobs_under_test:work", "work", every=60))
    keep_schedules()
    keep_schedules()
    assert Job.objects.count() == 1
    work_off()
    keep_schedules()
    assert Job.objects.count() == 1
    with permitted("jobs"):
        Job.objects.update(created_at=now() - timedelta(seconds=61))
    keep_schedules()
    assert Job.objects.filter(state=State.WAITING).count() == 1


def test_who_asks_again_sooner_is_not_kept_waiting():
    first = enqueue("test.work", key="k", after=now() + timedelta(hours=1))
    assert claim() is None
    assert enqueue("test.work", key="k").pk == first.pk
    assert claim().pk == first.pk


def test_a_failed_job_leaves_the_work_to_the_one_that_waits_under_its_key():
    first = enqueue("test.fail", key="k")
    held = claim()
    second = enqueue("test.fail", key="k")
    carry_out(held)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (State.CANCELLED, State.WAITING)
    assert first.ended_at is not None


def test_an_end_that_was_rolled_back_is_no_end():
    job = enqueue("test.work")
    run = Run(claim())
    with pytest.raises(ValueError, match="x"), transaction.atomic():
        run.finish()
        raise ValueError("x")
    job.refresh_from_db()
    assert job.state == State.RUNNING
    run.finish("now")
    run.finish("again")
    job.refresh_from_db()
    assert (job.state, job.told) == (State.DONE, "now")


def test_a_worker_that_was_thought_dead_adds_no_part():
    enqueue("test.work")
    dead = Run(claim())
    dead.hold()
    with permitted("jobs"):
        Job.objects.update(lease_until=now() - timedelta(seconds=1))
    taken = Run(claim())
    taken.hold()
    with pytest.raises(LostLease):
        dead.hold()


def test_what_was_to_stop_when_its_worker_died_is_not_begun_again():
    job = enqueue("test.work")
    ask_cancel(claim())
    with permitted("jobs"):
        Job.objects.update(lease_until=now() - timedelta(seconds=1))
    assert work_off() == 0
    job.refresh_from_db()
    assert job.state == State.CANCELLED
    assert seen == []


def test_a_worker_told_to_end_lets_go_what_takes_too_long(monkeypatch):
    job = enqueue("test.long")
    stop = threading.Event()
    stop.set()
    carry_out(claim(), stop)
    job.refresh_from_db()
    assert job.state == State.DONE, "within the grace it may end"
    monkeypatch.setattr(running, "GRACE", 0.0)
    job = enqueue("test.long")
    carry_out(claim(), stop)
    job.refresh_from_db()
    assert (job.state, job.failures, job.lease_until) == (State.WAITING, 0, None)
    assert work_off() == 1, "another takes it up at once"


def test_the_worker_outlives_a_database_that_does_not_answer(monkeypatch):
    job = enqueue("test.work")
    stop = threading.Event()
    turns = iter([OperationalError("database is locked"), None])

    def claim_at_last():
        fault = next(turns, None)
        if fault:
            raise fault
        stop.set()
        return claim()

    monkeypatch.setattr(worker, "PATIENCE", 0.01)
    monkeypatch.setattr(worker, "claim", claim_at_last)
    monkeypatch.setattr(worker.connection, "close", lambda: None)  # the test holds its transaction
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    monkeypatch.setattr(worker, "keep_schedules", lambda: None)
    assert Worker(pause=0.01).run(stop) == 1
    job.refresh_from_db()
    assert job.state == State.DONE


def test_it_tells_in_the_language_in_which_it_was_asked():
    with override("en"):
        enqueue("test.work")
    enqueue("test.work")
    work_off()
    assert spoken == ["en", "zh-hans"]


def test_what_ended_long_ago_is_taken_away():
    enqueue("test.work")
    work_off()
    old = Job.objects.get()
    enqueue("test.work")
    sweep()
    assert Job.objects.count() == 2
    with permitted("jobs"):
        Job.objects.filter(pk=old.pk).update(ended_at=now() - timedelta(days=8))
    sweep()
    assert not Job.objects.filter(pk=old.pk).exists()
    assert Job.objects.count() == 1
