"""会议视图: one page for the half-year and annual conference, which prints."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tenfold.engines.indicators.pages.workbook import Sheet, workbook
from tenfold.foundation.calendar import today
from tenfold.foundation.ui import words

from .. import queries
from ..models import Programme
from ..queries import conference as conferences
from .periods import EXCEL
from .shared import place_of, told, trail


@told
def conference(request: Any) -> HttpResponse:
    """Done since a day, to come, decided."""
    place, row = place_of(request), queries.in_force()
    since, fault = _since(request, row)
    crumbs = [
        *trail(request, place, "programme:conference"),
        (_("Meetings' decisions"), reverse("programme:meetings")),
        (_("Conference"), ""),
    ]
    page = conferences.conference(row, place, since) if row else None
    context = {"place": place, "crumbs": crumbs, "page": page, "since": since, "fault": fault, "today": today()}
    return render(request, "programme/conference.html", context)


@told
def table(request: Any) -> HttpResponse:
    """The same as an Excel file."""
    place, row = place_of(request), queries.in_force()
    since, _fault = _since(request, row)
    page = conferences.conference(row, place, since) if row else None
    parts = [(_("What was concluded"), page.done), (_("To come"), page.coming)] if page else []
    decided = [(each.meeting.name, each.rows) for each in page.decided] if page else []
    sheets = [_sheet(title, place.name, part) for title, part in [*parts, (_("Decided"), decided)]]
    response = HttpResponse(workbook(sheets), content_type=EXCEL)
    response["Content-Disposition"] = f'attachment; filename="conference-{place.code}.xlsx"'
    return response


def _sheet(title: str, name: str, parts: Any) -> Sheet:
    heads = (_("Under"), _("Number"), _("Task"), _("Responsible unit"), _("State"), _("Day due"))
    rows = [
        (under, e.number, e.title, words.listed(e.units), str(words.state_word(e.state)), words.day(e.due))
        for under, entries in parts
        for e in entries
    ]
    return Sheet(title, [name], heads, rows)


def _since(request: Any, row: Programme | None) -> tuple[date, str]:
    """The day asked for, else that on which the programme began; a fault in words where it is none."""
    begun = row.begun if row else today()
    text = request.GET.get("since", "")
    try:
        found = date.fromisoformat(text) if text else begun
    except ValueError:
        return begun, _("“%(text)s” is no day. Shown since %(day)s.") % {"text": text[:20], "day": words.day(begun)}
    if found > today():
        return begun, _("%(day)s lies ahead. Shown since the programme began.") % {"day": words.day(found)}
    return found, ""
