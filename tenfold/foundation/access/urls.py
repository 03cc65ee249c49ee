"""Routes of access."""

from tenfold.foundation.declare import PUBLIC, SIGNED_IN, page

from . import views
from .rights import KEEP_ACCOUNTS

urlpatterns = [
    page(
        "post/",
        views.switch_post,
        right=SIGNED_IN,
        name="switch_post",
        methods=("POST",),
    ),
    page("sign-ins/", views.accounts, right=KEEP_ACCOUNTS, name="accounts"),
    page("sign-ins/<int:person>/", views.account, right=KEEP_ACCOUNTS, name="account", methods=("GET", "POST")),
    page("code/", views.redeem, right=PUBLIC, name="redeem_code", methods=("GET", "POST")),
    page("second-factor/", views.second_factor, right=SIGNED_IN, name="account_second_factor", methods=("GET", "POST")),
    page(
        "second-factor/codes/", views.recovery_codes, right=SIGNED_IN, name="account_recovery_codes", methods=("POST",)
    ),
    page(
        "language/",
        views.choose_language,
        right=PUBLIC,
        name="choose_language",
        methods=("POST",),
    ),
    page("healthz", views.health, right=PUBLIC, name="health"),
]
