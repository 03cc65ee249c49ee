"""Lights: computed from records when they are asked for, kept nowhere but in this process while nothing has changed.

The one door: :func:`lights` yields what lies within the scope of whoever asks.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from django.db.models import Count, Max, Q
from django.utils.translation import get_language

from tenfold.foundation.audit import queries as audit
from tenfold.foundation.calendar import Period, today
from tenfold.foundation.declare import Answer, Asked, house
from tenfold.foundation.organisations.models import STEP, Kind, Organisation
from tenfold.foundation.scope import as_system, once, require
from tenfold.pure.steering.lights import LATE, Light, Reached, Rules, Term, light, progress, worst

from .. import evidence
from ..models import Assignment, FrozenLight, Part, Programme, Task
from ..rules import rules
from . import standing


@dataclass(frozen=True)
class Lit:
    """An organisation's part in a task with its light: what every page, paper and frozen period tells of it.

    ``path``, ``code``, ``name``: the organisation's. ``due``: its own day. ``extended``: it is later than the task's,
    which is ``planned``. ``waits_for``: numbers of the tasks that come first and are not done there.
    """

    assignment: int
    task: int
    number: str
    action: int | None
    title: str
    organisation: int
    path: str
    code: str
    name: str
    kind: str
    part: str
    begins: date
    due: date | None
    extended: bool
    light: Light
    answer: Answer
    criterion: str
    parameters: Mapping[str, object]
    person: int | None = None
    waits_for: tuple[str, ...] = ()
    planned: date | None = None

    @property
    def state(self) -> str:
        """late, attention, unknown, on_track, done."""
        return self.light.state

    @property
    def share(self) -> float | None:
        """The share of the way that is gone, 0 to 1."""
        found = progress(reached_of(self.answer))
        return None if found is None else float(found)


@dataclass(frozen=True)
class _Kept:
    """Lights of a day as computed for a state of the records; ``late`` are those that a rail counts."""

    newest: Hashable
    stamp: Hashable
    lights: tuple[Lit, ...]
    late: tuple[Lit, ...]


_kept: OrderedDict[tuple[str, str, date], _Kept] = OrderedDict()
"""Lights by programme, language (answers hold words) and day, the last ones asked for; each process has its own."""
MOST_KEPT = 6

_answers: OrderedDict[tuple[str, str, date, str], tuple[Hashable, list[Asked], dict[int, Answer]]] = OrderedDict()
"""What a criterion answered for a state of its own records: what another changes is not asked anew."""
MOST_ANSWERS = 40


def lights(programme: Programme, on: date | None = None) -> tuple[Lit, ...]:
    """The lights of a programme within the scope, today's or those of a past day; leading and responsible units alone.

    Of a past day: the plan as it stood then, the records of today that speak of days up to it.
    """
    context = require()
    with as_system("programme.lights"):
        found = _of_day(programme, on or today()).lights
    return found if context.everywhere else tuple(each for each in found if context.reaches(each.path))


def of_task(programme: Programme, task: Task) -> tuple[Lit, ...]:
    """The lights of one task within the scope."""
    return tuple(each for each in lights(programme) if each.task == task.pk)


def whole(found: Iterable[Lit]) -> str:
    """The light of a whole: late where any part is, done where all are."""
    return worst([each.state for each in found])


def late(programme: Programme, newest: Hashable = None) -> tuple[Lit, ...]:
    """What is late today within the scope; no query where ``newest``, the audit's last entry, is as it was before."""
    context = require()
    with as_system("programme.lights"):
        found = _of_day(programme, today(), newest).late
    return found if context.everywhere else tuple(each for each in found if context.reaches(each.path))


def _of_day(programme: Programme, on: date, newest: Hashable = None) -> _Kept:
    key = (programme.code, get_language() or "", on)
    kept = _kept.get(key)
    seen = (newest or once("audit.newest", audit.newest), programme.pk, programme.version, today(), rules())
    if kept is not None and seen[0] is not None and kept.newest == seen:
        return kept
    criteria = {code: each.stamp() for code, each in house().criteria.items()}
    stamp = (seen[1:], once(("programme.stamp", programme.pk), lambda: _stamp(programme)), tuple(criteria.values()))
    if kept is not None and kept.stamp == stamp:
        made = replace(kept, newest=seen)
    else:
        found = _computed(programme, on, criteria)
        made = _Kept(seen, stamp, found, tuple(each for each in found if each.state == LATE))
    _keep(_kept, key, made, MOST_KEPT)
    return made


K = TypeVar("K")
V = TypeVar("V")


def _keep(kept: OrderedDict[K, V], key: K, value: V, most: int) -> None:
    kept[key] = value
    kept.move_to_end(key)
    while len(kept) > most:
        kept.popitem(last=False)


def _stamp(programme: Programme) -> Hashable:
    """Changes whenever a light may through the plan, who owes it, or what was frozen."""
    found = Assignment.objects.filter(task__programme=programme).aggregate(
        last=Max("pk"),
        open=Count("pk", filter=Q(until=None)),
        extended=Count("due"),
        day=Max("due"),
        people=Count("person"),
    )
    frozen = FrozenLight.objects.aggregate(last=Max("pk"))["last"]
    return (*found.values(), frozen)


