"""From a table that was understood to a programme: its rows matched with what stands, numbered, nothing lost of it.

What a table does not speak of (the criterion of a task, targets, threads) stays as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _

from tenfold.foundation.declare import house

from ..parties import normal
from ..planned import LEVELS, PlannedMeasure, PlannedTask
from ..words import Action, Programme
from .understood import RowRead, TableRead

MATERIAL = "programme.material"
ALIKE = 0.6
"""So much of two names must be the same for one to be taken for the other, altered."""
SHORTEST, LONGEST = 2, 8


@dataclass(frozen=True)
class Head:
    """The programme that a table becomes where none stands."""

    code: str
    name: str
    year: str
    begun: date
    ends: date


@dataclass(frozen=True)
class Planning:
    """A programme, and which of its tasks (by number) stands in which row of the table."""

    programme: Programme
    rows: Mapping[str, RowRead]


def plan_of(
    read: TableRead,
    standing: Programme | None,
    head: Head,
    lowest: Callable[[Iterable[str]], str],
    *,
    ends_rest: bool = False,
    ever: frozenset[str] = frozenset(),
) -> Planning:
    """The programme that a table describes, on top of what stands. ``lowest``: the lowest level of some units;
    ``ends_rest``: tasks that stand and that the table does not name are left out, else they stay; ``ever``: numbers
    that were given once, and are not given again.
    """
    return _Planning(read, standing, head, lowest, ends_rest, ever).run()


@dataclass
class _Measure:
    measure: PlannedMeasure
    tasks: list[PlannedTask] = field(default_factory=list)


class _Planning:
    def __init__(
        self,
        read: TableRead,
        standing: Programme | None,
        head: Head,
        lowest: Callable[[Iterable[str]], str],
        ends_rest: bool,
        ever: frozenset[str],
    ) -> None:
        self.read, self.standing, self.head = read, standing, head
        self.lowest, self.ends_rest, self.ever = lowest, ends_rest, ever
        self.told: set[str] = set()
        self.actions: list[Action] = list(standing.actions) if standing else []
        self.measures: dict[int, list[_Measure]] = {
            action.number: [_Measure(measure) for measure in action.measures] for action in self.actions
        }
        self.rows: dict[str, RowRead] = {}

    def run(self) -> Planning:
        """Match, number, gather."""
        placed = [(row, self.action(row)) for row in self.read.rows]
        taken = self.matched(placed)
        self.told = {task.number for _measure, task in taken.values()}
        for row, action in placed:
            old = taken.get(row.place)
            measure = self.measure(row, action, old)
            number = old[1].number if old and old[0] == measure.measure.number else self.number(measure)
            self.rows[number] = row
            measure.tasks.append(_task(row, number, old[1] if old else None))
        actions = tuple(replace(a, measures=tuple(self.closed(a.number))) for a in self.actions)
        if self.standing:
            return Planning(replace(self.standing, actions=actions), self.rows)
        return Planning(Programme(**vars(self.head), actions=actions), self.rows)

    def action(self, row: RowRead) -> int:
        """The number of a row's action, made where none stands."""
        name = row.action.name or _("Other work")
        wanted = _bare(name)
        for action in self.actions:
            if wanted in (_bare(action.name), _bare(action.menu)):
                return action.number
        number = len(self.actions) + 1
        lead = "、".join(row.action.lead)
        self.actions.append(Action(number=number, name=name, menu=_short(name), threads=(), lead=lead))
        self.measures[number] = []
        return number

    def matched(self, placed: Sequence[tuple[RowRead, int]]) -> dict[Any, tuple[str, PlannedTask]]:
        """The standing task that each row tells of: by its number, its name, a name that is nearly the same."""
        free = {
            task.number: (held.measure.number, task, action)
            for action, measures in self.measures.items()
            for held in measures
            for task in held.measure.tasks
        }
        found: dict[Any, tuple[str, PlannedTask]] = {}

        def take(test: Callable[[RowRead, int, PlannedTask, int], bool]) -> None:
            for row, action in placed:
                if row.place in found:
                    continue
                hit = next((n for n, (_m, task, own) in free.items() if test(row, action, task, own)), None)
                if hit is not None:
                    measure, task, _own = free.pop(hit)
                    found[row.place] = (measure, task)

        take(lambda row, action, task, own: "." in row.number and row.number == task.number and action == own)
        take(lambda row, action, task, own: action == own and _bare(row.name) == _bare(task.name) and _owes(row, task))
        take(lambda row, action, task, own: action == own and _bare(row.name) == _bare(task.name))
        take(lambda row, action, task, own: action == own and _alike(row.name, task.name))
        return found

    def measure(self, row: RowRead, action: int, old: tuple[str, PlannedTask] | None) -> _Measure:
        """The measure of a row: the one it names, that of the task it tells of, one named as its action."""
        here = self.measures[action]
        held = next((m for m in here if old and m.measure.number == old[0]), None)
        if held and (not row.measure or _bare(row.measure) == _bare(held.measure.name)):
            found = held
        else:
            title = next(each.name for each in self.actions if each.number == action)
            name = row.measure or title
            made = next((m for m in here if _bare(m.measure.name) == _bare(name)), None)
            found = made or self.new_measure(action, name)
        deepest = max(self.lowest(row.units), found.measure.lowest, key=LEVELS.index)
        found.measure = replace(found.measure, lowest=deepest)
        return found

    def new_measure(self, action: int, name: str) -> _Measure:
        """A measure under the next free number, beyond those of threads."""
        threads = next(each.threads for each in self.actions if each.number == action)
        numbers = [*(t.number for t in threads), *(m.measure.number for m in self.measures[action]), *self.ever]
        made = _Measure(PlannedMeasure(next_number(str(action), numbers), name))
        self.measures[action].append(made)
        return made

    def number(self, held: _Measure) -> str:
        """The next free number of a measure's tasks."""
        numbers = [task.number for task in (*held.measure.tasks, *held.tasks)]
        return next_number(held.measure.number, [*numbers, *self.ever, *self.rows])

    def closed(self, action: int) -> Iterable[PlannedMeasure]:
        """The measures of an action with their tasks: those of the table in its order, then those that stay."""
        for held in self.measures[action]:
            stays = [] if self.ends_rest else [t for t in held.measure.tasks if t.number not in self.told]
            if self.ends_rest and not held.tasks and not held.measure.targets:
                continue
            yield replace(held.measure, tasks=(*held.tasks, *stays))


