"""月调度、季通报: the periods, one period with its lights, and what a unit says of its own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tenfold.engines.indicators.pages.workbook import Sheet, workbook
from tenfold.foundation.calendar import today
from tenfold.foundation.ui import words

from .. import queries, services
from ..models import Assignment, FrozenPeriod
from ..queries import periods
from ..rules import rules
from .shared import place_of, told, trail

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 60
"""Rows of a page at most: one's own, and what is overdue or needs attention. The Excel file has all."""
HEARD = ("late", "attention", "unknown")
"""Lights that a unit may want to explain."""


@told
def index(request: Any) -> HttpResponse:
    """All periods, the newest first."""
    place = place_of(request)
    row = queries.in_force()
    crumbs = [*trail(request, place, "programme:periods"), (_("Monthly scheduling"), "")]
    rows = periods.periods_of(row) if row else []
    context = {"place": place, "crumbs": crumbs, "rows": rows, "today": today(), "rules": rules(), "programme": row}
    return render(request, "programme/periods.html", context)


@told
def period(request: Any, period: str) -> HttpResponse:
    """One period: frozen, or being heard."""
    place = place_of(request)
    page = periods.period_page(_row(period), place)
    crumbs = [
        *trail(request, place, "programme:periods"),
        (_("Monthly scheduling"), reverse("programme:periods")),
        (page.period.title, ""),
    ]
    shown = [row for row in page.rows if row.own or row.state in HEARD][:SHOWN]
    context = {"place": place, "crumbs": crumbs, "page": page, "shown": shown, "rules": rules()}
    context |= {"states": periods.ORDER, "heard_states": HEARD}
    return render(request, "programme/period.html", {**context, "rest": len(page.rows) - len(shown)})


@told
def table(request: Any, period: str) -> HttpResponse:
    """The same as an Excel file, every row."""
    place = place_of(request)
    page = periods.period_page(_row(period), place)
    heads = (
        _("Number"),
        _("Task"),
        _("Responsible unit"),
        _("Light"),
        _("Reason of the light"),
        _("What the unit says"),
    )
    rows = [(r.number, r.title, r.name, str(words.state_word(r.state)), r.why, r.explanation) for r in page.rows]
    response = HttpResponse(workbook([Sheet(page.period.title, [place.name], heads, rows)]), content_type=EXCEL)
    response["Content-Disposition"] = f'attachment; filename="lights-{place.code}-{period}.xlsx"'
    return response


def explain(request: Any, period: str) -> HttpResponse:
    """A unit says why its light stands as it does."""
    row = _row(period)
    if not _number(request):
        messages.error(request, _("Say of which task you write."))
        return redirect("programme:period", period)
    assignment = Assignment.objects.select_related("organisation", "task").filter(pk=_number(request)).first()
    if assignment is None:
        raise Http404
    try:
        services.explain(row, assignment, request.POST.get("text", ""))
        messages.success(request, _("Kept. It is printed beside the light; the light does not change."))
    except services.PeriodFault as fault:
        messages.error(request, str(fault))
    return redirect(f"{reverse('programme:period', args=[period])}#a{assignment.pk}")


def _number(request: Any) -> int:
    text = request.POST.get("assignment", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0


def _row(period: str) -> FrozenPeriod:
    programme = queries.in_force()
    rows = FrozenPeriod.objects.filter(programme=programme, period=period).select_related("programme__organisation")
    found = rows.first() if programme else None
    if found is None:
        raise Http404
    return found
