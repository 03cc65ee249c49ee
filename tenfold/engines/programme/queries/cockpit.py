"""行动总览 of a place on a day: what is late and whose, the actions, the places below, what changed, what comes due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from tenfold.foundation.calendar import today
from tenfold.foundation.organisations.models import Kind, Organisation, under

from .. import telling, words
from ..models import Material, MaterialState, Programme, Step, StepKind
from ..tables.numerals import spelled
from . import rail, standing
from .aims import Aim, aims
from .lights import Lit, lights
from .tallies import Tally, TaskAt, at_place, by_task, owed_first, page_of, units

SHOWN = 6
"""So many late lines stand on the first view; the rest is one click away."""
LISTED = 4
"""So many changed tasks of one kind are named."""
WEEK = timedelta(days=7)
FORTNIGHT = timedelta(days=14)
ADMINISTRATIVE = (Kind.CITY, Kind.COUNTY, Kind.TOWNSHIP)


@dataclass(frozen=True)
class LateLine:
    """What one unit, or several of one place, owe of a task: since when, why, what is missing, by when."""

    number: str
    title: str
    action: int | None
    numeral: str
    state: str
    days: int
    whose: str
    reason: str
    missing: str
    by: str
    url: str


@dataclass(frozen=True)
class ActionLine:
    """An action: how its tasks stand, why the worst of them does, and its aim."""

    action: words.Action
    numeral: str
    url: str
    tally: Tally
    worst: TaskAt | None
    whose: str
    reason: str
    aim: Aim | None


@dataclass(frozen=True)
class PlaceLine:
    """A place below, or the offices of the place itself (``code`` '')."""

    name: str
    code: str
    tally: Tally


@dataclass(frozen=True)
class Moved:
    """Tasks whose light changed since a week ago: ``kind`` late, attention, repaired, recovered, done."""

    kind: str
    state: str
    lines: tuple[tuple[str, str], ...]

    @property
    def title(self) -> str:
        """新逾期2项."""
        words_ = {
            "late": _("%(count)s newly overdue"), "attention": _("%(count)s now need attention"),
            "repaired": _("%(count)s made good late"), "recovered": _("%(count)s run well again"),
            "done": _("%(count)s concluded"),
        }  # fmt: skip
        return words_[self.kind] % {"count": len(self.lines)}

    @property
    def shown(self) -> tuple[tuple[str, str], ...]:
        """The first ones."""
        return self.lines[:LISTED]

    @property
    def more(self) -> int:
        """How many more there are."""
        return max(0, len(self.lines) - LISTED)


@dataclass(frozen=True)
class Coming:
    """What comes due: the day, the task, whose it is, its light."""

    day: date
    number: str
    title: str
    whose: str
    state: str
    missing: str
    url: str


@dataclass(frozen=True)
class Week:
    """How many more, or fewer, are concluded and overdue than a week ago."""

    done: int
    late: int

    @property
    def done_words(self) -> str:
        """增加4."""
        return _more(self.done)

    @property
    def late_words(self) -> str:
        """减少1."""
        return _more(self.late)


def _more(count: int) -> str:
    return (_("%(count)s more") if count > 0 else _("%(count)s fewer")) % {"count": abs(count)}


@dataclass(frozen=True)
class Cockpit:
    """The page. ``before``: the tally of a week ago, None where the programme had not begun."""

    row: Programme
    frame: words.Programme
    place: Organisation
    day: date
    past: bool
    tally: Tally
    before: Tally | None
    owing: tuple[tuple[str, int], ...]
    late: tuple[LateLine, ...]
    late_count: int
    actions: tuple[ActionLine, ...]
    below: tuple[PlaceLine, ...]
    moved: tuple[Moved, ...]
    coming: tuple[Coming, ...]
    handled: Mapping[str, int]

    @property
    def whole(self) -> bool:
        """Whether it is the page of the programme's own place."""
        return self.place.pk == self.row.organisation_id

    @property
    def title(self) -> str:
        """十大行动."""
        return rail.title(self.frame)

    @property
    def week(self) -> Week:
        """Today against a week ago."""
        before = self.before or self.tally
        return Week(self.tally.done - before.done, self.tally.late - before.late)

    @property
    def since(self) -> date:
        """A week ago."""
        return self.day - WEEK


def cockpit(row: Programme, place: Organisation, on: date | None = None) -> Cockpit:
    """The page of a place today, or as of a past day."""
    day = on or today()
    now = at_place(lights(row, on), place.path)
    past = at_place(lights(row, day - WEEK), place.path) if day - WEEK >= row.begun else None
    tasks, below = by_task(now), places_below(place)
    late = late_lines(now, below, day)
    frame = standing.programme(row)
    return Cockpit(
        row=row,
        frame=frame,
        place=place,
        day=day,
        past=on is not None,
        tally=Tally.of(tasks),
        before=None if past is None else Tally.of(by_task(past)),
        owing=_owing(tasks, below, place),
        late=tuple(late[:SHOWN]),
        late_count=len(late),
        actions=tuple(_actions(frame, tasks, aims(row, place, on), below, day)),
        below=tuple(_below(now, below)),
        moved=tuple(_moved(now, past or [], below)) if past is not None else (),
        coming=tuple(_coming(now, below, day)),
        handled=_handled(row, place, day),
    )


def places_below(place: Organisation) -> dict[str, Organisation]:
    """The administrative places directly below, by path, in the order of the tree."""
    rows = Organisation.objects.filter(
        under(place.path), depth=place.depth + 1, kind__in=ADMINISTRATIVE, closed_on=None
    ).order_by("path")[:100]
    return {each.path: each for each in rows}


