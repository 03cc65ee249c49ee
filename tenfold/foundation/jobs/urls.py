"""Routes of jobs."""

from tenfold.foundation.declare import SIGNED_IN, page

from . import rights, views

urlpatterns = [
    page("jobs/", views.jobs, right=rights.SEE_JOBS, name="jobs"),
    page("jobs/<uuid:pk>/", views.progress, right=SIGNED_IN, name="job"),
    page("jobs/<uuid:pk>/cancel/", views.cancel, right=SIGNED_IN, name="job_cancel", methods=("POST",)),
]