def _computed(programme: Programme, on: date, criteria: Mapping[str, Hashable]) -> tuple[Lit, ...]:
    entries = standing.changed_since(programme, on) if on < today() else {}
    rows = list(
        Assignment.objects.filter(Q(until=None) | Q(until__gt=on), task__programme=programme, since__lte=on)
        .exclude(part=Part.SUPPORTING)
        .filter(Q(task__ended_on=None) | Q(task__ended_on__gt=on))
        .select_related("task", "organisation")
    )
    made: dict[int, tuple[Assignment, date | None, str]] = {}
    asked: dict[str, list[Asked]] = {}
    parents = _parents(rows)
    for row in rows:
        task = row.task
        own = _day(entries, "assignment", str(row.pk), row.due)
        due = own or _day(entries, "task", task.number, task.due)
        code = str(task.criterion.get("code", "programme.material"))
        place = parents.get(row.organisation_id, row.organisation)
        asked.setdefault(code, []).append(
            Asked(row.pk, place.pk, place.path, place.code, place.kind, task.criterion, task.begins, due)
        )
        made[row.pk] = (row, due, code)
    answers: dict[int, Answer] = {}
    for code, questions in asked.items():
        if code in criteria:
            answers.update(_answered(programme, code, questions, on, criteria[code]))
    late_before, shares, quarter = _late_before(programme, on), rules().light, Period.of(on, "quarter").start
    found = []
    for pk, (row, due, code) in made.items():
        term = Term(row.task.begins, due, on, quarter, pk in late_before)
        found.append(_lit(row, term, code, answers.get(pk, Answer(None)), shares))
    return _waiting(found, {row.task_id: row.task for row, _due, _code in made.values()})


def _day(entries: Mapping[Any, Any], kind: str, key: str, now: date | None) -> date | None:
    """The day of an entry as it stood then; where it was not changed since, what it is now."""
    entry = entries.get((kind, key))
    if entry is None:
        return now
    return date.fromisoformat(entry["due"]) if entry["due"] else None


def _answered(programme: Programme, code: str, questions: list[Asked], on: date, stamp: Hashable) -> dict[int, Answer]:
    """What a criterion answers; as before where neither its records nor the questions have changed."""
    key = (programme.code, get_language() or "", on, code)
    kept = _answers.get(key)
    if kept is not None and kept[0] == stamp and kept[1] == questions:
        return kept[2]
    found = dict(evidence.answers(house().criteria[code], questions, on))
    _keep(_answers, key, (stamp, questions, found), MOST_ANSWERS)
    return found


def _parents(rows: list[Assignment]) -> dict[int, Organisation]:
    """An office answers for the place that it serves: the organisation above, by the office's id."""
    above = {
        row.organisation_id: int(row.organisation.path[-2 * STEP : -STEP])
        for row in rows
        if row.organisation.kind == Kind.OFFICE and len(row.organisation.path) > STEP
    }
    known = Organisation.objects.in_bulk(set(above.values())) if above else {}
    return {pk: known[parent] for pk, parent in above.items() if parent in known}


def _late_before(programme: Programme, on: date) -> set[int]:
    """Assignments that stood late in a period frozen in this quarter: repaired, they are yellow until it ends."""
    quarter = Period.of(on, "quarter")
    return set(
        FrozenLight.objects.filter(
            frozen__programme=programme, frozen__frozen_on__gte=quarter.start, frozen__frozen_on__lte=on, light=LATE
        ).values_list("assignment", flat=True)
    )


def reached_of(answer: Answer) -> Reached:
    """What the light is computed from."""
    return Reached(answer.reached, answer.value, answer.wanted, answer.start, answer.course, answer.on)


def _lit(row: Assignment, term: Term, code: str, answer: Answer, shares: Rules) -> Lit:
    task, organisation = row.task, row.organisation
    return Lit(
        row.pk, task.pk, task.number, task.action, task.name, organisation.pk, organisation.path, organisation.code,
        organisation.name, organisation.kind, row.part, task.begins, term.due, _extended(row),
        light(reached_of(answer), term, shares), answer, code, task.criterion, row.person, planned=task.due,
    )  # fmt: skip


def _extended(row: Assignment) -> bool:
    return bool(row.due and row.task.due and row.due > row.task.due)


def _waiting(found: list[Lit], tasks: Mapping[int, Task]) -> tuple[Lit, ...]:
    """A task that comes first and is not done: at the same organisation where it has a part there, else anywhere."""
    by_number: dict[str, list[Lit]] = {}
    for each in found:
        by_number.setdefault(each.number, []).append(each)
    told = []
    for each in found:
        after = [
            number
            for number in tasks[each.task].after
            if any(o.state != "done" for o in _same(by_number.get(number, []), each.organisation))
        ]
        told.append(replace(each, waits_for=tuple(after)) if after else each)
    return tuple(told)


def _same(others: list[Lit], organisation: int) -> list[Lit]:
    own = [each for each in others if each.organisation == organisation]
    return own or others
