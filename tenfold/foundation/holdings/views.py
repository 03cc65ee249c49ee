"""学校家底 and the list of schools."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from tenfold.foundation.declare import house
from tenfold.foundation.organisations import queries as organisations
from tenfold.foundation.organisations.models import SCHOOLS, Organisation

from . import queries


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
    context = {
        "card": card,
        "place": place,
        "panels": [(p, data) for p, data in panels if data is not None],
        "trail": organisations.trail(place),
        "events": organisations.events_of(place),
        "head": queries.head_of(place),
        "type": queries.words_of("school_type", place.school_type),
        "locale": queries.words_of("locale", place.locale),
    }
    return render(request, "holdings/school.html", context)


def schools(request: Any) -> HttpResponse:
    """The schools of a place, found by name, initials or code."""
    own = organisations.home()
    if own is None:
        raise Http404
    place = Organisation.objects.filter(
        code=request.GET.get("place", "") or own.code
    ).first()
    if place is None:
        raise Http404
    text = request.GET.get("q", "").strip()[:60]
    page = Paginator(queries.schools(place, text), 50).get_page(request.GET.get("page"))
    return render(
        request,
        "holdings/schools.html",
        {
            "place": place,
            "page": page,
            "text": text,
            "trail": organisations.trail(place),
        },
    )
