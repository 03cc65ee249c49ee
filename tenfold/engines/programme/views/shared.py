"""What the views of the programme share: the place asked for, the trail to it, a programme that cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tenfold.foundation.calendar import today
from tenfold.foundation.exchange.rights import IMPORT_RETURNS
from tenfold.foundation.organisations import queries as organisations
from tenfold.foundation.organisations.models import Organisation

from .. import queries
from ..models import Programme

View = Callable[..., HttpResponse]


def told(view: View) -> View:
    """A programme that cannot be read is told in one line, with its file and line."""

    @wraps(view)
    def telling(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except queries.ProgrammeFault as fault:
            return render(request, "programme/fault.html", {"fault": fault}, status=500)

    return telling


def acts(request: Any) -> dict[str, bool]:
    """What she may do about an empty page."""
    return {"may_import": request.access.may(IMPORT_RETURNS)}


def place_of(request: HttpRequest) -> Organisation:
    """The place asked for, else the own one; not found where it lies out of scope."""
    code = request.GET.get("place", "")
    place = Organisation.objects.filter(code=code).first() if code else organisations.home()
    if place is None:
        raise Http404
    return place


def day_of(request: HttpRequest, row: Programme) -> tuple[date | None, str]:
    """The past day asked for (``?day=2023-06-30``), None for today; beside it what was asked and cannot be shown."""
    text = request.GET.get("day", "").strip()
    if not text:
        return None, ""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None, text[:20]
    if not row.begun <= day <= today():
        return None, text[:20]
    return (None if day == today() else day), ""


def trail(request: Any, place: Organisation, name: str) -> list[tuple[str, str]]:
    """Crumbs from the top down to the place; those above the own scope are no links."""
    found = []
    for depth, card in enumerate(organisations.trail(place), 1):
        inside = request.access.reaches(place.path[: depth * organisations.STEP])
        found.append((card.name, f"{reverse(name)}?place={card.code}" if inside else ""))
    return found
