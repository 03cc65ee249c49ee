"""行动总览, the rooms' pages and 落实清单."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tenfold.foundation.calendar import today
from tenfold.foundation.declare import house
from tenfold.foundation.desk import queries as desk

from .. import mapped, queries
from . import cockpit
from .shared import acts, place_of, told, trail


@told
def overview(request: HttpRequest) -> HttpResponse:
    """行动总览: the cockpit; before a programme stands in the store, each action of the file with its threads."""
    row = queries.in_force()
    if row is not None:
        return cockpit.overview(request, row)
    place = place_of(request)
    crumbs = [*trail(request, place, "programme:overview"), (_("Overview of the actions"), "")]
    found, owed = queries.overview(place), desk.owed(request)
    context = {"place": place, "crumbs": crumbs, "page": found, "today": today(), **acts(request)}
    mine = {"owed": owed[:3], "owed_count": len(owed), "minutes": sum(item.minutes for item in owed)}
    return render(request, "programme/overview.html", {**context, **mine, "map": mapped.below(found)})


@told
def room(request: HttpRequest, code: str) -> HttpResponse:
    """A room's page: its threads and what today's records count of them."""
    if code not in house().rooms:
        raise Http404
    place = place_of(request)
    found = queries.room(code, place)
    crumbs = [*trail(request, place, "programme:overview"), (found.room.menu, "")]
    context = {"place": place, "crumbs": crumbs, "page": found, **acts(request)}
    row = queries.in_force()
    if row is not None and found.action is not None:
        context.update(cockpit.part_of(request, row, found.action.number, place))
    return render(request, "programme/room.html", context)


@told
def coverage(request: HttpRequest) -> HttpResponse:
    """落实清单: every thread, by what it is counted and what is still missing."""
    crumbs = [
        (_("Overview of the actions"), reverse("programme:overview")),
        (_("What is counted, and by what"), ""),
    ]
    return render(request, "programme/coverage.html", {"crumbs": crumbs, "rows": queries.coverage()})
