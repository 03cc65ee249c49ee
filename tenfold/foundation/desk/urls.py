"""Routes of the desk."""

from tenfold.foundation.declare import SIGNED_IN, page

from . import views

urlpatterns = [page("", views.home, right=SIGNED_IN, name="home")]
