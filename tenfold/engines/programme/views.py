"""行动总览, the rooms' pages and 落实清单."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tenfold.foundation.calendar import today
from tenfold.foundation.declare import house
from tenfold.foundation.desk import queries as desk
from tenfold.foundation.exchange.rights import IMPORT_RETURNS
from tenfold.foundation.organisations import queries as organisations
from tenfold.foundation.organisations.models import Organisation

from . import mapped, queries

View = Callable[..., HttpResponse]


def _told(view: View) -> View:
    """A programme that cannot be read is told in one line, with its file and line."""

    @wraps(view)
    def telling(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except queries.ProgrammeFault as fault:
            return render(request, "programme/fault.html", {"fault": fault}, status=500)

    return telling


@_told
def overview(request: HttpRequest) -> HttpResponse:
    """行动总览: each action with its threads, opening its room."""
    place = _place(request)
    crumbs = [*_trail(request, place, "programme:overview"), (_("Overview of the actions"), "")]
    found, owed = queries.overview(place), desk.owed()
    context = {"place": place, "crumbs": crumbs, "page": found, "today": today(), **_acts(request)}
    mine = {"owed": owed[:3], "owed_count": len(owed), "minutes": sum(item.minutes for item in owed)}
    return render(request, "programme/overview.html", {**context, **mine, "map": mapped.below(found)})


@_told
def room(request: HttpRequest, code: str) -> HttpResponse:
    """A room's page: its threads and what today's records count of them."""
    if code not in house().rooms:
        raise Http404
    place = _place(request)
    found = queries.room(code, place)
    crumbs = [*_trail(request, place, "programme:overview"), (found.room.menu, "")]
    context = {"place": place, "crumbs": crumbs, "page": found, **_acts(request)}
    return render(request, "programme/room.html", context)


@_told
def coverage(request: HttpRequest) -> HttpResponse:
    """落实清单: every thread, by what it is counted and what is still missing."""
    crumbs = [
        (_("Overview of the actions"), reverse("programme:overview")),
        (_("What is counted, and by what"), ""),
    ]
    return render(request, "programme/coverage.html", {"crumbs": crumbs, "rows": queries.coverage()})


def _acts(request: Any) -> dict[str, bool]:
    """What she may do about an empty page."""
    return {"may_import": request.access.may(IMPORT_RETURNS)}


def _place(request: HttpRequest) -> Organisation:
    """The place asked for, else the own one; not found where it lies out of scope."""
    home = organisations.home()
    code = request.GET.get("place", "") or (home.code if home else "")
    place = Organisation.objects.filter(code=code).first()
    if place is None:
        raise Http404
    return place


def _trail(request: Any, place: Organisation, name: str) -> list[tuple[str, str]]:
    """Crumbs from the top down to the place; those above the own scope are no links."""
    found = []
    for depth, card in enumerate(organisations.trail(place), 1):
        inside = request.access.reaches(place.path[: depth * organisations.STEP])
        found.append((card.name, f"{reverse(name)}?place={card.code}" if inside else ""))
    return found
