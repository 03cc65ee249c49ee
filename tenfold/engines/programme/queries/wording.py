"""The fields of the programme's entries, and what changes of them, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenfold.foundation.declare import house
from tenfold.foundation.ui.words import day as written_day
from tenfold.foundation.ui.words import listed

from ..content import Difference
from ..models import Level, Rule

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
    "value": gettext_lazy("value"), "by": gettext_lazy("term"), "lowest": gettext_lazy("lowest level"),
    "rule": gettext_lazy("how it is shared out"), "level": gettext_lazy("down to"), "measure": gettext_lazy("Measure"),
    "hand": gettext_lazy("set by hand"), "indicator": gettext_lazy("Indicator of effect"),
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


def altered(change: Difference) -> Iterable[Altered]:
    """What differs, in words."""
    for field, before, after in change.altered:
        if field in FIELDS:
            yield Altered(str(FIELDS[field]), said(field, before), said(field, after))


def said(field: str, value: Any) -> str:
    """A field's value in words."""
    if value in (None, "", [], {}):
        return _("none")
    if field == "criterion":
        declared = house().criteria.get(str(value.get("code", "")))
        return declared.told(value) if declared else str(value.get("code", ""))
    if field in ("due", "by", "begins", "begun", "ends", "extended"):
        return written_day(date.fromisoformat(str(value)))
    if field in ("lowest", "level"):
        return str(Level(value).label)
    if field == "rule":
        return str(Rule(value).label)
    if field == "indicator" and value in house().indicators:
        return str(house().indicators[value].title)
    if isinstance(value, dict):
        return listed(f"{name} {each}" for name, each in value.items())
    return listed(str(each) for each in value) if isinstance(value, list) else str(value)
