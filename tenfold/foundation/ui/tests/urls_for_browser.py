"""The routes of the browser tests: the look's own, and a made-up source of figures."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import include, path


def source(request, code):
    part = request.GET.get("part")
    if code == "lost":
        return HttpResponse("full page" if part is None else "", status=200 if part is None else 500)
    if part == "popover":
        context = {"title": "骨干教师", "number": "1.27", "unit": "人", "source": request.path, "indicator": "/i/"}
        return render(request, "ui/parts/popover.html", context)
    if part == "drawer":
        return render(request, "ui/drawer.html")
    return HttpResponse("full page")


urlpatterns = [
    path("", include("tenfold.foundation.ui.urls")),
    path("indicators/<str:code>/source", source),
    path("switch/", source, name="switch_post"),
    path("broken/", lambda request: 1 / 0),
]
