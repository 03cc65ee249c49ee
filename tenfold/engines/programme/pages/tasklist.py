"""督办: the list of what is owed, mine, my unit's, or all that I supervise; the late ones first; its Excel file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenfold.engines.indicators.pages.workbook import Sheet, workbook
from tenfold.foundation.calendar import today
from tenfold.foundation.organisations.models import SCHOOLS, Organisation
from tenfold.foundation.scope import require
from tenfold.foundation.ui import words
from tenfold.foundation.ui.words import state_word

from .. import queries, telling
from ..models import Part, Programme
from ..queries import handling
from ..queries.handling import Course
from ..queries.lights import Lit
from ..rights import SET_TASKS

SIZE = 50
STATES = ("late", "attention", "unknown", "on_track", "done")
COURSE = {
    "open": gettext_lazy("not accepted"),
    "accepted": gettext_lazy("accepted"),
    "responded": gettext_lazy("has responded"),
    "asked": gettext_lazy("asks for an extension"),
    "concluded": gettext_lazy("concluded"),
}
"""How far the handling is, as a list says it."""


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    lit: Lit
    course: Course

    @property
    def reason(self) -> str:
        """Why it has its light."""
        return telling.reason(self.lit)

    @property
    def word(self) -> str:
        """The word of its state."""
        return telling.word(self.lit)

    @property
    def part(self) -> str:
        """牵头单位 or 责任单位."""
        return str(Part(self.lit.part).label)

    @property
    def handled(self) -> str:
        """How far the handling is."""
        return str(COURSE[self.course.state])


class Asked:
    """What the address asks for: whose, of which action, state, unit."""

    def __init__(self, sent: Mapping[str, str], programme: Programme) -> None:
        self.programme, self.context = programme, require()
        self.action, self.state = sent.get("action", ""), sent.get("state", "")
        self.unit, self.page = sent.get("unit", ""), sent.get("page")
        self.whose = sent.get("whose", "")
        if self.whose not in ("mine", "unit", "all"):
            self.whose = "all" if self.unit or self.context.may(SET_TASKS) else "unit"

    @cached_property
    def within(self) -> list[Lit]:
        """All within the scope and, of those, whose are asked for."""
        found: Iterable[Lit] = queries.lights(self.programme)
        if self.whose == "mine":
            own = handling.handled_by(self.context.person, self.programme)
            return [each for each in found if each.assignment in own]
        if self.whose == "unit" and not self.context.everywhere:
            return [each for each in found if each.organisation == self.context.organisation]
        return list(found)

    @cached_property
    def place(self) -> Organisation | None:
        """The unit that is named, where it is reached."""
        return Organisation.objects.filter(code=self.unit).first() if self.unit else None

    @cached_property
    def chosen(self) -> list[Lit]:
        """Those that fit, the late ones first."""
        found = self.within
        if self.unit:
            path = self.place.path if self.place else "-"
            found = [each for each in found if each.path.startswith(path)]
        if self.action:
            found = [each for each in found if str(each.action or "") == self.action]
        if self.state in STATES:
            found = [each for each in found if each.state == self.state]
        return handling.in_order(found)

    def url(self, name: str = "programme:tasks", **changed: str) -> str:
        """The address with some of it changed."""
        now = {"whose": self.whose, "action": self.action, "state": self.state, "unit": self.unit}
        query = {key: value for key, value in (now | changed).items() if value}
        return f"{reverse(name)}?{urlencode(query)}"


def list_page(sent: Mapping[str, str]) -> dict[str, Any]:
    """The template's words."""
    programme = queries.in_force()
    crumbs = [(_("Supervised tasks"), "")]
    if programme is None:
        return {"crumbs": crumbs, "programme": None}
    asked = Asked(sent, programme)
    page: Page[Any] = Paginator(asked.chosen, SIZE).get_page(asked.page)
    courses = handling.courses(lit.assignment for lit in page.object_list)
    page.object_list = [Row(lit, courses[lit.assignment]) for lit in page.object_list]
    own = Organisation.objects.filter(pk=asked.context.organisation).first() if asked.context.organisation else None
    counts = telling.counted(asked.chosen)
    return {
        "crumbs": crumbs,
        "programme": programme,
        "asked": asked,
        "page": page,
        "counts": counts,
        "all": len(asked.chosen),
        "owed": len(asked.chosen) - counts["done"],
        "strip": {key: counts[key] for key in ("done", "on_track", "attention", "late")},
        "own": own,
        "held": handling.held_by(programme, own.pk) if own and own.kind in SCHOOLS else None,
        "whose": _whose(asked),
        "actions": _actions(programme),
        "states": [(state, state_word(state)) for state in STATES],
        "units": _units(asked.within),
        "excel": asked.url("programme:tasks_table"),
    }


def _whose(asked: Asked) -> list[tuple[str, str, bool]]:
    choices = [("mine", _("Handled by me")), ("unit", _("My unit"))]
    if asked.context.may(SET_TASKS):
        choices.append(("all", _("All that I supervise")))
    return [(word, asked.url(whose=code), asked.whose == code) for code, word in choices]


def _actions(programme: Programme) -> list[tuple[str, str]]:
    return [(str(action.number), action.menu_title) for action in queries.programme(programme).actions]


def _units(found: Iterable[Lit]) -> list[tuple[str, str]]:
    """The units that owe something, schools by their own page of the list alone where there are many."""
    known = {each.code: (each.path, each.name) for each in found}
    if len(known) > 200:
        known = {each.code: (each.path, each.name) for each in found if each.kind not in SCHOOLS}
    return [(code, name) for code, (_path, name) in sorted(known.items(), key=lambda item: item[1][0])]


def workbook_of(sent: Mapping[str, str]) -> bytes:
    """What the list shows, whole, as an Excel file."""
    programme = queries.in_force()
    rows = _rows(Asked(sent, programme)) if programme else iter(())
    notes = [programme.name if programme else "", words.day(today())]
    headings = [
        _("Number"), _("Task"), _("Unit"), _("Role in the task"), _("State"), _("Reason of the light"), _("Due"),
        _("Handling"),
    ]  # fmt: skip
    return workbook([Sheet(_("Supervised tasks"), notes, headings, rows)])


def _rows(asked: Asked) -> Iterator[list[Any]]:
    courses = handling.courses(lit.assignment for lit in asked.chosen)
    for lit in asked.chosen:
        row = Row(lit, courses[lit.assignment])
        due = lit.due.isoformat() if lit.due else _("long-standing")
        yield [lit.number, lit.title, lit.name, row.part, row.word, row.reason, due, row.handled]