def _task(row: RowRead, number: str, old: PlannedTask | None) -> PlannedTask:
    """A row as a task; of what the table has no column for, the standing task's word holds."""
    told = PlannedTask(
        number=number, name=row.name[:500], lead=row.lead, responsible=row.responsible, supporting=row.supporting,
        leader="、".join(row.leader)[:60], begins=row.begins, due=row.due, due_text=row.due_text,
        criterion=_criterion(row, old), cells={c.heading: c.text for c in row.cells if c.heading and c.text.strip()},
    )  # fmt: skip
    if old is None:
        return told
    same: dict[str, Any] = {"after": old.after, "gloss": old.gloss if old.name == told.name else ""}
    if row.cell("leader") is None and not row.leader:
        same["leader"] = old.leader
    if row.cell("due") is None:
        same |= {"due": old.due, "due_text": old.due_text}
    if row.cell("begins") is None and not (row.begins and row.cell("due")):
        same["begins"] = old.begins if row.cell("due") is None or _same_term(row, old) else None
    if not any(row.cell(part) for part in ("lead", "responsible", "supporting")) and not row.units:
        same |= {"lead": old.lead, "responsible": old.responsible, "supporting": old.supporting}
    return replace(told, **same)


def _same_term(row: RowRead, old: PlannedTask) -> bool:
    """Whether the term is the standing one: then a beginning of which the table does not speak stays."""
    return row.due == old.due and row.due_text == old.due_text


def _criterion(row: RowRead, old: PlannedTask | None) -> Mapping[str, Any]:
    """Material, as the table words it; the standing criterion where the table says nothing else of it."""
    fresh: dict[str, Any] = {"code": MATERIAL, **({"what": row.what[:200]} if row.what else {})}
    if old is None:
        return fresh
    cell = row.cell("what")
    before = next((text for title, text in old.cells.items() if cell and title == cell.heading), None)
    if not row.what or row.what in (before, old.criterion.get("what"), criterion_words(old.criterion)):
        return old.criterion
    return fresh


def criterion_words(criterion: Mapping[str, Any]) -> str:
    """A criterion as a table puts it: what is to be handed in, else the criterion in words."""
    if criterion.get("code") == MATERIAL:
        return str(criterion.get("what", ""))
    declared = house().criteria.get(str(criterion.get("code", "")))
    return declared.told(criterion) if declared else ""


def next_number(above: str, numbers: Iterable[str]) -> str:
    """The next number below another: 2.3 after 2.2 and 2.1.4."""
    tails = [n.removeprefix(f"{above}.").split(".")[0] for n in numbers if n.startswith(f"{above}.")]
    return f"{above}.{max((int(tail) for tail in tails if tail.isdigit()), default=0) + 1}"


def _bare(text: str) -> str:
    return re.sub(r"[“”\"'《》，。、；：,.;:]", "", normal(text))


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, _bare(one), _bare(other), autojunk=False).ratio() >= ALIKE


def _owes(row: RowRead, task: PlannedTask) -> bool:
    return (row.lead, row.responsible) == (task.lead, task.responsible)


def _short(name: str) -> str:
    """A word for the rail: the name without what all actions are called."""
    plain = re.sub(r"[“”《》]", "", name)
    told = re.sub(r"(?:提升|专项)?(?:行动|工程|计划)$", "", plain)
    return (told if len(told) >= SHORTEST else plain)[:LONGEST]
