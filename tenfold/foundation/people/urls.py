"""Routes of people. Those about pupils exist where pupils are kept, and nowhere else."""

from tenfold.foundation.declare import page

from . import rights, views
from .option import keeps_pupils

SEE, OPEN, PUPILS = rights.SEE_PEOPLE, rights.OPEN_FIELDS, rights.SEE_PUPILS

urlpatterns = [
    page("people/", views.people, right=SEE, name="people"),
    page("people/<int:pk>/", views.person, right=SEE, name="person"),
    page(
        "people/<int:pk>/handover/", views.handover, right=rights.KEEP_PEOPLE, name="handover", methods=("GET", "POST")
    ),
    page("people/<int:pk>/open/", views.person, right=OPEN, name="person_open", methods=("POST",)),
]

if keeps_pupils():
    urlpatterns += [
        page("pupils/", views.pupils, right=PUPILS, name="pupils"),
        page("pupils/<int:pk>/", views.pupil, right=PUPILS, name="pupil"),
        page("pupils/<int:pk>/open/", views.pupil, right=OPEN, name="pupil_open", methods=("POST",)),
        page("my-child/", views.own_child, right=rights.SEE_CHILD, name="own_child"),
        page("my-enrolment/", views.own_record, right=rights.SEE_SELF, name="own_record"),
    ]
