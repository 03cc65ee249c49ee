"""Routes of access."""

from tenfold.foundation.declare import PUBLIC, SIGNED_IN, page

from . import views

urlpatterns = [
    page(
        "post/",
        views.switch_post,
        right=SIGNED_IN,
        name="switch_post",
        methods=("POST",),
    ),
    page("second-factor/", views.second_factor, right=SIGNED_IN, name="second_factor", methods=("GET", "POST")),
    page("second-factor/codes/", views.recovery_codes, right=SIGNED_IN, name="recovery_codes", methods=("POST",)),
    page(
        "language/",
        views.choose_language,
        right=PUBLIC,
        name="choose_language",
        methods=("POST",),
    ),
    page("healthz", views.health, right=PUBLIC, name="health"),
]
