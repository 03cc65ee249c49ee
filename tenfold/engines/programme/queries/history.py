"""修改记录: what was changed of the programme, when, by whom, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenfold.foundation.declare import house
from tenfold.foundation.ui.words import day as written_day
from tenfold.foundation.ui.words import listed

from .. import telling
from ..content import Difference
from ..models import Change, Level, Programme, Rule

SHOWN = 200
"""So many of the latest changes a page shows."""

KINDS: dict[str, Any] = {
    "programme": gettext_lazy("Head of the programme"),
    "action": gettext_lazy("Action"),
    "thread": gettext_lazy("Thread"),
    "beside": gettext_lazy("Piece of work"),
    "measure": gettext_lazy("Measure"),
    "target": gettext_lazy("Target"),
    "task": gettext_lazy("Task"),
}
FIELDS: dict[str, Any] = {
    "name": gettext_lazy("name"), "lead": gettext_lazy("Leading unit"), "responsible": gettext_lazy("Responsible unit"),
    "supporting": gettext_lazy("Supporting unit"), "leader": gettext_lazy("leader in charge"),
    "begins": gettext_lazy("begin"), "due": gettext_lazy("term"), "due_text": gettext_lazy("term in words"),
    "criterion": gettext_lazy("what counts as done"), "after": gettext_lazy("waits for"),
    "value": gettext_lazy("value"),
    "by": gettext_lazy("term"), "lowest": gettext_lazy("lowest level"), "rule": gettext_lazy("how it is shared out"),
    "level": gettext_lazy("down to"), "measure": gettext_lazy("Measure"),
    "indicator": gettext_lazy("Indicator of effect"),
    "begun": gettext_lazy("begin"), "ends": gettext_lazy("end"), "record": gettext_lazy("Counted from"),
    "extended": gettext_lazy("extended term"), "unit": gettext_lazy("unit"),
}  # fmt: skip
"""What is told of a change; other fields (glosses, the table's own cells) are not."""


@dataclass(frozen=True)
class Altered:
    """A field of an entry, before and after."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """One line of the history: several entries that were made at once stand in one."""

    on: date
    who: str
    source: str
    text: str
    key: str
    altered: tuple[Altered, ...] = ()


def history(row: Programme) -> list[Entry]:
    """The latest changes, the newest first."""
    changes = Change.objects.filter(programme=row).order_by("-pk")[:SHOWN]
    batches: list[list[Change]] = []
    for each in changes:
        if batches and _together(batches[-1][0], each):
            batches[-1].append(each)
        else:
            batches.append([each])
    return [_entry(batch) for batch in batches]


def _together(one: Change, other: Change) -> bool:
    """Entries made, or ended, at one time by one act."""

    def kind(change: Change) -> str:
        return Difference(change.kind, change.key, change.before, change.after).change

    same = (one.on, one.who, one.source, kind(one)) == (other.on, other.who, other.source, kind(other))
    return same and kind(one) != "altered"


def _entry(batch: Sequence[Change]) -> Entry:
    first = batch[0]
    change = Difference(first.kind, first.key, first.before, first.after)
    if len(batch) == 1:
        words = {"kind": _kind(first.kind), "name": change.name}
        text = {
            "new": _("New: %(kind)s %(name)s"), "ended": _("Ended: %(kind)s %(name)s"), "altered": "%(kind)s %(name)s",
        }[change.change]  # fmt: skip
        altered = tuple(_altered(change)) if change.change == "altered" else ()
        return Entry(first.on, first.who_name, first.source, (text % words).strip(), first.key, altered)
    counts = listed(_counted(batch))
    text = _("New: %(what)s") if change.change == "new" else _("Ended: %(what)s")
    return Entry(first.on, first.who_name, first.source, text % {"what": counts}, "")


def _counted(batch: Sequence[Change]) -> Iterable[str]:
    for kind in KINDS:
        count = sum(each.kind == kind for each in batch)
        if count and kind != "programme":
            yield _("%(count)s × %(kind)s") % {"count": count, "kind": _kind(kind)}


def _kind(kind: str) -> str:
    return str(KINDS.get(kind, kind))


def _altered(change: Difference) -> Iterable[Altered]:
    for field, before, after in change.altered:
        if field in FIELDS:
            yield Altered(str(FIELDS[field]), _told(field, before), _told(field, after))


def _told(field: str, value: Any) -> str:
    if value in (None, "", [], {}):
        return _("none")
    if field == "criterion":
        return telling.criterion(value)
    if field in ("due", "by", "begins", "begun", "ends", "extended"):
        return written_day(date.fromisoformat(str(value)))
    if field in ("lowest", "level"):
        return str(Level(value).label)
    if field == "rule":
        return str(Rule(value).label)
    if field == "indicator" and value in house().indicators:
        return str(house().indicators[value].title)
    return listed(str(each) for each in value) if isinstance(value, list) else str(value)
