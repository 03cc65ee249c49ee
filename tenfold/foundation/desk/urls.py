"""Routes of the desk."""

from tenfold.foundation.declare import SIGNED_IN, page

from . import views

urlpatterns = [
    page("", views.home, right=SIGNED_IN, name="home"),
    page("search/", views.search, right=SIGNED_IN, name="search"),
]
