"""学校家底 and the list of schools."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from tenfold.foundation.declare import house
from tenfold.foundation.organisations import queries as organisations
from tenfold.foundation.organisations.models import SCHOOLS, Organisation

from . import pages, queries


def school(request: Any, code: str) -> HttpResponse:
    """One school on one page; packages above add their panels."""
    place = Organisation.objects.filter(code=code, kind__in=SCHOOLS).first()
    if place is None:
        raise Http404
    card = queries.school_card(place, request.GET.get("period", ""))
    panels = [
        (panel, panel.query(request.access, place, card.period))
        for panel in house().panels_of("holdings.school")
        if request.access.may(panel.right)
    ]
    context = pages.school_page(card) | {
        "place": place,
        "panels": [(panel, data) for panel, data in panels if data is not None],
        "events": organisations.events_of(place),
        "head": queries.head_of(place),
        "may_import": request.access.may("exchange.import_returns"),
    }
    return render(request, "holdings/school.html", context)


def schools(request: Any) -> HttpResponse:
    """The schools of a place, found by name, initials or code."""
    own = organisations.home()
    place = Organisation.objects.filter(code=request.GET.get("place", "") or (own.code if own else "")).first()
    if place is None:
        raise Http404
    text = request.GET.get("q", "").strip()[:60]
    page = Paginator(queries.schools(place, text), 50).get_page(request.GET.get("page"))
    context = {
        "place": place,
        "page": page,
        "rows": queries.with_authorities(page.object_list),
        "text": text,
        "crumbs": [*pages.crumbs(place), (pages.title(), "")],
    }
    return render(request, "holdings/schools.html", context)
