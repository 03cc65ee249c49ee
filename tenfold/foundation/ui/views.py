"""Pages of the look itself."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from .context import DENSITIES, DENSITY_COOKIE, LARGE_COOKIE

YEAR = 365 * 86400


def look(request: Any) -> HttpResponse:
    """Remember large print and the density of tables in cookies, and go back to the page."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}):
        target = "/"
    response = redirect(target)
    if request.POST.get("large") in ("0", "1"):
        response.set_cookie(LARGE_COOKIE, request.POST["large"], max_age=YEAR, samesite="Lax")
    if request.POST.get("density") in DENSITIES:
        response.set_cookie(DENSITY_COOKIE, request.POST["density"], max_age=YEAR, samesite="Lax")
    return response


def mine(request: Any) -> HttpResponse:
    """Oneself: posts, the look, sign-out, and the whole menu (the phone has no rail)."""
    return render(request, "ui/mine.html")


def accessibility(request: Any) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "ui/accessibility.html")


def gallery(request: Any) -> HttpResponse:
    """Every component once."""
    from .gallery import examples

    return render(request, "ui/gallery.html", examples())
