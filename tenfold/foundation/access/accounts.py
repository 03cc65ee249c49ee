"""The sign-in pages, on allauth; those of its pages that we do not use are not routed."""

from __future__ import annotations

from typing import Any

from allauth.account import views
from allauth.mfa.base.views import AuthenticateView
from django.urls import path, re_path

from tenfold.foundation.acts import permitted


def door(view: Any) -> Any:
    """Signing in writes (last sign-in, password hash, session): the named context ``sign-in``."""

    def run(request: Any, *args: Any, **kwargs: Any) -> Any:
        with permitted("sign-in"):
            return view(request, *args, **kwargs)

    return run


urlpatterns = [
    path("login/", door(views.login), name="account_login"),
    path("logout/", door(views.logout), name="account_logout"),
    path(
        "second-factor/", door(AuthenticateView.as_view(template_name="mfa/authenticate.html")), name="mfa_authenticate"
    ),
    path("password/change/", door(views.password_change), name="account_change_password"),
    path("password/reset/", door(views.password_reset), name="account_reset_password"),
    path(
        "password/reset/done/",
        door(views.password_reset_done),
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        door(views.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        door(views.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
]
