"""Kinds of notice that the programme sends. What a person owes herself, nobody switches off."""

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import CHANNELS, NoticeKind

TASK = NoticeKind("programme.task", _("Tasks handed out, sent back, extended, handed over, concluded"), optional=False)
REMINDED = NoticeKind("programme.reminded", _("Reminders of tasks"), optional=False, channels=CHANNELS)
ESCALATED = NoticeKind("programme.escalated", _("Tasks passed up to the next level"), optional=False)
HEARING = NoticeKind("programme.hearing", _("The hearing of a month or a quarter"), optional=False)
ASKED = NoticeKind("programme.asked", _("Answers of units, and later days asked for"), gathered=True)
MATERIAL = NoticeKind("programme.material", _("Material to confirm, confirmed or given back"), gathered=True)
NOTICES = (TASK, REMINDED, ESCALATED, HEARING, ASKED, MATERIAL)
