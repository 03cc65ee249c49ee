"""Rights of this package."""

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import Right

SEE_PEOPLE = Right("people.see_people", _("See people and their posts"))
KEEP_PEOPLE = Right("people.keep_people", _("Appoint and dismiss"))
SEE_PUPILS = Right("people.see_pupils", _("See pupils by class, names masked"))
KEEP_PUPILS = Right("people.keep_pupils", _("Enrol pupils, let them and their guardians in"))
OPEN_FIELDS = Right("people.open_fields", _("Open one masked field of one person, with a purpose"))
SEE_CHILD = Right("people.see_child", _("See one's own child"))
SEE_SELF = Right("people.see_self", _("See oneself as a pupil"))
RIGHTS = (SEE_PEOPLE, KEEP_PEOPLE, SEE_PUPILS, KEEP_PUPILS, OPEN_FIELDS, SEE_CHILD, SEE_SELF)
