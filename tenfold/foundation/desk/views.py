"""Home."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tenfold.foundation.calendar import today
from tenfold.foundation.people.queries import own_name

from . import finding, queries


def home(request: Any) -> HttpResponse:
    """我的待办: minutes first, one button an item."""
    items = queries.owed(request)
    context = {
        "items": items,
        "minutes": sum(item.minutes for item in items),
        "due_today": sum(1 for item in items if item.due == today()),
        "name": own_name(),
        "today": today(),
        "may_see_actions": request.access.may("programme.see_actions"),
    }
    return render(request, "desk/home.html", context)


def search(request: Any) -> HttpResponse:
    """查找: grouped by what was found."""
    text = request.GET.get("q", "").replace("\x00", "").strip()[: finding.LONGEST]
    crumbs = [(_("My to-do list"), "/"), (_("Search the house"), "")]
    return render(request, "desk/search.html", {"text": text, "groups": finding.find(text), "crumbs": crumbs})
