"""The self-assessment as an Excel file: schools by stage, spreads, what is missing, the further items."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tenfold.engines.indicators.pages.workbook import Sheet, workbook
from tenfold.foundation.calendar import Period
from tenfold.pure.balance import Stage

from .. import queries
from ..queries import Held, Item
from ..telling import number
from ..words import PARTS, STAGES, UNITS, footnote, short, state_word, told, unit_of, verdict_word
from .asked import Asked
from .city import judged
from .items import clause_word, item_word


def county_workbook(asked: Asked) -> bytes:
    """All stages of a place, and the county's further items."""
    held = queries.assessed(asked.place, asked.period, asked.standard.code)
    items = queries.items_of(held, queries.entries(asked.place, asked.period, asked.standard.code))
    notes = _notes(asked)
    schools, resources = _("Schools"), _("Resources")
    sheets = []
    for code, stage in held.assessment.stages.items():
        word = str(STAGES[code])
        sheets.append(Sheet(f"{schools} {word}", notes, _headings(held), _schools(held, stage)))
        sheets.append(Sheet(f"{resources} {word}", notes, _resource_headings(), _resources(held, stage)))
    sheets.append(Sheet(_("Items"), notes, _item_headings(), _items(items)))
    return workbook(sheets)


def _notes(asked: Asked) -> list[str]:
    return [
        f"{asked.place.name} {Period.parse(asked.period).title}",
        f"{asked.standard.document} {told(asked.standard)}",
        footnote(asked.standard),
    ]


def city_workbook(asked: Asked) -> bytes:
    """The counties of a city or province side by side, in the order of the tree."""
    found = list(judged(asked))
    headings = [_("County"), _("County code"), _("Schools without a return")]
    for code in asked.standard.stages:
        word = str(STAGES[code])
        headings += [_("%(stage)s: schools that reach it") % {"stage": word}, _("%(stage)s: schools") % {"stage": word}]
        headings += [f"{word} {short(r)} {_('Spread')}" for r in asked.standard.resources]
        headings += [_("%(stage)s: composite spread") % {"stage": word}] if asked.standard.composite else []
    headings += [_("Items not met"), _("Items to be filled"), _("Local finding")]
    rows = [_county(held, items) for held, items in found]
    return workbook([Sheet(_("Counties"), _notes(asked), headings, rows)])


def _county(held: Held, items: dict[str, Item]) -> list[Any]:
    line: list[Any] = [held.place.name, held.place.code, held.silent]
    for code in held.standard.stages:
        stage = held.assessment.stages.get(code)
        passing = stage.schools(True) if stage and held.standard.judges else None
        line += [passing, len(stage.rows) if stage else 0]
        line += [number(stage.spreads[r.code].value) if stage else None for r in held.standard.resources]
        line += [number(stage.composite[0]) if stage else None] if held.standard.composite else []
    states = [item.state for item in items.values()]
    return [*line, states.count("failed"), states.count("open"), verdict_word(queries.result(held, items))[1]]


def _headings(held: Held) -> list[str]:
    found = [_("School"), _("School code"), _("Township"), _("Pupils"), _("Finding")]
    state, lacks, undivided, least = (
        _("State"), _("Lacks to the standard"), _("Undivided school"), _("Least to pass"),
    )  # fmt: skip
    for r in held.standard.resources:
        found += [f"{short(r)} {unit_of(r)}", f"{short(r)} {state}"]
    for r in held.standard.resources:
        unit = str(UNITS.get(r.unit, r.unit))
        found += [f"{short(r)} {word} {unit}" for word in (lacks, undivided, least)]
    return found


def _schools(held: Held, stage: Stage) -> Iterator[list[Any]]:
    for row in stage.rows:
        card = held.schools.get(row.code)
        if card is None:
            continue
        states = {i.resource.code: i.state for i in row.verdict.items} if row.verdict else {}
        full, least = ({n.resource.code: n for n in needs} for needs in (row.full, row.least))
        line: list[Any] = [
            card.name, card.code, card.township, number(row.part.pupils),
            verdict_word(row.passes)[1] if held.standard.judges else "",
        ]  # fmt: skip
        for r in held.standard.resources:
            state = states.get(r.code)
            line += [number(row.part.value(r)), state_word(state) if state else ""]
        for r in held.standard.resources:
            gap, few = full.get(r.code), least.get(r.code)
            line += [
                number(gap.part) if gap else None,
                number(gap.school) if gap else None,
                number(few.school) if few else None,
            ]
        yield line


def _resource_headings() -> list[str]:
    return [
        _("Resource"), _("Unit"), _("Standard"), _("Mean of the county"), _("Below the standard"),
        _("Below 85 per cent"), _("Unknown"), _("Spread"), _("Limit"), _("Finding"), _("Lacking unit"),
        _("Least to pass, parts"), _("Least to pass, undivided schools"), _("To the standard, parts"),
        _("To the standard, undivided schools"),
    ]  # fmt: skip


def _resources(held: Held, stage: Stage) -> Iterator[list[Any]]:
    least, full = ({m.resource.code: m for m in stage.missing(kind)} for kind in ("least", "full"))
    for r in held.standard.resources:
        spread, few, gap = stage.spreads[r.code], least.get(r.code), full.get(r.code)
        within = stage.within(r.code)
        word = pgettext("spread", "Open") if within is None else _("Keeps to it") if within else _("Over the limit")
        yield [
            told(r), unit_of(r), number(r.threshold.get(stage.stage)), number(stage.mean(r)), stage.missed(r.code),
            stage.states(r.code, "below"), spread.missing, number(spread.value), number(stage.limit),
            "" if held.standard.composite else word, str(UNITS.get(r.unit, r.unit)),
            number(few.part) if few else 0, number(few.school) if few else 0,
            number(gap.part) if gap else 0, number(gap.school) if gap else 0,
        ]  # fmt: skip


def _item_headings() -> list[str]:
    return [
        _("Part"), _("Number"), pgettext("of a standard", "Item"), _("State"), _("What the return says"), _("Value"),
        _("Asked"), _("Schools counted"), _("Schools missing"), _("Entered value"), _("Confirmed by"), _("Remark"),
    ]  # fmt: skip


def _items(items: dict[str, Item]) -> Iterator[list[Any]]:
    for item in items.values():
        entry = item.entry
        head = [str(PARTS[item.demand.part]), item.demand.number, told(item.demand), item_word(item)[1]]
        tail = [
            number(entry.value) if entry and entry.value is not None else None,
            entry.confirmed_name if entry else "",
            entry.remark if entry else "",
        ]
        if not item.clauses:
            yield [*head, "", None, None, None, None, *tail]
        for clause in item.clauses:
            said = clause_word(item, clause) or told(item.demand)
            yield [*head, said, number(clause.value), number(clause.asked), clause.counted, clause.missing, *tail]
