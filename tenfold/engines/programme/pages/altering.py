"""From what the forms send to entries of the programme: a measure, a target, a task made, altered or ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tenfold.foundation.declare import house
from tenfold.foundation.organisations.models import Organisation, under
from tenfold.foundation.ui.figures import Figure

from .. import queries, services
from ..content import Difference, Entries, number_text
from ..forms_plan import MeasureForm, TargetForm, TaskForm
from ..models import Change, Measure, Programme, Target, Task
from ..parties import Directory
from ..queries.standing import measure_entry, target_entry, task_entry
from ..queries.wording import KINDS, Altered, altered, said
from ..services.checks import hand_fault, unsaved_target
from ..services.sharing import KINDS as LEVEL_KINDS
from ..services.sharing import ShareFault, counts, shares
from ..tables.planning import next_number
from ..tables.units import units

FORMS: dict[str, Any] = {"measure": MeasureForm, "target": TargetForm, "task": TaskForm}


@dataclass(frozen=True)
class Entry:
    """An entry that is altered, or made below a measure (``number`` '' then)."""

    row: Programme
    kind: str
    number: str
    measure: str
    before: Mapping[str, Any] | None


@dataclass(frozen=True)
class Line:
    """A line of the history of an entry."""

    change: Change
    kind: str
    name: str
    altered: tuple[Altered, ...]


def entry_of(row: Measure | Target | Task) -> Entry:
    """The entry of a stored row."""
    if isinstance(row, Measure):
        return Entry(row.programme, "measure", row.number, row.number, measure_entry(row))
    kind, told = ("target", target_entry(row)) if isinstance(row, Target) else ("task", task_entry(row))
    return Entry(row.measure.programme, kind, row.number, row.measure.number, told)  # type: ignore[union-attr]


def form_of(entry: Entry, sent: Any = None) -> Any:
    """The form of an entry."""
    found = queries.programme(entry.row)
    return FORMS[entry.kind](sent, entry=entry.before, actions=[(a.number, a.title) for a in found.actions])


def page_of(entry: Entry, form: Any, problem: str = "") -> dict[str, Any]:
    """The page of one entry: its form, what was changed of it by whom."""
    context: dict[str, Any] = {
        "entry": entry, "form": form, "problem": problem, "kind": KINDS[entry.kind], "programme": entry.row,
        "history": history(Change.objects.filter(programme=entry.row, kind=entry.kind, key=entry.number))
        if entry.number else [],
    }  # fmt: skip
    if entry.kind == "target":
        context["shared"] = shared(entry, form)
    if entry.kind == "task":
        context["named"] = _named(Directory(entry.row.organisation))
    return context


def _named(directory: Directory) -> list[str]:
    near = [each.name for each in directory.all if each.kind in ("office", "county", "township")]
    return [group.words[0] for group in directory.groups] + list(dict.fromkeys(near))


def history(changes: Iterable[Change]) -> list[Line]:
    """Changes in words, the newest first."""
    rows = list(changes.order_by("-pk")[:40])  # type: ignore[attr-defined]
    return [_line(each) for each in rows]


def _line(change: Change) -> Line:
    told = Difference(change.kind, change.key, change.before, change.after)
    fields = tuple(altered(told)) if told.change == "altered" else ()
    return Line(change, str(KINDS.get(change.kind, change.kind)), told.name, fields)


def save(entry: Entry, form: Any, sent: Any) -> None:
    """Write what a valid form says. Raises ``PlanFault`` in words."""
    data = form.cleaned_data
    made = {"measure": _measure, "target": _target, "task": _task}[entry.kind](entry, data, sent)
    number = entry.number or _fresh(entry, data)
    services.alter(entry.row, {(entry.kind, number): made}, source=data["source"] or _("altered on the page"))


def end(entry: Entry, source: str) -> None:
    """End an entry; a measure with all that stands below it."""
    gone: Entries = {(entry.kind, entry.number): {}}
    if entry.kind == "measure":
        below = queries.entries(entry.row).items()
        gone |= {key: {} for key, told in below if key[0] in ("target", "task") and told["measure"] == entry.number}
    services.alter(entry.row, dict.fromkeys(gone), source=source or _("altered on the page"))


def _fresh(entry: Entry, data: Mapping[str, Any]) -> str:
    """A number that was never given."""
    row = entry.row
    if entry.kind == "measure":
        threads = [t.number for a in queries.programme(row).actions for t in a.threads]
        return next_number(str(data["action"]), [*threads, *row.measures.values_list("number", flat=True)])
    if entry.kind == "task":
        return next_number(entry.measure, row.tasks.values_list("number", flat=True))
    numbers = Target.objects.filter(measure__programme=row).values_list("number", flat=True)
    tails = [int(n.rpartition("/")[2]) for n in numbers if n.rpartition("/")[0] == entry.measure]
    return f"{entry.measure}/{max(tails, default=0) + 1}"


def _measure(entry: Entry, data: Mapping[str, Any], sent: Any) -> dict[str, Any]:
    before = entry.before or {"thread": "", "gloss": ""}
    same = {name: data[name] for name in ("name", "lowest")}
    return {**before, "action": entry.before["action"] if entry.before else int(data["action"]), **same}


def _task(entry: Entry, data: Mapping[str, Any], sent: Any) -> dict[str, Any]:
    before = entry.before or {"gloss": "", "cells": {}}
    directory = Directory(entry.row.organisation)
    told: set[str] = set()
    parties = {}
    for part in ("lead", "responsible", "supporting"):
        names = [unit.text for unit in units(data[part], directory.known) if unit.text not in told]
        told |= set(names)
        parties[part] = names
    days = {name: data[name].isoformat() if data[name] else "" for name in ("begins", "due")}
    return {
        **before, "measure": entry.measure, "name": data["name"], **parties, "leader": data["leader"], **days,
        "gloss": before["gloss"] if entry.before and entry.before["name"] == data["name"] else "",
        "due_text": data["due_text"], "criterion": data["criterion"], "after": data["after"],
    }  # fmt: skip


def _target(entry: Entry, data: Mapping[str, Any], sent: Any) -> dict[str, Any]:
    code, _blank, split = data["counted"].partition(" ")
    return {
        "measure": entry.measure, "indicator": code, "split": split, "value": number_text(data["value"]),
        "at": data["at"], "by": data["by"].isoformat(), "rule": data["rule"], "level": data["level"],
        "hand": dict(sorted(_hand(sent).items())),
    }  # fmt: skip


def _hand(sent: Any) -> dict[str, str]:
    """Values set by hand: fields named ``hand-<code>``; what is empty is shared out by rule."""
    found = {}
    for name, value in sent.items():
        text = value.strip()
        if name.startswith("hand-") and text:
            try:
                found[name.removeprefix("hand-")] = number_text(Decimal(text))
            except (ArithmeticError, ValueError) as fault:
                raise services.PlanFault(_("“%s” is no number") % text[:20]) from fault
    return found


def shared(entry: Entry, form: Any) -> dict[str, Any]:
    """The counties with what each is to reach, the sum, and what is wrong with it, as the form stands now."""
    place = entry.row.organisation
    kinds = LEVEL_KINDS["county"]
    here = list(Organisation.objects.filter(under(place.path), closed_on=None, kind__in=kinds).order_by("path"))
    told: dict[str, Any] = dict(entry.before) if entry.before else {}
    problem = ""
    if form.is_bound:
        try:
            told = _target(entry, form.cleaned_data, form.data) if form.is_valid() else {}
        except services.PlanFault as fault:
            told, problem = {}, str(fault)
    by_code = {each.code: each.name for each in here}
    hand = told.get("hand") or {}
    sent = {code: form.data.get(f"hand-{code}", "") for code in by_code} if form.is_bound else {}
    rows = [(e, sent.get(e.code, hand.get(e.code, hand.get(e.name, ""))), None) for e in here]
    if not told or told["indicator"] not in house().indicators or told["level"] == "city":
        return {"rows": rows, "problem": problem, "sum": None}
    problem = problem or hand_fault(told, place)
    try:
        values, _set = shares(unsaved_target(told, place), here)
    except ShareFault as fault:
        return {"rows": rows, "problem": str(fault), "sum": None}
    indicator = house().indicators[told["indicator"]]
    figures = {pk: Figure(value, str(indicator.unit), decimals=indicator.decimals) for pk, value in values.items()}
    total = sum(values.values(), Decimal(0)) if counts(told["indicator"]) else None
    return {
        "rows": [(e, typed, figures.get(e.pk)) for e, typed, _none in rows], "problem": problem,
        "sum": Figure(total, str(indicator.unit), decimals=indicator.decimals) if total is not None else None,
    }  # fmt: skip


def _told(target: Target) -> tuple[Target, str]:
    entry = {"code": "programme.indicator", "indicator": target.indicator, "split": target.split, "at": target.at}
    gone = target.indicator not in house().indicators
    return target, target.indicator if gone else said("criterion", {**entry, "value": number_text(target.value)})


def plan(row: Programme) -> list[tuple[Any, list[tuple[Measure, list[tuple[Target, str]], list[Task]]]]]:
    """Actions with their measures, targets and tasks that run."""
    measures = list(Measure.objects.filter(programme=row, ended_on=None))
    targets = list(Target.objects.filter(measure__in=measures, ended_on=None))
    tasks = list(Task.objects.filter(measure__in=measures, ended_on=None))
    return [
        (action, [
            (m, [_told(t) for t in targets if t.measure_id == m.pk], [t for t in tasks if t.measure_id == m.pk])
            for m in measures if m.action == action.number
        ])
        for action in queries.programme(row).actions
    ]  # fmt: skip
