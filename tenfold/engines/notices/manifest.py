"""What notices bring to the house."""

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import Duty, JobKind, Manifest, MenuItem

from .owed import to_sign
from .rights import RECEIVE_NOTICES, RIGHTS
from .words import URGENT, WRITTEN

MANIFEST = Manifest(
    name="notices",
    title=_("Notices"),
    rights=RIGHTS,
    urls="tenfold.engines.notices.urls",
    menu=(MenuItem(_("Notices"), "/notices/", RECEIVE_NOTICES, group="work", order=25),),
    duties=(Duty("notices.receipt", _("Notices to sign for"), to_sign),),
    notices=(WRITTEN, URGENT),
    jobs=(
        JobKind("notices.send", "tenfold.engines.notices.jobs:send", _("Send what is due"), every=60),
        JobKind("notices.sweep", "tenfold.engines.notices.jobs:sweep", _("Forget what was sent long ago"), every=86400),
    ),
    acts=(
        ("notices.write_notice", _("Sent a notice")),
        ("notices.remind", _("Reminded those who had not read a notice")),
        ("notices.mark_read", _("Read a notice")),
        ("notices.sign", _("Signed for a notice")),
        ("notices.enter_paper", _("Entered a receipt from paper")),
        ("notices.save_settings", _("Changed how one is reached")),
    ),
)
