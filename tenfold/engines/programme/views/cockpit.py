"""行动总览 of the programme in force, an action's own page, and the lists behind their figures."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tenfold.foundation.calendar import today
from tenfold.foundation.desk import queries as desk
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.ui.figures import Figure
from tenfold.foundation.ui.words import state_word

from .. import mapped, queries
from ..models import Programme
from ..queries.actions import action_part
from ..queries.cockpit import cockpit
from ..queries.listing import listing
from ..queries.tallies import Tally
from ..tables.numerals import spelled
from .shared import acts, day_of, place_of, told, trail

STATES = ("done", "on_track", "attention", "late", "unknown")
PAGE = 60


def overview(request: HttpRequest, row: Programme) -> HttpResponse:
    """The cockpit: one page for the desk, one for the phone, one sheet for print."""
    place = place_of(request)
    day, refused = day_of(request, row)
    found, owed = cockpit(row, place, day), desk.owed(request)
    crumbs = [*trail(request, place, "programme:overview"), (_("Overview of the actions"), "")]
    context = {
        "place": place, "crumbs": crumbs, "page": found, "today": today(), "refused": refused, **acts(request),
        "owed": owed[:3], "owed_count": len(owed), "minutes": sum(item.minutes for item in owed),
        "counts": figures(found.tally, place, day), "map": mapped.late(found), "query": kept(place, day),
    }  # fmt: skip
    return render(request, "programme/cockpit.html", context)


@told
def action(request: HttpRequest, number: int) -> HttpResponse:
    """The page of an action that has no room of its own."""
    row = queries.in_force()
    declared = next((a for a in queries.programme(row).actions if a.number == number), None) if row else None
    if row is None or declared is None:
        raise Http404
    place = place_of(request)
    crumbs = [*trail(request, place, "programme:overview"), (declared.menu_title, "")]
    context = {"place": place, "crumbs": crumbs, "declared": declared, "numeral": spelled(number)}
    return render(request, "programme/action.html", {**context, **part_of(request, row, number, place)})


def part_of(request: HttpRequest, row: Programme, number: int, place: Organisation) -> dict[str, Any]:
    """What the programme adds to an action's page."""
    day, refused = day_of(request, row)
    found = action_part(row, number, place, day)
    return {
        "part": found, "counts": figures(found.tally, place, day, number), "refused": refused,
        "query": kept(place, day, number), "today": today(), "begun": row.begun,
    }  # fmt: skip


@told
def lights(request: HttpRequest) -> HttpResponse:
    """The tasks behind a figure: of a state, an action, a place, a day."""
    row = queries.in_force()
    if row is None:
        raise Http404
    place = place_of(request)
    day, refused = day_of(request, row)
    state, number = request.GET.get("state", ""), request.GET.get("action", "")
    action = int(number) if number.isdecimal() else None
    task = request.GET.get("task", "")[:40]
    lines, tasks = listing(row, place, state if state in STATES else "", action, day, task)
    page = Paginator(lines, PAGE).get_page(request.GET.get("page"))
    crumbs = [*trail(request, place, "programme:overview"), (_("Tasks by state"), "")]
    choices = [(_("All of them"), _link(place, day, number), not state)] + [
        (state_word(each), _link(place, day, number, each), state == each) for each in reversed(STATES)
    ]
    context = {
        "place": place, "crumbs": crumbs, "lines": page, "choices": choices, "day": day, "refused": refused, "row": row,
        "today": today(), "counts": {"tasks": Figure(tasks, _("tasks")), "lines": len(lines)},
    }  # fmt: skip
    return render(request, "programme/lights.html", context)


def figures(tally: Tally, place: Organisation, day: date | None, number: int | None = None) -> dict[str, Figure]:
    """The counts of a tally, each opening its list."""
    shown = {"total": (tally.total, ""), **{state: (getattr(tally, state), state) for state in STATES}}
    return {
        name: Figure(value, _("tasks"), link=_link(place, day, number or "", state))
        for name, (value, state) in shown.items()
    }


def _link(place: Organisation, day: date | None, action: int | str = "", state: str = "") -> str:
    return f"{reverse('programme:lights')}?{kept(place, day, action, state)}"


def kept(place: Organisation, day: date | None, action: int | str = "", state: str = "") -> str:
    """The part of an address that keeps place, day, action and state."""
    told_: Iterable[tuple[str, Any]] = (("place", place.code), ("day", day), ("action", action), ("state", state))
    return urlencode([(name, value) for name, value in told_ if value])
