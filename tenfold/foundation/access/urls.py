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
    page(
        "language/",
        views.choose_language,
        right=PUBLIC,
        name="choose_language",
        methods=("POST",),
    ),
    page("healthz", views.health, right=PUBLIC, name="health"),
]
