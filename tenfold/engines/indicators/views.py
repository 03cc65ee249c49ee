"""监测指标: the catalogue, 指标详情, 数据来源, and their tables as Excel files."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from tenfold.foundation.declare import house
from tenfold.foundation.exchange.rights import IMPORT_RETURNS
from tenfold.foundation.organisations import queries as organisations
from tenfold.foundation.organisations.models import SCHOOLS

from . import pages, queries

View = Callable[..., HttpResponse]
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _found(view: View) -> View:
    """What is not there, cannot be read, or lies out of scope is not found."""

    @wraps(view)
    def looking(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (queries.OutOfScope, queries.UnknownIndicator, queries.UnknownPeriod, queries.UnknownSplit) as fault:
            raise Http404(str(fault)) from fault

    return looking


def _asked(request: Any) -> pages.Asked:
    """Of which place, period and part: what the address says, else one's own and the latest."""
    code = request.GET.get("place", "")
    place = queries.place_of(code) if code else organisations.home()
    if place is None:
        raise Http404
    period = request.GET.get("period", "") or queries.latest_period()
    return pages.Asked(place, period, request.GET.get("split", ""))


@_found
def catalogue(request: Any) -> HttpResponse:
    """All indicators by package, found by a word, with their value at the place."""
    text = request.GET.get("q", "").strip()[:60]
    return render(request, "indicators/catalogue.html", pages.catalogue_page(_asked(request), text))


@_found
def overview(request: Any) -> HttpResponse:
    """全市概况, 县域概况; a school has its own page."""
    asked = _asked(request)
    if asked.place.kind in SCHOOLS:
        return redirect(f"/schools/{asked.place.code}/")
    may_import = request.access.may(IMPORT_RETURNS)
    by_school = request.GET.get("map", "") == "schools"
    words = pages.overview_page(asked, request.GET.get("indicator", ""), by_school, may_import)
    panels = [
        (panel, panel.query(request.access, asked.place, asked.period))
        for panel in house().panels_of("indicators.place")
        if request.access.may(panel.right)
    ]
    shown = [(panel, data) for panel, data in panels if data is not None]
    return render(request, "indicators/overview.html", words | {"panels": shown})


@_found
def overview_tables(request: Any) -> HttpResponse:
    """Every table of a place's page, as an Excel file; where there is none, the page that says what there is."""
    asked = _asked(request)
    if asked.place.kind in SCHOOLS:
        return redirect(f"/schools/{asked.place.code}/")
    if not asked.period:
        return redirect("place_overview")
    content = pages.overview_workbook(asked, request.GET.get("indicator", ""))
    return _excel(content, f"overview-{asked.place.code}-{asked.period}")


@_found
def indicator(request: Any, code: str) -> HttpResponse:
    """指标详情."""
    return render(request, "indicators/indicator.html", pages.indicator_page(code, _asked(request)))


@_found
def table(request: Any, code: str) -> HttpResponse:
    """The places below and the schools, as an Excel file."""
    asked = _asked(request)
    return _excel(pages.indicator_workbook(code, asked), f"{code}-{asked.place.code}-{asked.period}")


@_found
def source(request: Any, code: str) -> HttpResponse:
    """数据来源: as a popover, as a drawer, or as a page of its own."""
    part = request.GET.get("part", "")
    asked = _asked(request)
    if part == "popover":
        return render(request, "indicators/popover.html", pages.popover(code, asked))
    words = pages.source_page(code, asked, request.GET, whole=part != "drawer")
    return render(request, "indicators/drawer.html" if part == "drawer" else "indicators/source.html", words)


@_found
def source_table(request: Any, code: str) -> HttpResponse:
    """All rows behind a value, as an Excel file."""
    asked = _asked(request)
    return _excel(pages.source_workbook(code, asked), f"{code}-{asked.place.code}-{asked.period}-rows")


def _excel(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=EXCEL)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response
