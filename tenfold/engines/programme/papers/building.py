"""The data of each paper: plain, in the scope of whoever asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from tenfold.foundation.calendar import Period
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.organisations.queries import trail
from tenfold.foundation.papers.data import plain, under_one_note
from tenfold.foundation.ui import words

from ..telling import joined
from . import aims, notes, parts
from .gathered import Gathered, Item, gathered

SHEET, TABLE, LIST = 5, 20, 40
"""Rows at most: on a sheet of one page, in a table, in a report."""


def weekly(place: Organisation, period: Period) -> dict[str, Any]:
    """周报: one page for the director's meeting."""
    g = gathered(place, period)
    late, attention, coming = g.of("late"), g.of("attention"), g.coming(period.next().end)
    rows = parts.counties(g) or parts.actions(g)[:-1]
    told = {
        **_head(g, g.frame.title, _("weekly sheet, %(period)s")),
        "actions": parts.actions(g), "late": parts.tasks(g, late, SHEET), "more": parts.more(late, SHEET),
        "attention": parts.tasks(g, attention, SHEET), "coming": parts.tasks(g, coming, SHEET),
        "chart": parts.late_chart(rows, 4),
    }  # fmt: skip
    told["heads"]["days"] = plain(told["heads"]["days"])
    return dict(under_one_note(told))


def monthly(place: Organisation, period: Period) -> dict[str, Any]:
    """月调度通报."""
    return _bulletin(place, period, _("bulletin of the scheduling, %(period)s"))


def quarterly(place: Organisation, period: Period) -> dict[str, Any]:
    """季通报: the frozen lights, what the units say of theirs beside them."""
    return _bulletin(place, period, _("bulletin, %(period)s")) | {"targets": aims.targets(gathered(place, period))}


def _bulletin(place: Organisation, period: Period, title: str) -> dict[str, Any]:
    g = gathered(place, period)
    late, attention, coming = g.of("late"), g.of("attention"), g.coming(period.next().end)
    return {
        **_head(g, g.frame.title, title), "frozen": _frozen(g),
        "actions": parts.actions(g), "counties": parts.counties(g), "late": parts.tasks(g, late, LIST),
        "more": parts.more(late, LIST), "attention": parts.tasks(g, attention, LIST),
        "done": parts.tasks(g, g.done_newly(), TABLE), "coming": parts.tasks(g, coming, TABLE),
        "decisions": parts.decisions(g), "chart": parts.share_chart(parts.actions(g)[:-1]),
    }  # fmt: skip


def report(place: Organisation, period: Period) -> dict[str, Any]:
    """半年总结 and 年度总结: what was aimed at, what was reached, what is to come."""
    g = gathered(place, period)
    late = g.of("late")
    return {
        **_head(g, g.frame.title, _("work report, %(period)s")),
        "frozen": _frozen(g), "targets": aims.targets(g), "actions": parts.actions(g),
        "counties": parts.counties(g), "done": parts.tasks(g, g.done_newly(), LIST),
        "late": parts.tasks(g, late, LIST), "more": parts.more(late, LIST), "problems": _problems(g, LIST),
        "plans": _plans(g, LIST), "decisions": parts.decisions(g),
        "chart": parts.share_chart(parts.counties(g) or parts.actions(g)[:-1]),
    }  # fmt: skip


def letter(place: Organisation, period: Period) -> dict[str, Any]:
    """致县区函: what a county still owes, in the name of the one above."""
    g = gathered(place, period)
    above = trail(place)[-2].name
    own = _head(g, _("letter on the tasks of %(place)s") % {"place": place.name}, "%(period)s")
    return {
        **own, "organ": _signed(above), "head": _signed(above), "to": _("%(place)s:") % {"place": parts.organ(place)},
        "actions": parts.actions(g), "late": parts.tasks(g, g.of("late"), TABLE),
        "attention": parts.tasks(g, g.of("attention"), TABLE), "targets": aims.targets(g),
        "chart": parts.late_chart(parts.actions(g)[:-1]), "coming": parts.tasks(g, g.coming(period.next().end), TABLE),
    }  # fmt: skip


