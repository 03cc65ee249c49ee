"""Keeping the fact store and the values in step with the records."""

from __future__ import annotations

import time
from collections.abc import Iterable

from tenfold.foundation.acts import note, service
from tenfold.foundation.acts.models import DirtyFact
from tenfold.foundation.scope import as_system

from .engine.keeping import Report, bring_up
from .engine.store import store

JOB = "indicators.sync"


def ask_for_sync() -> None:
    """Have the sync run soon; called when a transaction that touched facts has committed."""
    from tenfold.foundation.jobs import enqueue

    enqueue(JOB, key=JOB)


def sync(periods: Iterable[str] | None = None) -> Report:
    """Rewrite stale partitions and count their periods anew; limited to ``periods`` where they are named.

    One at a time across processes. What becomes dirty meanwhile stays marked. Killed between two
    steps, it has changed nothing that a reader sees, or leaves marks whose work is done once more.
    """
    begun, report = time.monotonic(), Report()
    wanted = None if periods is None else set(periods)
    place = store()
    with as_system("indicators.sync"), place.lock():
        marks = _marks(wanted)
        contents = place.contents()
        bring_up(place, contents, {(fact, period) for _id, fact, period in marks}, wanted, report)
        _forget([mark for mark, _fact, _period in marks])
    report.seconds = round(time.monotonic() - begun, 3)
    return report


def _marks(wanted: set[str] | None) -> list[tuple[int, str, str]]:
    """The dirty marks that stand now. Only these are taken away at the end: others may commit meanwhile."""
    found = DirtyFact.objects.order_by("pk")
    if wanted is not None:
        found = found.filter(period__in=wanted)
    return list(found.values_list("pk", "fact", "period"))


@service(right=None)
def _forget_marks(marks: list[int]) -> None:
    for start in range(0, len(marks), 500):
        DirtyFact.objects.filter(pk__in=marks[start : start + 500]).delete()
    note(subject="facts", count=len(marks))


def _forget(marks: list[int]) -> None:
    if marks:
        _forget_marks(marks)
