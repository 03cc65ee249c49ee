"""会议视图: what was done since a day, what is to come in the next half-year, what became of what meetings decided.

What was done without a day of its own (an indicator that is reached) is held against the period frozen last before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tenfold.foundation.calendar import Period, today
from tenfold.foundation.organisations.models import Organisation

from .. import telling
from ..models import FrozenLight, FrozenPeriod, Meeting, Programme, Task
from .lights import Lit, lights
from .standing import programme

AHEAD = timedelta(days=183)
"""The next half-year."""
NAMED = 6


@dataclass(frozen=True)
class Entry:
    """A task with the units that stand alike in it. ``assignment``: that of the first, whose page it opens."""

    assignment: int
    number: str
    title: str
    units: tuple[str, ...]
    count: int
    state: str
    due: date | None
    why: str = ""


@dataclass(frozen=True)
class Decided:
    """A meeting and what became of what it decided."""

    meeting: Meeting
    rows: tuple[Entry, ...]


@dataclass(frozen=True)
class Conference:
    """``done`` and ``coming`` by heading (an action, a month); counts are of units' tasks, as everywhere."""

    since: date
    until: date
    done: tuple[tuple[str, tuple[Entry, ...]], ...]
    coming: tuple[tuple[str, tuple[Entry, ...]], ...]
    decided: tuple[Decided, ...]
    done_count: int
    coming_count: int
    decisions: Mapping[str, int]
    frozen: FrozenPeriod | None


def conference(row: Programme, place: Organisation, since: date) -> Conference:
    """The conference of a place since a day."""
    until = today() + AHEAD
    found = [each for each in lights(row) if each.path.startswith(place.path)]
    frozen, then = _done_then(row, since)
    done = [each for each in found if each.state == "done" and _since(each, since, then)]
    coming = [each for each in found if each.state != "done" and each.due and today() < each.due <= until]
    decided = _decided(row, found, since)
    states = Counter(entry.state for each in decided for entry in each.rows)
    return Conference(
        since, until, _by_action(row, done), _by_month(coming), decided, len(done), len(coming), states, frozen
    )


def _done_then(row: Programme, since: date) -> tuple[FrozenPeriod | None, frozenset[int]]:
    """What was done in the period frozen last before a day."""
    held = FrozenPeriod.objects.filter(programme=row, frozen_on__lte=since).order_by("-frozen_on", "-pk").first()
    if held is None:
        return None, frozenset()
    rows = FrozenLight.objects.filter(frozen=held, light="done")
    return held, frozenset(rows.values_list("assignment", flat=True))


def _since(each: Lit, since: date, then: frozenset[int]) -> bool:
    return each.answer.on >= since if each.answer.on else each.assignment not in then


def entries(found: Iterable[Lit], *, why: bool = False) -> tuple[Entry, ...]:
    """Units that stand alike in a task stand together, by their day."""
    groups: dict[tuple[object, ...], list[Lit]] = {}
    for each in sorted(found, key=lambda each: (each.due or date.max, each.number, each.path)):
        told = telling.reason(each) if why else ""
        groups.setdefault((each.number, each.due, each.state, told), []).append(each)
    return tuple(
        Entry(
            group[0].assignment, group[0].number, group[0].title, tuple(each.name for each in group[:NAMED]),
            len(group), group[0].state, group[0].due, str(key[3]),
        )
        for key, group in groups.items()
    )  # fmt: skip


def _by_action(row: Programme, done: list[Lit]) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    told = []
    for action in programme(row).actions:
        rows = entries(each for each in done if each.action == action.number)
        if rows:
            told.append((action.title, rows))
    return tuple(told)


def _by_month(coming: list[Lit]) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    months: dict[str, list[Lit]] = {}
    for each in sorted(coming, key=lambda each: each.due or date.max):
        months.setdefault(Period.of(each.due, "month").title if each.due else "", []).append(each)
    return tuple((month, entries(rows)) for month, rows in months.items())


def _decided(row: Programme, found: list[Lit], since: date) -> tuple[Decided, ...]:
    """Meetings since a day, the newest first, with what was decided of which whoever asks may know."""
    held = Task.objects.filter(programme=row, meeting__on__gte=since).select_related("meeting")
    tasks = {task.pk: task.meeting for task in held.order_by("-meeting__on", "-meeting__pk")}
    told = []
    for meeting in dict.fromkeys(tasks.values()):
        rows = entries((each for each in found if tasks.get(each.task) == meeting), why=True)
        if rows and meeting is not None:
            told.append(Decided(meeting, rows))
    return tuple(told)
