"""The page of a task: what is asked of one unit, what decides it, how far it is, what comes next, who did what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tenfold.foundation.calendar import today
from tenfold.foundation.declare import house
from tenfold.foundation.organisations import queries as organisations
from tenfold.foundation.organisations.models import SCHOOLS
from tenfold.foundation.scope import require
from tenfold.foundation.ui.words import listed

from .. import policy, telling
from ..models import Assignment, Material, MaterialState
from ..queries import handling
from . import acts, nextstep


@dataclass(frozen=True)
class Party:
    """Who has which part: 牵头单位 and the units' names to the character."""

    part: str
    units: str


def task_page(row: Assignment, tried: acts.Act | str = "", problem: str = "") -> dict[str, Any]:
    """The template's words. ``tried``: an act whose form is asked for, or shown again with what was wrong."""
    lit, steps, materials = handling.lit_of(row), handling.steps_of(row), handling.materials_of(row)
    course, may = handling.course_of(steps), policy.may(require(), row)
    running = row.until is None and row.task.ended_on is None
    offered = acts.offered(row, lit, course, may, materials, tried) if running else []
    return {
        "row": row,
        "task": row.task,
        "lit": lit,
        "word": telling.word(lit) if lit else "",
        "reason": telling.reason(lit) if lit else "",
        "criterion": told_criterion(row),
        "figure": telling.figure(lit) if lit else None,
        "wanted": telling.wanted(lit) if lit else "",
        "source": lit.answer.source if lit and lit.answer.source[1] else None,
        "next": nextstep.told(row, lit, course, materials) if running else "",
        "due": row.due or row.task.due,
        "extended": bool(lit and lit.extended),
        "parties": _parties(row),
        "handler": handling.handler_of(row),
        "steps": steps,
        "materials": [(material, _sign(material)) for material in materials],
        "course": course,
        "held": handling.held_by(row.task.programme, row.organisation_id) if row.organisation.kind in SCHOOLS else None,
        "acts": offered,
        "problem": problem,
        "ended": _ended(row),
        "today": today(),
        "crumbs": _crumbs(row),
    }


def material_page(row: Material) -> dict[str, Any]:
    """The template's words of a record: what was handed in, by whom, from which file, who decided of it."""
    owed = row.assignment
    address = reverse("programme:task", args=[owed.pk])
    return {
        "row": row,
        "sign": _sign(row),
        "task": owed.task,
        "part": owed.get_part_display(),
        "criterion": told_criterion(owed),
        "crumbs": [
            *_crumbs(owed)[:-1],
            (owed.task.name, address),
            (_("Material"), ""),
        ],
    }


def told_criterion(row: Assignment) -> str:
    """What counts as done, in words."""
    criterion = house().criteria.get(str(row.task.criterion.get("code", "programme.material")))
    return str(criterion.told(row.task.criterion)) if criterion else _("What counts as done is not told.")


def _parties(row: Assignment) -> list[Party]:
    found = row.task.parties
    words = (("lead", _("Leading unit")), ("responsible", _("Responsible unit")), ("supporting", _("Supporting unit")))
    return [Party(word, listed(found[key])) for key, word in words if found.get(key)]


SIGNS = {MaterialState.SUBMITTED: "attention", MaterialState.CONFIRMED: "done", MaterialState.RETURNED: "late"}


def _sign(material: Material) -> str:
    return SIGNS[MaterialState(material.state)]


def _ended(row: Assignment) -> date | None:
    return row.until or row.task.ended_on


def _crumbs(row: Assignment) -> list[tuple[str, str]]:
    context, found = require(), []
    place = row.organisation
    for depth, card in enumerate(organisations.trail(place), 1):
        inside = context.reaches(place.path[: depth * organisations.STEP])
        found.append((card.name, f"{reverse('programme:tasks')}?unit={card.code}" if inside else ""))
    return [*found[:-1], (found[-1][0], found[-1][1]), (_("Task %(number)s") % {"number": row.task.number}, "")]
