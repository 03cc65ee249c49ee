"""优质均衡自评: a county, a city's counties, a school's trial, an item."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tenfold.engines.indicators import queries as values
from tenfold.foundation.files.views import download
from tenfold.foundation.organisations import queries as organisations
from tenfold.foundation.organisations.models import SCHOOLS, Kind

from . import deciding, pages, queries, services
from .forms import ItemForm

View = Callable[..., HttpResponseBase]
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _found(view: View) -> View:
    """What is not there, cannot be read, or lies out of scope is not found."""

    @wraps(view)
    def looking(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except (
            values.OutOfScope,
            values.UnknownPeriod,
            queries.UnknownStandard,
            queries.NotCounted,
            KeyError,
        ) as fault:
            raise Http404(str(fault)) from fault

    return looking


def _asked(request: Any, standard: str) -> pages.Asked:
    """Of which place, period and stage: what the address says, else one's own and the latest."""
    code = request.GET.get("place", "") or request.POST.get("place", "")
    place = values.place_of(code) if code else organisations.home()
    if place is None:
        raise Http404
    period = request.GET.get("period", "") or request.POST.get("period", "") or values.latest_period()
    stage = request.GET.get("stage", "primary")
    found = queries.choose_standard(standard)
    return pages.Asked(found, place, period, stage if stage in found.stages else "primary")


@_found
def index(request: Any) -> HttpResponse:
    """The standards; the first one is opened."""
    return redirect("standard", standard=(queries.readable() or queries.standards())[0].code)


@_found
def standard(request: Any, standard: str) -> HttpResponse:
    """A county, a township or a school against a standard; a city's counties side by side."""
    asked = _asked(request, standard)
    others = [(s, asked.at(standard=s).url) for s in queries.readable() if s.code != standard]
    if not asked.period:
        return render(request, "standards/nothing.html", {"asked": asked, "others": others, **deciding.acts(request)})
    if asked.place.kind in (Kind.CITY, Kind.PROVINCE):
        return render(request, "standards/city.html", pages.city_page(asked) | {"others": others})
    page = pages.county_page(asked, every="all" in request.GET)
    return render(request, "standards/county.html", page | {"others": others})


@_found
def table(request: Any, standard: str) -> HttpResponse:
    """The same as an Excel file."""
    asked = _asked(request, standard)
    whole = asked.place.kind in (Kind.CITY, Kind.PROVINCE)
    found = pages.city_workbook(asked) if whole else pages.county_workbook(asked)
    response = HttpResponse(found, content_type=EXCEL)
    response["Content-Disposition"] = f'attachment; filename="{standard}-{asked.place.code}-{asked.period}.xlsx"'
    return response


@_found
def school(request: Any, standard: str, code: str) -> HttpResponse:
    """One school, and what its repair would do. A trial: nothing is written."""
    place = values.place_of(code)
    if place.kind not in SCHOOLS:
        raise Http404
    asked = _asked(request, standard)
    if asked.place.kind != Kind.COUNTY:
        asked = asked.at(place=organisations.county_of(place) or place)
    return render(request, "standards/school.html", pages.school_page(asked, place, request.GET))


@_found
def item(request: Any, standard: str, item: str) -> HttpResponse:
    """One item of a county."""
    return render(request, "standards/item.html", pages.item_page(_asked(request, standard), item))


@_found
def enter(request: Any, standard: str, item: str) -> HttpResponse:
    """Enter an item."""
    asked = _asked(request, standard)
    form = ItemForm(queries.choose_item(asked.standard, item), None, request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "standards/item.html", pages.item_page(asked, item, form), status=422)
    try:
        deciding.enter(asked, item, form)
    except services.ItemFault as fault:
        return render(request, "standards/item.html", pages.item_page(asked, item, form, str(fault)), status=422)
    messages.success(request, _("Entered. Another person confirms it."))
    return redirect(asked.item_url(item))


def material(request: Any, pk: int) -> HttpResponseBase:
    """The file that an entered item rests on."""
    return download(queries.material_of(pk), shown=True)


@_found
def decide(request: Any, standard: str, item: str) -> HttpResponse:
    """Confirm an entered item, or give it back."""
    asked = _asked(request, standard)
    try:
        said = deciding.decide(asked, item, request.POST)
    except services.ItemFault as fault:
        return render(request, "standards/item.html", pages.item_page(asked, item, problem=str(fault)), status=422)
    messages.success(request, said)
    return redirect(asked.item_url(item))
