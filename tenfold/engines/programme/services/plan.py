"""Applying a programme: what stands is altered to what is planned, as a whole or not at all."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tenfold.foundation.acts import note, service
from tenfold.foundation.calendar import Period, today
from tenfold.foundation.organisations.models import SCHOOLS, Organisation
from tenfold.foundation.people.queries import own_name
from tenfold.foundation.scope import require

from .. import words
from ..content import Difference, Entries, differences, entries_of, frame_data
from ..models import Assignment, Change, Load, Measure, Part, Programme, Target, Task
from ..models.tasks import Origin
from ..parties import Directory, Found, level_of
from ..planned import LEVELS
from ..queries import standing
from ..rights import KEEP_PROGRAMME
from ..rules import rules
from . import informing
from .checks import target_fault, task_fault
from .sharing import everyone_below, share_out

__all__ = ["PlanFault", "Preview", "alter", "apply", "preview", "share_out"]

PARTS = ((Part.LEAD, "lead"), (Part.RESPONSIBLE, "responsible"), (Part.SUPPORTING, "supporting"))


class PlanFault(ValueError):
    """A programme that cannot be applied, in words; ``key`` is the number of the entry it concerns."""

    def __init__(self, text: str, key: str = "") -> None:
        super().__init__(text)
        self.key = key


@dataclass(frozen=True)
class Preview:
    """What applying would do. ``unknown``: (task number, text) of units that no organisation is; ``owed``: assignments
    by part; ``over``: schools that would hold more running tasks than the cap, with the number.
    """

    differences: tuple[Difference, ...]
    unknown: tuple[tuple[str, str], ...]
    owed: Mapping[str, int]
    over: tuple[tuple[Organisation, int], ...]

    @property
    def changes(self) -> bool:
        """Whether anything would change."""
        return bool(self.differences)


def preview(found: words.Programme, place: Organisation) -> Preview:
    """What applying a programme at a place would change; nothing is written.

    Raises :class:`PlanFault` where a unit is named that lies below the lowest level of its measure.
    """
    row = Programme.objects.filter(code=found.code).first()
    return compared(found, row, standing.entries(row) if row else {}, Directory(place))


def compared(found: words.Programme, row: Programme | None, now: Entries, directory: Directory) -> Preview:
    """The same, where what stands and the directory of the place are at hand."""
    then, place = entries_of(found), directory.place
    parties = _parties(then, directory)
    for kind, number in then:
        changed = kind == "target" and now.get((kind, number)) != then[kind, number]
        if changed and (wrong := target_fault(number, then, None, place)):
            raise PlanFault(_("Target %(number)s: %(text)s") % {"number": number, "text": wrong}, number)
    owed = Counter(part for each in parties.values() for part in each.parts.values())
    return Preview(
        tuple(differences(now, then)),
        tuple((number, text) for number, each in parties.items() for text in each.unknown),
        owed,
        tuple(_over(row, then, parties)),
    )


@dataclass(frozen=True)
class _Owing:
    """Who owes a task: the part by organisation, and what was not understood."""

    parts: dict[int, str]
    organisations: dict[int, Organisation]
    unknown: tuple[str, ...]


def _parties(then: Entries, directory: Directory) -> dict[str, _Owing]:
    return {number: _owing(number, entry, then, directory) for (kind, number), entry in then.items() if kind == "task"}


def _owing(number: str, entry: Mapping[str, Any], then: Entries, directory: Directory) -> _Owing:
    parts: dict[int, str] = {}
    organisations: dict[int, Organisation] = {}
    unknown: list[str] = []
    measure = then.get(("measure", entry["measure"]))
    for part, key in PARTS:
        for each in directory.find_all(entry[key]):
            if not each.organisations:
                unknown.append(each.text)
            if measure:
                _restrain(number, each, measure["lowest"])
            for organisation in each.organisations:
                parts.setdefault(organisation.pk, part)
                organisations[organisation.pk] = organisation
    return _Owing(parts, organisations, tuple(unknown))


def owing_of(number: str, then: Entries, directory: Directory) -> Mapping[int, str]:
    """The part of each organisation that owes a task, by its id."""
    return _owing(number, then["task", number], then, directory).parts


def _restrain(number: str, found: Found, lowest: str) -> None:
    """The cascade stops at the lowest level that the measure names."""
    for organisation in found.organisations:
        if LEVELS.index(level_of(organisation)) > LEVELS.index(lowest):
            told = {"number": number, "unit": found.text, "level": dict(LEVEL_WORDS)[lowest]}
            raise PlanFault(
                _("Task %(number)s: “%(unit)s” lies below what its measure reaches (%(level)s).") % told, number
            )


LEVEL_WORDS = (
    ("city", _("City")),
    ("county", _("County")),
    ("township", _("Township education office")),
    ("school", _("School")),
)


def _over(row: Programme | None, then: Entries, parties: Mapping[str, _Owing]) -> Iterable[tuple[Organisation, int]]:
    """Schools that would hold more running tasks than the cap and have no leader's reason."""
    held: Counter[int] = Counter()
    known: dict[int, Organisation] = {}
    for owing in parties.values():
        for pk, organisation in owing.organisations.items():
            if organisation.kind in SCHOOLS and owing.parts[pk] != Part.SUPPORTING:
                held[pk] += 1
                known[pk] = organisation
    if row is not None and held:
        others = Assignment.objects.filter(task__programme=row, until=None, organisation__in=list(held)).exclude(
            task__origin=Origin.PROGRAMME
        )
        held.update(others.exclude(part=Part.SUPPORTING).values_list("organisation", flat=True))
    above = [(known[pk], n) for pk, n in held.items() if n > rules().cap]
    loads = Load.objects.filter(programme=row) if row and above else Load.objects.none()
    reasoned = set(loads.values_list("organisation", flat=True))
    return [(school, n) for school, n in above if school.pk not in reasoned]


