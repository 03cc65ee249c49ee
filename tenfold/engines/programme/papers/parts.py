"""The parts of which papers are put together: sentences, tables, a chart, from what was gathered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from tenfold.foundation.organisations.models import Kind, Organisation, under
from tenfold.foundation.papers.data import bars, noted
from tenfold.foundation.ui import words

from ..models import Assignment, Meeting
from ..queries.lights import lights
from ..telling import joined
from . import notes
from .gathered import Gathered, Item, counts_of

STATES = ("done", "on_track", "attention", "late", "unknown")
UNITS = 6
"""So many units are named in a row."""
FULL_STOP = {True: "。", False: "."}


def stop() -> str:
    """The full stop of the language."""
    return FULL_STOP[words.chinese()]


def organ(place: Organisation) -> str:
    """Who signs: 咸宁市教育局 for a city or county that is called by its bare name."""
    if place.kind in (Kind.CITY, Kind.COUNTY) and not place.name.endswith(("局", "委", "委员会")):
        return _("Education bureau of %(place)s") % {"place": place.name}
    return place.name


def opening(g: Gathered) -> str:
    """Where it stands, in one sentence: every state that holds, each with its note."""
    told = [
        _("%(count)s %(state)s") % {"count": notes.counted(g, state), "state": words.state_word(state)}
        for state in STATES
        if g.counts[state]
    ]
    first = {"day": words.day(g.on), "all": noted(len(g.items), notes.meaning("all")), "place": g.place.name}
    if not g.items:
        return _("By %(day)s %(place)s owes no task of the programme.") % first
    return _("By %(day)s %(place)s has %(all)s tasks (counted by unit): %(told)s.") % {**first, "told": joined(told)}


def comparison(g: Gathered) -> str:
    """Against the period before."""
    if g.before is None:
        return _("The programme had not begun in the period before; there is nothing to compare with.")
    then = counts_of(g.before)
    told = [_changed(state, g.counts[state] - then[state]) for state in ("late", "attention")]
    told.append(_("%(count)s newly concluded") % {"count": noted(len(g.done_newly()), notes.meaning("done"))})
    return _("Against %(last)s: %(told)s.") % {"last": g.last.title, "told": joined(told)}


def _changed(state: str, change: int) -> str:
    word = words.state_word(state)
    if not change:
        return _("%(state)s unchanged") % {"state": word}
    told = {"state": word, "count": noted(abs(change), notes.meaning(state))}
    return _("%(state)s %(count)s more") % told if change > 0 else _("%(state)s %(count)s fewer") % told


def row_of(name: str, items: Sequence[Item], before: Sequence[Item] | None) -> dict[str, str]:
    """A row of counts: what stands now, and overdue against the period before."""
    counts = counts_of(items)
    told = {f"count_{state}": str(counts[state]) for state in STATES}
    share = f"{counts['done'] * 100 / len(items):.1f}%" if items else "—"
    return {"name": name, "all": str(len(items)), "share": share, **told, "change": _change(counts["late"], before)}


def _change(late: int, before: Sequence[Item] | None) -> str:
    if before is None:
        return "—"
    change = late - counts_of(before)["late"]
    return f"+{change}" if change > 0 else str(change).replace("-", "−")


def _where(items: Iterable[Item] | None, fits: Callable[[Item], bool]) -> list[Item] | None:
    return None if items is None else [each for each in items if fits(each)]


def actions(g: Gathered) -> list[dict[str, str]]:
    """A row an action, then what belongs to none, then all."""
    found = []
    for action in g.frame.actions:
        rows = _rows(g, action.menu_title, lambda each, n=action.number: each.action == n)  # type: ignore[misc]
        if rows is not None:
            found.append(rows)
    known = {action.number for action in g.frame.actions}
    other = _rows(g, _("Other work"), lambda each: each.action not in known)
    total = row_of(_("All"), g.items, g.before)
    return [*found, *([other] if other else []), total]


def _rows(g: Gathered, name: str, fits: Callable[[Item], bool]) -> dict[str, str] | None:
    now, then = _where(g.items, fits) or [], _where(g.before, fits)
    return row_of(name, now, then) if now or then else None


def below(place: Organisation) -> list[Organisation]:
    """The places just below, in the order of the tree."""
    kinds = (Kind.CITY, Kind.COUNTY, Kind.TOWNSHIP)
    rows = Organisation.objects.filter(under(place.path), depth=place.depth + 1, kind__in=kinds, closed_on=None)
    return list(rows.order_by("path")[:60])


def counties(g: Gathered) -> list[dict[str, str]]:
    """A row a place just below that owes something; no order but that of the tree."""
    found = [_rows(g, place.name, lambda each, p=place.path: each.path.startswith(p)) for place in below(g.place)]  # type: ignore[misc]
    return [row for row in found if row]


def reason_of(each: Item) -> tuple[str, ...]:
    """What tells late and yellow ones of a task apart."""
    return (each.state, each.why, each.said) if each.state in ("late", "attention") else (each.state,)


def grouped(items: Iterable[Item], by: Callable[[Item], tuple[str, ...]] = reason_of) -> list[list[Item]]:
    """Units that owe the same task by the same day stand together, where they stand alike."""
    found: dict[tuple[object, ...], list[Item]] = {}
    for each in items:
        found.setdefault((each.number, each.due, *by(each)), []).append(each)
    return list(found.values())


def tasks(g: Gathered, items: Iterable[Item], most: int) -> list[dict[str, str]]:
    """Rows of tasks, at most so many."""
    return [
        {
            "code": each.number, "task": each.title, "unit": units(group), "due": notes.told_day(each.due, g.on),
            "days": str((g.on - each.due).days) if each.due and each.state == "late" else "—",
            "reason": each.why, "said": each.said or "—", "state": words.state_word(each.state),
        }
        for group in grouped(items)[:most]
        for each in group[:1]
    ]  # fmt: skip


def units(group: Sequence[Item]) -> str:
    """The units of a row, the first by name, the rest counted."""
    named = words.listed(each.unit for each in group[:UNITS])
    if len(group) <= UNITS:
        return named
    return _("%(units)s and others, %(count)s in all") % {"units": named, "count": len(group)}


def more(items: Sequence[Item], most: int) -> str:
    """What a table left out; '' where nothing."""
    rest = sum(len(group) for group in grouped(items)[most:])
    if not rest:
        return ""
    return _("Another %(rest)s on the page of supervised tasks.") % {"rest": rest}


def share_chart(rows: Sequence[dict[str, str]]) -> dict[str, Any]:
    """Bars: the share concluded of each row."""
    told = [(row["name"], None if row["share"] == "—" else float(row["share"][:-1])) for row in rows]
    return bars(_("Share concluded (%)"), "%", told)


def late_chart(rows: Sequence[dict[str, str]], height: int = 8) -> dict[str, Any]:
    """Bars: overdue and needing attention of each row."""
    told = [(row["name"], int(row["count_late"]) + int(row["count_attention"])) for row in rows]
    return bars(_("Tasks overdue or needing attention"), "", told, height)


def decisions(g: Gathered) -> list[dict[str, str]]:
    """What meetings of the period decided, and where each decision stands."""
    held = Meeting.objects.filter(programme=g.row, on__gte=g.period.start, on__lte=g.on).order_by("on", "pk")
    found = {each.pk: each for each in held}
    owed = Assignment.objects.filter(task__meeting__in=found, until=None, organisation__path__startswith=g.place.path)
    lit = {each.assignment: each for each in lights(g.row)}
    return [
        {
            "name": found[each.task.meeting_id].name, "task": each.task.name, "unit": each.organisation.name,
            "due": notes.told_day(lit[each.pk].due, g.on), "state": words.state_word(lit[each.pk].state),
        }
        for each in owed.select_related("task", "organisation").order_by("task__meeting__on", "task__order", "pk")
        if each.pk in lit and each.task.meeting_id is not None
    ]  # fmt: skip