def late_lines(found: Iterable[Lit], below: Mapping[str, Organisation], day: date) -> list[LateLine]:
    """Each unit's late task by days late; schools of one place and one task stand in one line."""
    groups: dict[tuple[int, str], list[Lit]] = {}
    for each in sorted((lit for lit in found if lit.state == "late"), key=owed_first):
        under_it = next((path for path in below if each.path.startswith(path) and each.path != path), "")
        key = under_it if each.kind in (Kind.SCHOOL, Kind.POINT) else each.path
        groups.setdefault((each.task, key), []).append(each)
    names = {path: each.name for path, each in below.items()}
    return [line(parts, names, day) for parts in groups.values()]


def line(parts: Sequence[Lit], names: Mapping[str, str], day: date) -> LateLine:
    """One line of what is owed."""
    first = parts[0]
    return LateLine(
        number=first.number,
        title=first.title,
        action=first.action,
        numeral=spelled(first.action) if first.action else "",
        state=first.state,
        days=telling.days_late(first, day),
        whose=units(parts, names),
        reason=telling.reason(first, day),
        missing=telling.missing(first),
        by=telling.by(first, day),
        url=page_of(first),
    )


def _owing(
    tasks: Iterable[TaskAt], below: Mapping[str, Organisation], place: Organisation
) -> tuple[tuple[str, int], ...]:
    """Whose the late tasks are: (place below or unit, how many of its tasks are late), most first."""
    counts: dict[str, set[int]] = {}
    for task in tasks:
        for each in task.parts:
            if each.state == "late":
                path = next((path for path in below if each.path.startswith(path)), "")
                counts.setdefault(below[path].name if path else each.name, set()).add(task.task)
    return tuple(sorted(((name, len(found)) for name, found in counts.items()), key=lambda one: -one[1]))


def _actions(
    frame: words.Programme, tasks: Sequence[TaskAt], found: Sequence[Aim], below: Mapping[str, Organisation], day: date
) -> Iterable[ActionLine]:
    names = {path: each.name for path, each in below.items()}
    for action in frame.actions:
        mine = sorted((t for t in tasks if t.action == action.number), key=lambda t: owed_first(t.worst))
        worst = mine[0] if mine else None
        yield ActionLine(
            action=action,
            numeral=spelled(action.number),
            url=rail.address(action),
            tally=Tally.of(mine),
            worst=worst,
            whose=units(worst.deciding, names) if worst else "",
            reason=telling.reason(worst.worst, day) if worst else "",
            aim=chief([each for each in found if each.action == action.number], action),
        )


def chief(found: Sequence[Aim], action: words.Action) -> Aim | None:
    """The aim that stands for an action: its headline's, else the first."""
    headline = action.headline.code if action.headline else ""
    return next((each for each in found if each.indicator == headline), found[0] if found else None)


def _below(now: Sequence[Lit], below: Mapping[str, Organisation]) -> Iterable[PlaceLine]:
    if not below:
        return
    for path, each in below.items():
        yield PlaceLine(each.name, each.code, Tally.of(by_task(at_place(now, path))))
    own = [lit for lit in now if not any(lit.path.startswith(path) for path in below)]
    if own:
        yield PlaceLine("", "", Tally.of(by_task(own)))


KINDS = (
    ("late", "late"),
    ("attention", "attention"),
    ("repaired", "attention"),
    ("recovered", "on_track"),
    ("done", "done"),
)


def _kind(now: Lit, before: Lit | None) -> str:
    """How a light moved within the week; '' where it did not."""
    was = before.state if before else "on_track"
    if now.state == was:
        return ""
    if now.state in ("late", "done"):
        return now.state
    if now.state == "attention":
        return "repaired" if now.light.reason == "repaired" else "attention"
    return "recovered" if now.state == "on_track" and was in ("late", "attention") else ""


def _moved(now: Iterable[Lit], past: Iterable[Lit], below: Mapping[str, Organisation]) -> Iterable[Moved]:
    before = {each.assignment: each for each in past}
    names = {path: each.name for path, each in below.items()}
    groups: dict[str, dict[str, list[Lit]]] = {}
    for each in now:
        if kind := _kind(each, before.get(each.assignment)):
            groups.setdefault(kind, {}).setdefault(each.title, []).append(each)
    for kind, state in KINDS:
        if found := groups.get(kind):
            yield Moved(kind, state, tuple((title, units(parts, names)) for title, parts in found.items()))


def _coming(now: Iterable[Lit], below: Mapping[str, Organisation], day: date) -> Iterable[Coming]:
    names = {path: each.name for path, each in below.items()}
    groups: dict[tuple[date, int], list[Lit]] = {}
    for each in now:
        if each.due is not None and day <= each.due <= day + FORTNIGHT and each.state != "done":
            groups.setdefault((each.due, each.task), []).append(each)
    for (due, _task), parts in sorted(groups.items(), key=lambda one: one[0]):
        parts.sort(key=owed_first)
        first = parts[0]
        yield Coming(
            due, first.number, first.title, units(parts, names), first.state, telling.missing(first), page_of(first)
        )


def _handled(row: Programme, place: Organisation, day: date) -> Mapping[str, int]:
    """What people did within the week: responses, Material handed in and confirmed."""
    mine = under(place.path, "organisation__path")
    steps = Step.objects.filter(
        mine, assignment__task__programme=row, kind=StepKind.RESPONDED, on__gt=day - WEEK, on__lte=day
    ).count()
    states = list(
        Material.objects.filter(
            mine, assignment__task__programme=row, on__gt=day - WEEK, on__lte=day
        ).values_list("state", flat=True)
    )  # fmt: skip
    confirmed = sum(state == MaterialState.CONFIRMED for state in states)
    return {"responses": steps, "materials": len(states), "confirmed": confirmed}