def own(place: Organisation, period: Period) -> dict[str, Any]:
    """A unit's own half-year report: 总体情况、存在问题、下步打算; the head only edits."""
    g = gathered(place, period)
    return {
        **_head(g, place.name, _("work report, %(period)s")), "to": _to(place),
        "actions": parts.actions(g), "targets": aims.targets(g) or aims.base(g),
        "done": parts.tasks(g, g.of("done"), LIST), "problems": _problems(g, TABLE), "plans": _plans(g, TABLE),
        "chart": parts.share_chart(parts.actions(g)[:-1]),
    }  # fmt: skip


# --- what they share ----------------------------------------------------------------------------------


def _head(g: Gathered, title: str, under: str) -> dict[str, Any]:
    organ = parts.organ(g.place)
    return {
        "head": organ, "organ": organ, "number": _("No.    of %(year)s") % {"year": g.on.year},
        "issue": _("No. %(number)s of %(year)s") % {"number": g.period.number, "year": g.period.year},
        "day": words.day(g.on),
        "title": title, "subtitle": under % {"period": g.period.title},
        "period": g.period.title, "last_period": g.last.title, "place": g.place.name,
        "since": words.day(g.period.start),
        "until": words.day(g.on), "opening": parts.opening(g), "comparison": parts.comparison(g),
        "heads": notes.heads(), "note": _source(g), "copies": _("Copies: the units concerned."),
    }  # fmt: skip


def _source(g: Gathered) -> str:
    return _("Counted from the records that the work leaves, as of %(day)s.") % {"day": words.day(g.on)}


def _frozen(g: Gathered) -> str:
    if g.frozen is not None and g.frozen.frozen_on is not None:
        told = {"day": words.day(g.frozen.frozen_on)}
        return _("The lights were frozen on %(day)s; what the units said of theirs stands beside them.") % told
    return _("The period is not frozen yet: the lights are those of %(day)s.") % {"day": words.day(g.on)}


def _signed(name: str) -> str:
    return name if name.endswith("局") else _("Education bureau of %(place)s") % {"place": name}


def _to(place: Organisation) -> str:
    """The one above, to whom a report goes."""
    cards = trail(place)
    if len(cards) < 2:
        return ""
    above = cards[-2]
    return _("%(place)s:") % {"place": _signed(above.name) if above.kind in ("city", "county") else above.name}


def _problems(g: Gathered, most: int) -> list[str]:
    """A sentence a task that is overdue or needs attention: subject, figure, what the unit says."""
    return [_sentence(group) for group in parts.grouped(g.of("late", "attention"))[:most]]


def _sentence(group: Sequence[Item]) -> str:
    each = group[0]
    unit = _("%(unit)s, task %(number)s “%(task)s”") % {
        "unit": parts.units(group),
        "number": each.number,
        "task": each.title,
    }
    told = f"{joined([unit, each.why])}{parts.stop()}"
    return told + (_("The unit says: %(said)s") % {"said": _closed(each.said)} if each.said else "")


def _closed(text: str) -> str:
    return text if text.endswith(("。", "！", "？", ".")) else f"{text}{parts.stop()}"


def _plans(g: Gathered, most: int) -> list[str]:
    """A sentence a task that is still open: by when, what is missing."""
    until = g.period.next().end
    rows = [*g.of("late"), *[each for each in g.coming(until) if each.state != "late"]]
    return [_plan(group, g.on) for group in parts.grouped(rows, by=lambda each: (each.missing,))[:most]]


def _plan(group: Sequence[Item], on: date) -> str:
    each = group[0]
    told = {"task": each.title, "unit": parts.units(group), "day": notes.told_day(each.due, on)}
    if each.due is not None and each.due <= on:
        first = _("%(unit)s concludes “%(task)s”, which was due on %(day)s") % told
    else:
        first = _("%(unit)s concludes “%(task)s” by %(day)s") % told
    return f"{joined([first, each.missing])}{parts.stop()}"
