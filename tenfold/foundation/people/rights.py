"""Rights of this package."""

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import Right

SEE_PEOPLE = Right("people.see_people", _("See people and their posts"))
KEEP_PEOPLE = Right("people.keep_people", _("Appoint and dismiss"))
RIGHTS = (SEE_PEOPLE, KEEP_PEOPLE)
