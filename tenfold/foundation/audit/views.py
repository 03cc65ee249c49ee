"""审计日志."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from . import queries, wording


def entries(request: Any) -> HttpResponse:
    """The entries, the newest first, found by who, what and day."""
    words = {name: request.GET.get(name, "").strip()[:60] for name in ("actor", "action", "day")}
    try:
        date.fromisoformat(words["day"])
    except ValueError:
        words["day"] = ""
    page = Paginator(queries.entries(**words), 50).get_page(request.GET.get("page"))
    rows = [
        (
            entry,
            queries.told(entry),
            wording.actor(entry.actor),
            wording.act(entry.action),
            wording.subject(entry.subject),
        )
        for entry in page
    ]
    return render(request, "audit/entries.html", {"page": page, "rows": rows, "words": words})
