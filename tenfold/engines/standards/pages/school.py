"""One school's own row, and what its repair would do to every spread and to the county's result. Nothing is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tenfold.foundation.organisations.models import Kind, Organisation
from tenfold.foundation.ui.figures import Figure
from tenfold.foundation.ui.numbers import apart, written
from tenfold.pure.balance import Resource, Row, Stage, with_repair

from .. import queries
from ..words import SIGNS, STAGES, amount, footnote, short, state_word, told, unit_of, verdict_word
from .asked import Asked, count, crumbs, need, over_limit

LARGEST = Fraction(10**9)


@dataclass(frozen=True)
class Line:
    """One resource of one part: asked, there, its state, what is missing of the part and of the whole school."""

    title: str
    unit: str
    asked: Figure
    figure: Figure
    sign: str
    word: str
    part: Figure | None
    school: Figure | None
    after: Figure | None


@dataclass(frozen=True)
class PartOfSchool:
    """A stage of the school held against the seven."""

    stage: str
    sign: str
    word: str
    lines: tuple[Line, ...]
    needs: tuple[tuple[str, Figure], ...]


@dataclass(frozen=True)
class Effect:
    """What the repair does to one spread: before, after, against the limit."""

    title: str
    before: Figure
    after: Figure
    sign: str
    word: str


def school_page(asked: Asked, school: Organisation, sent: Mapping[str, str]) -> dict[str, Any]:
    """The template's words. ``asked.place`` is the county where she reaches it, else the school itself."""
    held = queries.assessed(asked.place, asked.period, asked.standard.code)
    rows = {
        code: row
        for code, stage in held.assessment.stages.items()
        for row in stage.rows
        if row.code in held.schools and held.schools[row.code].code == school.code
    }
    given = _given(asked, tuple(rows))
    adds, faults = _adds(given, sent)
    if not sent.get("try"):
        adds = _proposed(rows, given)
    tried = bool(sent.get("try")) and not faults
    after = {
        code: with_repair(held.assessment.stages[code], {row.code: _of_stage(adds, given, code)}) if tried else None
        for code, row in rows.items()
    }
    county = asked.place.kind == Kind.COUNTY
    return {
        "asked": asked,
        "school": school,
        "county": asked.place if county else None,
        "parts": [_part(asked, school.code, code, row, _row_after(after[code], row)) for code, row in rows.items()],
        "fields": _fields(given, adds, sent, faults),
        "tried": tried,
        "effects": [
            _effect(asked, code, held.assessment.stages[code], changed)
            for code, changed in after.items()
            if changed is not None and county
        ],
        "footnote": footnote(asked.standard),
        "crumbs": crumbs(asked, (_("Self-assessment"), asked.url), (school.name, "")),
    }


def _row_after(stage: Stage | None, row: Row) -> Row | None:
    return next((r for r in stage.rows if r.code == row.code), None) if stage else None


@dataclass(frozen=True)
class Given:
    """What may be added in a trial: of a resource to the undivided school, or to one of its stages ('' for all)."""

    resource: Resource
    stage: str = ""

    @property
    def name(self) -> str:
        """The control's name."""
        return f"{self.resource.code}.{self.stage}" if self.stage else self.resource.code

    @property
    def label(self) -> str:
        """The control's label."""
        return f"{STAGES[self.stage]}{short(self.resource)}" if self.stage else short(self.resource)


def _given(asked: Asked, stages: tuple[str, ...]) -> list[Given]:
    """One control a resource; where a school has several stages, teachers are given to the stage that they teach."""
    several = stages if len(stages) > 1 else ("",)
    return [Given(r, stage) for r in asked.standard.resources for stage in (("",) if r.shared else several)]


def _proposed(rows: Mapping[str, Row], given: Sequence[Given]) -> dict[str, Fraction]:
    """What lets the school pass in all its stages: of what is held undivided, the largest need serves all."""
    needs = [(stage, n) for stage, row in rows.items() for n in row.least]
    found = {}
    for one in given:
        wanted = [n.school for stage, n in needs if n.resource == one.resource and one.stage in ("", stage)]
        if wanted:
            found[one.name] = max(wanted)
    return found


def _of_stage(adds: Mapping[str, Fraction], given: Sequence[Given], stage: str) -> dict[str, Fraction]:
    """What of it reaches a stage, by resource."""
    return {g.resource.code: adds[g.name] for g in given if g.name in adds and g.stage in ("", stage)}


