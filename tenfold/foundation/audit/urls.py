"""Routes of the audit."""

from tenfold.foundation.declare import page

from . import rights, views

urlpatterns = [page("audit/", views.entries, right=rights.SEE, name="audit")]
