"""Language, session limits, and the access context of every request; the right of every page."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation

from tenfold.foundation.acts import permitted
from tenfold.foundation.declare import PUBLIC, SIGNED_IN
from tenfold.foundation.scope import acting, only_looking

from .factors import is_missing
from .queries import context_of_account
from .routes import right_of

FIRST_DUTY = "account_change_password"
"""Where somebody is led who still has the password that another gave her."""

ENROLMENT = "account_second_factor"
"""Where somebody is led whose post asks for a second factor that she has not set up yet."""

Answer = Callable[[HttpRequest], HttpResponse]


class LanguageMiddleware:
    """Chinese first; another language only by her own choice (a cookie), never by the browser's header."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the chosen language."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.answer(request)
            response.headers.setdefault("Content-Language", language)
            return response


class AccessMiddleware:
    """Sets ``request.access`` and holds every page to the right it names."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: Any) -> HttpResponse:
        """Answer in the access context of whoever asks."""
        with only_looking(request.method in ("GET", "HEAD")):
            return self._answered(request)

    def _answered(self, request: Any) -> HttpResponse:
        request.access = None
        if request.user.is_authenticated:
            if _expired(request):
                with permitted("sign-in"):
                    logout(request)
            else:
                request.access = context_of_account(request.user, request.session.get("post"))
                if request.access is None:  # her last post has ended: so does the session
                    with permitted("sign-in"):
                        logout(request)
        with acting(request.access):
            return self.answer(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Before the view: the method, then the right. What she may not see is not found."""
        match = request.resolver_match
        right = right_of(view, match.url_name or "")
        if right is None:
            raise Http404
        if right is PUBLIC:
            return _method_refused(request, view)
        if request.access is not None and request.user.must_change and match.url_name != FIRST_DUTY:
            return redirect(FIRST_DUTY)
        reached = match.url_name in (FIRST_DUTY, ENROLMENT, "switch_post")
        if request.access is not None and not reached and is_missing(request.user, request.access.role):
            return redirect(ENROLMENT)
        if request.access is None:
            if request.user.is_authenticated and right is not SIGNED_IN:
                raise PermissionDenied
            if not request.user.is_authenticated:
                if request.method not in ("GET", "HEAD"):
                    raise PermissionDenied
                return redirect_to_login(request.get_full_path(), reverse(settings.LOGIN_URL))
        elif right is not SIGNED_IN and not request.access.may(right):
            raise PermissionDenied
        return _method_refused(request, view)


def _method_refused(request: Any, view: Any) -> HttpResponse | None:
    """405 for a method that the page does not answer."""
    methods = getattr(view, "tenfold_methods", None)
    if methods and request.method not in (*methods, "HEAD", "OPTIONS"):
        return HttpResponseNotAllowed(methods)
    return None


def _expired(request: Any) -> bool:
    """Idle too long; notes the time of the last look at most once a minute."""
    now = int(time.time())
    seen = request.session.get("seen", now)
    if now - seen > settings.TENFOLD["IDLE_MINUTES"] * 60:
        return True
    if now - seen > 60 or "seen" not in request.session:
        request.session["seen"] = now
    return False
