"""The pages of a task table on its way: what was understood, what waits for a decision, what applying would do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.organisations.models import Kind, Organisation
from tenfold.foundation.scope import require

from .. import queries, services
from ..content import Difference
from ..models import DraftState, Part, Programme, TableDraft
from ..queries.drafts import Understood, understood_draft
from ..queries.wording import KINDS, Altered, altered
from ..rules import rules
from ..tables.terms import term
from ..tables.understood import CellRead, RowRead

SHOWN = 200
"""Entries of the differences on the page at most."""

COLUMNS: dict[str, Any] = {
    "task": _("Task"), "action": _("Action"), "measure": _("Measure"), "lead": _("Leading unit"),
    "responsible": _("Responsible unit"), "supporting": _("Supporting unit"), "leader": _("leader in charge"),
    "due": _("term"), "begins": _("begin"), "what": _("what counts as done"), "number": _("Number"),
    "aim": _("Aim in figures"), "person": _("Contact"), "progress": _("How far it is"), "remark": _("Remark"),
}  # fmt: skip
"""What a heading may mean; the last ones are kept as they are."""

REASONS: dict[str, Any] = {
    "title": _("title"), "heading": _("heading"), "section": _("heading of a section"), "note": _("note"),
    "total": _("sum"), "numbering": _("numbers of the columns"), "no_table": _("hidden sheet or no task table"),
    "line": _("line of text"),
}  # fmt: skip


@dataclass(frozen=True)
class Doubt:
    """A cell that waits for a decision. ``as_day``: a day is asked for."""

    place: str
    row: str
    told: str
    cell: CellRead
    task: str
    as_day: bool


@dataclass(frozen=True)
class Group:
    """Entries that would be new, altered or ended: how many of a kind, and the entries."""

    change: str
    counts: tuple[tuple[str, int], ...]
    entries: tuple[tuple[str, str, str, tuple[Altered, ...]], ...]
    more: int


def list_page(form: Any) -> dict[str, Any]:
    """Where a table is brought, and those that were."""
    return {"form": form, "drafts": queries.drafts(), "programme": queries.in_force()}


def targets(place: Organisation | None) -> list[tuple[str, Any]]:
    """What a table may become: a part of the programme in force, or a programme of its own."""
    row = queries.in_force()
    if row is None or place is None or not require().reaches(row.organisation.path):
        return []
    return [("in_force", _("Tasks of “%(name)s”") % {"name": row.name}), ("own", _("A programme of its own year"))]


def draft_page(draft: TableDraft, problem: str = "", reason: str = "") -> dict[str, Any]:
    """A table as it is understood now."""
    found = understood_draft(draft)
    seen = services.preview_table(found) if found.rows else None
    read = found.read
    actions: dict[str, list[RowRead]] = {}
    for row in found.rows:
        actions.setdefault(row.action.name, []).append(row)
    return {
        "draft": draft, "found": found, "seen": seen, "problem": problem, "reason": reason, "open": found.open,
        "is_open": draft.state == DraftState.OPEN, "doubts": list(_doubts(found)), "units": _units(found),
        "settled": list(_settled(found)), "skipped": [r for r in read.rows if str(r.place) in found.settled.skips],
        "headings": _headings(found), "columns": COLUMNS, "actions": actions, "places": _places(found),
        "passed": [(read.told(p.place), REASONS.get(p.reason, p.reason), p.text) for p in read.passed],
        "groups": _groups(seen.differences) if seen else (), "cap": rules().cap,
        "owed": [(part.label, seen.owed.get(part.value, 0)) for part in Part] if seen else [],
        "owed_all": sum(seen.owed.values()) if seen else 0,
        "over": seen.over if seen else (), "standing": found.standing, "others": _others(found.standing),
        "named": _named(found), "rest": _rest(found),
    }  # fmt: skip


def _others(standing: Programme | None) -> Programme | None:
    """The programme in force that would no longer be it."""
    row = queries.in_force()
    return row if row and (standing is None or row.pk != standing.pk) else None


def _rest(found: Understood) -> int:
    """How many tasks stand that the table does not name."""
    if found.stands is None:
        return 0
    numbers = {task.number for a in found.stands.actions for m in a.measures for task in m.tasks}
    return len(numbers - set(found.planning.rows))


def _doubts(found: Understood) -> Iterable[Doubt]:
    for row, cell in found.doubts:
        yield Doubt(
            str(cell.place),
            str(row.place),
            found.read.told(cell.place),
            cell,
            row.name,
            cell.field in ("due", "begins"),
        )


def _units(found: Understood) -> list[tuple[Any, str, str]]:
    told = []
    for unit in found.unknown:
        places = [found.read.told(place) for place in unit.places]
        told.append((unit, places[0], "；".join(places[1:])))
    return told


def _settled(found: Understood) -> Iterable[tuple[str, str, str, str]]:
    """Decisions made: (what to send to take it back, place, the cell's text, what it means; '' for: as words)."""
    cells = {str(cell.place): cell for row in found.read.rows for cell in row.cells}
    for place, fix in found.settled.fixes.items():
        if place in cells:
            told = found.read.told(cells[place].place)
            yield place, told, cells[place].text, "" if fix.get("keep") else str(fix.get("as", ""))
    for text, meant in found.settled.units.items():
        yield f"unit:{text}", "", text, meant


def _headings(found: Understood) -> list[tuple[str, str, str]]:
    """Headings that were not understood: where, the text, the field that a person gave it."""
    rows = {text: found.read.told(place) for place, text in found.read.other}
    told = [(where, text, found.settled.headings.get(text, "")) for text, where in rows.items()]
    return told + [("", text, field) for text, field in found.settled.headings.items() if text not in rows]


def _places(found: Understood) -> Mapping[str, str]:
    return {str(row.place): found.read.told(row.place) for row in found.read.rows}


def _named(found: Understood) -> list[str]:
    """Names that a unit may be given: groups, offices, counties."""
    names = [group.words[0] for group in found.directory.groups]
    near = (Kind.OFFICE, Kind.COUNTY, Kind.TOWNSHIP)
    return [*names, *dict.fromkeys(each.name for each in found.directory.all if each.kind in near)]


def _groups(differences: Sequence[Difference]) -> tuple[Group, ...]:
    found = []
    for change in ("ended", "altered", "new"):
        here = [each for each in differences if each.change == change and each.kind != "programme"]
        counts = tuple((str(word), n) for kind, word in KINDS.items() if (n := sum(each.kind == kind for each in here)))
        told = [each for each in here if each.change != "altered" or list(altered(each))]
        entries = tuple((str(KINDS[e.kind]), e.key, e.name, tuple(altered(e))) for e in told[:SHOWN])
        if here:
            found.append(Group(change, counts, entries if change != "new" else (), max(len(told) - SHOWN, 0)))
    return tuple(found)


def settle(draft: TableDraft, sent: Any) -> str:
    """One decision that was sent; returns in words why it was not understood, '' where it was."""
    act, place, text = sent.get("act", ""), sent.get("place", ""), sent.get("text", "").strip()
    if act == "fix":
        if not text:
            return str(_("Write what the cell is to mean."))
        year = understood_draft(draft).read.year
        if sent.get("field") == "due" and term(text, year).due is None and term(text, year).kind == "unknown":
            return str(_("“%(text)s” is no term. Write a day, as 2023-06-30.") % {"text": text})
        services.settle_table(draft, services.with_fix(place, {"as": text}))
    elif act == "keep":
        services.settle_table(draft, services.with_fix(place, {"keep": True}))
    elif act == "back" and place.startswith("unit:"):
        services.settle_table(draft, services.with_unit(place.removeprefix("unit:"), None))
    elif act == "back":
        services.settle_table(draft, services.with_fix(place, None))
    elif act in ("skip", "take"):
        services.settle_table(draft, services.with_row(place, taken=act == "take"))
    elif act == "unit":
        return _unit(draft, sent.get("unit", ""), text)
    elif act == "heading" and (text in COLUMNS or not text):
        services.settle_table(draft, services.with_heading(sent.get("heading", ""), text))
    elif act == "rest":
        services.settle_table(draft, lambda held: held, ends_rest=sent.get("rest") == "end")
    else:
        return str(_("Choose what is to be done."))
    return ""


def _unit(draft: TableDraft, unit: str, meant: str) -> str:
    if meant and not understood_draft(draft).directory.known(meant):
        return str(_("“%(text)s” is no unit of this house either.") % {"text": meant})
    services.settle_table(draft, services.with_unit(unit, meant))
    return ""