def _factor(resource: Resource) -> int:
    return 10_000 if resource.unit == "元" else 1


def _adds(given: Sequence[Given], sent: Mapping[str, str]) -> tuple[dict[str, Fraction], dict[str, str]]:
    """What is to be added, as it was sent, and what is wrong with it, by the names of the controls."""
    found: dict[str, Fraction] = {}
    faults: dict[str, str] = {}
    for one in given:
        text = sent.get(one.name, "").strip()
        if not text:
            continue
        try:
            value = Fraction(Decimal(text.replace(",", "").replace("，", ""))) * _factor(one.resource)
        except (InvalidOperation, ValueError, OverflowError):
            faults[one.name] = _("Write a number, such as 12.")
            continue
        if not 0 <= value <= LARGEST:
            faults[one.name] = _("Write a number from 0 upwards.")
        elif one.resource.whole and value.denominator != 1:
            faults[one.name] = _("Write a whole number.")
        else:
            found[one.name] = value
    return found, faults


def _fields(
    given: Sequence[Given], adds: Mapping[str, Fraction], sent: Mapping[str, str], faults: Mapping[str, str]
) -> list[tuple[str, str, str, str, str]]:
    """Name, label, unit, value and fault of each control of the small form."""
    found = []
    for one in given:
        value = adds.get(one.name)
        text = sent.get(one.name, "")[:20] if sent.get("try") else ""
        if not text and value:
            text = written(value / _factor(one.resource), 1 if _factor(one.resource) > 1 else 0).replace(",", "")
        unit = amount(one.resource.code, Fraction(0), one.resource.unit)[1]
        found.append((one.name, one.label, unit, text, faults.get(one.name, "")))
    return found


def _part(asked: Asked, code: str, stage: str, row: Row, after: Row | None) -> PartOfSchool:
    asked = asked.at(stage=stage)
    sign, word = verdict_word(row.passes)
    full = {n.resource.code: n for n in row.full}
    items = row.verdict.items if row.verdict else ()
    lines = []
    for item in items:
        resource, gap = item.resource, full.get(item.resource.code)
        mark = SIGNS[item.state]
        lines.append(
            Line(
                told(resource),
                unit_of(resource),
                Figure(item.threshold, decimals=0 if item.threshold >= 100 else 1),
                asked.resource(resource, item.value, code, mark if mark in ("attention", "late") else ""),
                mark,
                state_word(item.state),
                need(resource, gap.part) if gap else None,
                need(resource, gap.school) if gap and gap.school != gap.part else None,
                _bare(asked, resource, after) if after else None,
            )
        )
    needs = tuple((short(n.resource), need(n.resource, n.school)) for n in row.least)
    return PartOfSchool(str(STAGES[stage]), sign, word, tuple(lines), needs)


def _bare(asked: Asked, resource: Resource, after: Row) -> Figure:
    """The value after the repair: a trial, so nothing stands behind it."""
    value, decimals = after.part.value(resource), 0 if resource.unit == "元" else 2
    return Figure(value, decimals=decimals if value is None else apart(value, asked.limits(resource), decimals))


def _effect(asked: Asked, code: str, before: Stage, after: Stage) -> dict[str, Any]:
    """Each spread before and after, and how many schools pass."""
    asked = asked.at(stage=code)
    effects = []
    for resource in asked.standard.resources:
        old, new = before.spreads[resource.code].value, after.spreads[resource.code].value
        within = after.within(resource.code)
        effects.append(
            Effect(
                short(resource),
                asked.spread(resource, old, "late" if before.within(resource.code) is False else ""),
                Figure(new, decimals=3, state="late" if within is False else "", **over_limit(asked)),
                "late" if within is False else "done" if within else "unknown",
                _("Over the limit") if within is False else _("Keeps to it") if within else pgettext("spread", "Open"),
            )
        )
    schools = _("schools")
    return {
        "stage": str(STAGES[code]),
        "limit": Figure(before.limit, decimals=2),
        "rows": effects,
        "passing": count(before.schools(True), schools),
        "passing_after": count(after.schools(True), schools),
        "total": count(len(before.rows), schools),
        "result": verdict_word(before.passes),
        "result_after": verdict_word(after.passes),
    }
