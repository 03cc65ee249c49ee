"""Home."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from tenfold.foundation.calendar import today

from . import queries


def home(request: Any) -> HttpResponse:
    """我的待办: minutes first, one button an item."""
    items = queries.owed()
    return render(
        request,
        "desk/home.html",
        {"items": items, "minutes": sum(i.minutes for i in items), "today": today(),
         "due_today": sum(1 for i in items if i.due == today())},
    )  # fmt: skip
