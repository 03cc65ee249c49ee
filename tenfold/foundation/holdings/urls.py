"""Routes of holdings."""

from tenfold.foundation.declare import page

from . import rights, views

urlpatterns = [
    page("schools/", views.schools, right=rights.SEE_SCHOOL, name="schools"),
    page("schools/<str:code>/", views.school, right=rights.SEE_SCHOOL, name="school"),
]
