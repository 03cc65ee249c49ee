"""Switching posts and language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tenfold.foundation.acts import Refused

from . import deciding, factors, queries, services
from .forms import CodeForm, InviteForm, ReasonForm, RedeemForm


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
    return redirect(queries.front_of(request, int(post)))


@never_cache
def second_factor(request: Any) -> HttpResponse:
    """两步验证: set it up with an app that makes codes; afterwards, the codes for the day the phone is lost."""
    account = request.user
    if factors.enrolled(account):
        return render(request, "access/second_factor.html", {"left": factors.codes_left(account)})
    secret = factors.proposed(request.session)
    form = CodeForm(secret, request.POST if request.method == "POST" else None)
    if form.is_valid():
        codes = services.enrol(account, secret, request.session.session_key)
        factors.forget(request.session)
        return render(request, "access/recovery_codes.html", {"codes": codes})
    asked = request.access is not None and factors.is_missing(account, request.access.role)
    shown = {"form": form, "asked": asked, "secret": factors.spelled(secret), "square": factors.square(account, secret)}
    return render(request, "access/enrol.html", shown, status=422 if form.is_bound else 200)


@never_cache
def redeem(request: Any) -> HttpResponse:
    """设置密码: a one-time code and one's own password; then the door."""
    form = RedeemForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        data = form.cleaned_data
        try:
            if services.redeem(data["username"], data["one_time_code"], data["password"]):
                messages.success(request, _("The password is set. Sign in with it."))
                return redirect("account_login")
            form.add_error(None, _("Name and code do not fit, or the code has run out. Ask for a new one."))
        except ValidationError as fault:
            form.add_error("password", fault)
    return render(request, "access/redeem.html", {"form": form}, status=422 if form.is_bound else 200)


def accounts(request: Any) -> HttpResponse:
    """登录账号: who can sign in, since when not, and with what."""
    words = {name: request.GET.get(name, "").strip()[:60] for name in ("q", "state", "factor")}
    page = queries.sign_ins(**words, page=request.GET.get("page"))
    return render(request, "access/accounts.html", {"page": page, "words": words, "states": queries.STATES})


@never_cache
def account(request: Any, person: int) -> HttpResponse:
    """One person's sign-in, and what can be done to it; a POST does it."""
    found = queries.sign_in_of(person)
    if found is None:
        raise Http404
    form = (ReasonForm if found[1].username else InviteForm)(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            told = deciding.act(found[0], request.POST.get("act", ""), form.cleaned_data)
        except (Refused, ValueError) as fault:
            form.add_error(None, deciding.said(fault))
        else:
            if told is not None:
                return render(request, "access/code.html", {"told": told, "person": found[0]})
            return redirect("account", person=person)
    shown = {"row": found[1], "form": form}
    return render(request, "access/account.html", shown, status=422 if form.is_bound else 200)


@never_cache
def recovery_codes(request: Any) -> HttpResponse:
    """Fresh recovery codes; the former ones open nothing any more."""
    if not factors.enrolled(request.user):
        return redirect("account_second_factor")
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
