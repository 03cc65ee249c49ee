"""会议落实: meetings, what became of their decisions, and how decisions are set down."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from .. import queries
from ..pages import meetings as pages
from ..queries import meetings


def index(request: Any) -> HttpResponse:
    """All meetings, the newest first."""
    return render(request, "programme/meetings/list.html", pages.index_page())


def meeting(request: Any, pk: int) -> HttpResponse:
    """One meeting."""
    row = meetings.meeting(pk)
    if row is None:
        raise Http404
    return render(request, "programme/meetings/meeting.html", pages.meeting_page(row))


def new(request: Any) -> HttpResponse:
    """Set decisions down: typed or pasted, looked at, made."""
    programme = queries.in_force()
    if programme is None:
        return redirect("programme:meetings")
    if request.method != "POST":
        return render(request, "programme/meetings/new.html", pages.empty_page())
    page, made = pages.sent_page(programme, request.POST)
    if made is not None:
        messages.success(request, _("The decisions are supervised tasks now; the units find them among theirs."))
        return redirect("programme:meeting", pk=made.pk)
    bad = page["form"].errors or page["problem"]
    return render(request, "programme/meetings/new.html", page, status=422 if bad else 200)
