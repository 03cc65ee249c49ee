"""What notices bring to the house."""

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import JobKind, Manifest

MANIFEST = Manifest(
    name="notices",
    title=_("Notices"),
    jobs=(
        JobKind(
            "notices.send_mail",
            "tenfold.engines.notices.jobs:send_mail",
            _("Send mail"),
            every=300,
        ),
    ),
)
