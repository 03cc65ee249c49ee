"""What is checked of single entries before they stand: as a file's are, but told by the entry's number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tenfold.foundation.declare import Share, house
from tenfold.foundation.organisations.models import Organisation, under

from ..content import Entries
from ..models import Level, Measure, Programme, Target
from ..planned import LEVELS
from ..reading_measures import circle_from, criterion_fault
from .sharing import KINDS, ShareFault, shares


def task_fault(number: str, then: Entries, days: tuple[date, date]) -> str:
    """What is wrong with a task, in words; '' for nothing."""
    entry = then["task", number]
    after = {key: tuple(e["after"]) for (kind, key), e in then.items() if kind == "task"}
    missing = [other for other in entry["after"] if other not in after]
    circle = () if missing else circle_from(number, after)
    outside = _outside([entry["begins"], entry["due"]], days)
    if wrong := criterion_fault(entry["criterion"]):
        return wrong
    if missing:
        return _("there is no task %s") % missing[0]
    if circle:
        return _("these tasks wait for each other: %s") % " → ".join(circle)
    if outside:
        return _("%s lies outside the programme's time") % outside
    if entry["begins"] and entry["due"] and entry["due"] < entry["begins"]:
        return _("it is due before it begins")
    return ""


def target_fault(number: str, then: Entries, row: Programme | None, place: Organisation) -> str:
    """What is wrong with a target, in words; '' for nothing. ``row``: the programme, whose time holds."""
    entry = then["target", number]
    indicator = house().indicators.get(entry["indicator"])
    if indicator is None:
        return _("there is no indicator “%s”") % entry["indicator"]
    asked = {name: entry[name] for name in ("indicator", "split", "value", "at")}
    if wrong := criterion_fault({"code": "programme.indicator", **asked}):
        return wrong
    if row and (outside := _outside([entry["by"]], (row.begun, row.ends))):
        return _("%s lies outside the programme's time") % outside
    value = Decimal(entry["value"])
    if isinstance(indicator.value, Share) and not 0 <= value <= 100:
        return _("no record can reach %s: a share lies between 0 and 100") % entry["value"]
    lowest = then["measure", entry["measure"]]["lowest"]
    if LEVELS.index(entry["level"]) > LEVELS.index(lowest):
        return _("the measure reaches no lower than “%s”") % Level(lowest).label
    return hand_fault(entry, place) if entry["hand"] else ""


def hand_fault(entry: Mapping[str, Any], place: Organisation) -> str:
    """What is wrong with the values set by hand: a place that is not there, a sum that they break."""
    below = list(Organisation.objects.filter(under(place.path), closed_on=None).order_by("path"))
    names = {name for each in below for name in (each.code, each.name)}
    for name in entry["hand"]:
        if name not in names:
            return _("there is no place “%s” below") % name
    target = unsaved_target(entry, place)
    try:
        for level in LEVELS[1 : LEVELS.index(target.level) + 1]:
            here = [each for each in below if each.kind in KINDS[level] and each.pk != place.pk]
            shares(target, here)
    except ShareFault as fault:
        return str(fault)
    return ""


def unsaved_target(entry: Mapping[str, Any], place: Organisation) -> Target:
    """A target that is only reckoned with."""
    same = {name: entry[name] for name in ("indicator", "split", "at", "rule", "level", "hand")}
    measure = Measure(programme=Programme(organisation=place))
    return Target(measure=measure, value=Decimal(entry["value"]), by=date.fromisoformat(entry["by"]), **same)


def _outside(days: Iterable[str], within: tuple[date, date]) -> str:
    return next((d for d in days if d and not within[0] <= date.fromisoformat(d) <= within[1]), "")
