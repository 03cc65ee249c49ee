"""Routes of the look: the settings of a reader's eyes, the page of oneself, accessibility, the gallery."""

from tenfold.foundation.declare import PUBLIC, SIGNED_IN, page

from . import views

urlpatterns = [
    page("look/", views.look, right=PUBLIC, name="look", methods=("POST",)),
    page("mine/", views.mine, right=SIGNED_IN, name="mine"),
    page("accessibility/", views.accessibility, right=PUBLIC, name="accessibility"),
    page("gallery/", views.gallery, right=SIGNED_IN, name="gallery"),
]
