"""Switching posts and language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from . import queries


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
