"""Switching posts and language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from . import factors, queries, services
from .forms import CodeForm


def _back(request: Any) -> str:
    target = request.POST.get("next", "/")
    return target if url_has_allowed_host_and_scheme(target, {request.get_host()}) else "/"


def switch_post(request: Any) -> HttpResponse:
    """Go on in another of her posts; what the new post cannot see is left."""
    post = request.POST.get("post", "")
    if request.access is None:
        raise Http404
    if not post.isdigit() or queries.context_of_post(request.access.person, int(post)) is None:
        raise Http404
    request.session["post"] = int(post)
    return redirect("/")


@never_cache
def second_factor(request: Any) -> HttpResponse:
    """两步验证: set it up with an app that makes codes; afterwards, the codes for the day the phone is lost."""
    account = request.user
    if factors.enrolled(account):
        return render(request, "access/second_factor.html", {"left": factors.codes_left(account)})
    secret = factors.proposed(request.session)
    form = CodeForm(secret, request.POST if request.method == "POST" else None)
    if form.is_valid():
        codes = services.enrol(account, factors.taken(request.session), request.session.session_key)
        return render(request, "access/recovery_codes.html", {"codes": codes})
    shown = {"form": form, "secret": factors.spelled(secret), "square": factors.square(account, secret)}
    return render(request, "access/enrol.html", shown, status=422 if form.is_bound else 200)


@never_cache
def recovery_codes(request: Any) -> HttpResponse:
    """Fresh recovery codes; the former ones open nothing any more."""
    if not factors.enrolled(request.user):
        return redirect("second_factor")
    return render(request, "access/recovery_codes.html", {"codes": services.renew_codes(request.user)})


def choose_language(request: Any) -> HttpResponse:
    """Remember the language in a cookie."""
    response = redirect(_back(request))
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=365 * 86400,
            samesite="Lax",
            httponly=True,
        )
    return response


def health(request: Any) -> HttpResponse:
    """Whether the web process and its database answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")
