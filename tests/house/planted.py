"""Routes with faults, planted for the walk to find; an address list beside that of the site."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from tenfold.foundation.acts import permitted
from tenfold.foundation.declare import page
from tenfold.foundation.exchange.models import Batch
from tenfold.foundation.exchange.rights import SEE_IMPORTS
from tenfold.foundation.exchange.tests.making import table
from tenfold.foundation.holdings.rights import SEE_SCHOOL
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.scope import as_system
from tenfold.site import urls


def leaking(request: Any) -> HttpResponse:
    with as_system("planted"):
        return HttpResponse("\n".join(Organisation.objects.values_list("name", flat=True)))


def leaking_file(request: Any) -> HttpResponse:
    with as_system("planted"):
        return HttpResponse(table(*([o.code, o.name] for o in Organisation.objects.all())))


def leaking_when_asked(request: Any) -> HttpResponse:
    with as_system("planted"):
        found = Organisation.objects.filter(code=request.GET.get("place", "")).first()
    return HttpResponse(found.name if found else "")


def unscoped(request: Any, code: str) -> HttpResponse:
    with as_system("planted"):
        if not Organisation.objects.filter(code=code).exists():
            raise Http404
    return HttpResponse("")


def writing_while_looking(request: Any) -> HttpResponse:
    with permitted("service"):
        Organisation.objects.update(coordinates="x")
    return HttpResponse("")


def well_kept(request: Any, pk: int) -> HttpResponse:
    if not Batch.objects.filter(pk=pk).exists():
        raise Http404
    return HttpResponse("")


def sealing_anything(request: Any, pk: int) -> HttpResponse:
    with as_system("planted"), permitted("service"):
        Batch.objects.filter(pk=pk).update(period="x")
    return redirect("/")


def failing(request: Any) -> HttpResponse:
    raise RuntimeError("planted")


def riddle(request: Any, mystery: str) -> HttpResponse:
    raise Http404


FAULTY = {
    "planted/leak/": page("planted/leak/", leaking, right=SEE_SCHOOL, name="p1"),
    "planted/leak.xlsx": page("planted/leak.xlsx", leaking_file, right=SEE_SCHOOL, name="p2"),
    "planted/ask/": page("planted/ask/", leaking_when_asked, right=SEE_SCHOOL, name="p3"),
    "planted/places/<str:code>/": page("planted/places/<str:code>/", unscoped, right=SEE_SCHOOL, name="p4"),
    "planted/writes/": page("planted/writes/", writing_while_looking, right=SEE_SCHOOL, name="p5"),
    "planted/imports/<int:pk>/seal/": page(
        "planted/imports/<int:pk>/seal/", sealing_anything, right=SEE_IMPORTS, name="p6", methods=("POST",)
    ),
    "planted/fails/": page("planted/fails/", failing, right=SEE_SCHOOL, name="p7"),
}
WELL_KEPT = page("planted/imports/<int:pk>/", well_kept, right=SEE_IMPORTS, name="p8")
RIDDLE = page("planted/<slug:mystery>/riddle/", riddle, right=SEE_SCHOOL, name="p9")

urlpatterns = [*FAULTY.values(), WELL_KEPT, RIDDLE, *urls.urlpatterns]
