"""Rights of this package."""

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import Right

RECEIVE_NOTICES = Right("notices.see_notices", _("Read one's own notices and sign for them"))
SEND_NOTICES = Right("notices.send_notices", _("Send notices to the units below and see who has read them"))
ENTER_RECEIPTS = Right("notices.enter_receipts", _("Enter receipts that were signed on paper"))
SEE_CHANNELS = Right("notices.see_channels", _("See how the channels outside work"))
RIGHTS = (RECEIVE_NOTICES, SEND_NOTICES, ENTER_RECEIPTS, SEE_CHANNELS)