@service(right=KEEP_PROGRAMME)
def apply(
    found: words.Programme,
    place: Organisation,
    *,
    source: str = "",
    keep_unknown: bool = False,
    reason: str = "",
    table: Any = None,
) -> Programme:
    """Make a programme stand at a place, or alter it to what is given: measures, targets, tasks and who owes them.

    The same once more changes nothing. What is no longer named is ended. ``keep_unknown``: units that are no
    organisation stay as words. ``reason``: a leader's, why schools may hold more than the cap.
    Raises :class:`PlanFault`.
    """
    seen = preview(found, place)
    _admit(seen, keep_unknown, reason)
    row = Programme.objects.filter(code=found.code).first()
    if row is not None and not seen.changes:
        note(subject=f"programme:{found.code}", place=place.path, count=0)
        return row
    row = _head(row, found, place, source, table)
    for organisation, _number in seen.over:
        Load.objects.create(
            programme=row, organisation=organisation, reason=reason.strip()[:300], who=require().person,
            who_name=own_name(), on=today(),
        )  # fmt: skip
    _write(row, seen.differences, entries_of(found), Directory(place), source)
    note(subject=f"programme:{found.code}", place=place.path, count=len(seen.differences), why=source)
    return row


@service(right=KEEP_PROGRAMME)
def alter(row: Programme, changed: Mapping[tuple[str, str], dict[str, Any] | None], *, source: str = "") -> Programme:
    """Alter single entries (measure, target, task) in the browser: fields as ``content`` has them, None ends one.

    Raises :class:`PlanFault` for a unit below what the measure reaches or one that is not found, and for a load above
    the cap; what a task waits for and its criterion are checked as in a file.
    """
    now = standing.entries(row)
    then: Entries = {key: entry for key, entry in {**now, **changed}.items() if entry is not None}
    directory = Directory(row.organisation)
    _check(changed, then, row)
    parties = _parties(then, directory)
    for kind, number in changed:
        unknown = parties[number].unknown if kind == "task" and number in parties else ()
        if unknown and unknown != _unknown_before(number, now, directory):
            raise PlanFault(_("No organisation was found for: %s") % "、".join(unknown), number)
    over = list(_over(row, then, parties))
    if over:
        _admit(Preview((), (), {}, tuple(over)), True, "")
    row.version += 1
    row.save()
    seen = differences(now, then)
    _write(row, seen, then, directory, source)
    note(subject=f"programme:{row.code}", place=row.organisation.path, count=len(seen), why=source)
    return row


def _unknown_before(number: str, now: Entries, directory: Directory) -> tuple[str, ...]:
    entry = now.get(("task", number))
    return _owing(number, entry, now, directory).unknown if entry else ()


def _check(changed: Iterable[tuple[str, str]], then: Entries, row: Programme) -> None:
    """The changed entries, as a file's are checked."""
    for kind, number in changed:
        if (kind, number) not in then:
            continue
        wrong = ""
        if kind == "task":
            wrong = task_fault(number, then, (row.begun, row.ends))
        elif kind == "target":
            wrong = target_fault(number, then, row, row.organisation)
        if wrong:
            raise PlanFault(wrong, number)


def _admit(seen: Preview, keep_unknown: bool, reason: str) -> None:
    if seen.unknown and not keep_unknown:
        told = "、".join(f"{number} {text}" for number, text in seen.unknown[:10])
        raise PlanFault(_("No organisation was found for: %s") % told, seen.unknown[0][0])
    if seen.over and not reason.strip():
        organisation, number = max(seen.over, key=lambda each: each[1])
        words_ = {"schools": len(seen.over), "name": organisation.name, "number": number, "cap": rules().cap}
        text = _(
            "%(schools)s schools would hold more than %(cap)s tasks (%(name)s: %(number)s). Give a leader's reason."
        )
        raise PlanFault(text % words_)


