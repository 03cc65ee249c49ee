"""What people bring to the house; what concerns pupils only where they are kept."""

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import Finder, Manifest, MenuItem

from .finding import find_people
from .handovers import POSTS
from .option import keeps_pupils
from .rights import RIGHTS, SEE_CHILD, SEE_PEOPLE, SEE_PUPILS, SEE_SELF

PUPILS = (
    MenuItem(_("Pupils by class"), "/pupils/", SEE_PUPILS, group="work", order=46),
    MenuItem(_("My child"), "/my-child/", SEE_CHILD, group="top", order=20),
    MenuItem(_("My enrolment"), "/my-enrolment/", SEE_SELF, group="top", order=20),
)

MANIFEST = Manifest(
    name="people",
    title=_("People and posts"),
    rights=RIGHTS,
    handovers=(POSTS,),
    finders=(Finder("people.people", _("People in their posts"), SEE_PEOPLE, find_people, order=20),),
    urls="tenfold.foundation.people.urls",
    menu=(
        MenuItem(_("People in their posts"), "/people/", SEE_PEOPLE, group="work", order=45),
        *(PUPILS if keeps_pupils() else ()),
    ),
    acts=(
        ("appoint", _("Appointed somebody")),
        ("end_appointment", _("Ended an appointment")),
        ("hand_over", _("Handed work over to a successor")),
        ("hand_posts", _("Handed posts over to a successor")),
        ("enrol", _("Enrolled pupils")),
        ("let_in_pupil", _("Let a pupil in")),
        ("let_in_guardian", _("Let a guardian in")),
    ),
)