def _head(row: Programme | None, found: words.Programme, place: Organisation, source: str, table: Any) -> Programme:
    frame = frame_data(found)
    begun = found.begun or Period.parse(found.year).start
    ends = found.ends or Period.parse(found.year).end
    if row is None:
        row = Programme(
            code=found.code, organisation=place, in_force=not Programme.objects.filter(in_force=True).exists()
        )
        row.version = 0
    row.name, row.year, row.begun, row.ends, row.frame, row.source = (
        found.name,
        found.year,
        begun,
        ends,
        frame,
        source[:200],
    )
    row.digest = hashlib.sha256(json.dumps(frame, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    row.table = table if table is not None else row.table
    row.version += 1
    row.save()
    return row


def _write(row: Programme, seen: Iterable[Difference], then: Entries, directory: Directory, source: str) -> None:
    order = {key: n for n, key in enumerate(then)}
    changed = list(seen)
    measures = {m.number: m for m in Measure.objects.filter(programme=row)}
    for each in changed:
        if each.kind == "measure":
            measures[each.key] = _measure(row, measures.get(each.key), each, order.get((each.kind, each.key), 0))
    shared = False
    for each in changed:
        if each.kind == "target":
            shared |= _target(measures, each)
    tasks = {t.number: t for t in Task.objects.filter(programme=row)}
    owed = []
    for each in changed:
        if each.kind == "task":
            task = _task(row, tasks.get(each.key), measures, each, order.get((each.kind, each.key), 0))
            owed.append((task, _owing(each.key, each.after, then, directory) if each.after else None))
    informing.of_tasks(row, assign(owed))
    if shared:
        everyone = everyone_below(row.organisation)
        numbers = [each.key for each in changed if each.kind == "target" and each.after]
        targets = Target.objects.filter(measure__programme=row, ended_on=None, number__in=numbers)
        for target in targets.select_related("measure__programme__organisation"):
            share_out(target, everyone)
    log(row, changed, source)


def _measure(row: Programme, old: Measure | None, each: Difference, order: int) -> Measure:
    measure = old or Measure(programme=row, number=each.key)
    if each.after is None:
        measure.ended_on = today()
    else:
        for name in ("action", "thread", "name", "gloss", "lowest"):
            setattr(measure, name, each.after[name])
        measure.order, measure.ended_on = order, None
    measure.save()
    return measure


def _target(measures: Mapping[str, Measure], each: Difference) -> bool:
    rows = Target.objects.filter(number=each.key, measure__in=[m.pk for m in measures.values()])
    target = rows.first() or Target(number=each.key)
    if each.after is None:
        target.ended_on = today()
        target.save()
        return False
    target.measure = measures[each.after["measure"]]
    for name in ("indicator", "split", "at", "rule", "level", "hand"):
        setattr(target, name, each.after[name])
    target.value, target.by, target.ended_on = Decimal(each.after["value"]), date.fromisoformat(each.after["by"]), None
    target.save()
    return True


def _task(row: Programme, old: Task | None, measures: Mapping[str, Measure], each: Difference, order: int) -> Task:
    task = old or Task(programme=row, organisation=row.organisation, number=each.key)
    after = each.after
    if after is None:
        task.ended_on, task.ended_why = today(), _("No longer in the programme")
    else:
        task.measure = measures[after["measure"]]
        task.action = task.measure.action
        for name in ("name", "gloss", "leader", "due_text", "criterion", "after", "cells"):
            setattr(task, name, after[name])
        task.parties = {key: after[key] for _part, key in PARTS}
        task.own_begins = date.fromisoformat(after["begins"]) if after["begins"] else None
        task.begins = task.own_begins or row.begun
        task.due = date.fromisoformat(after["due"]) if after["due"] else None
        task.order, task.ended_on, task.ended_why = order, None, ""
    task.save()
    return task


def assign(owed: Iterable[tuple[Task, _Owing | None]]) -> list[Assignment]:
    """Bring the open assignments of tasks to what they should be: new ones, returned, begin today, others end today."""
    made: list[Assignment] = []
    for task, owing in owed:
        wanted = owing.parts if owing else {}
        standing_now = {a.organisation_id: a for a in Assignment.objects.filter(task=task, until=None)}
        for pk, row in standing_now.items():
            if pk not in wanted:
                row.until = today()
                row.save()
            elif row.part != wanted[pk]:
                row.part = wanted[pk]
                row.save()
        since = max(task.begins, task.programme.begun) if task.begins <= today() else today()
        made += [
            Assignment(task=task, organisation_id=pk, part=part, since=min(since, today()))
            for pk, part in wanted.items()
            if pk not in standing_now
        ]
    return list(Assignment.objects.bulk_create(made, batch_size=500))


def log(row: Programme, changed: Iterable[Difference], source: str) -> None:
    """Write what changed, entry by entry."""
    Change.objects.bulk_create(
        Change(
            programme=row, kind=each.kind, key=each.key, before=each.before, after=each.after, on=today(),
            who=require().person, who_name=own_name(), source=source[:200],
        )
        for each in changed
    )  # fmt: skip
