"""What the audit brings to the house."""

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import Command, JobKind, Manifest, MenuItem

from .rights import RIGHTS, SEE

MANIFEST = Manifest(
    name="audit",
    title=_("Audit"),
    rights=RIGHTS,
    urls="tenfold.foundation.audit.urls",
    menu=(MenuItem(_("Audit log"), "/audit/", SEE, group="more", order=90),),
    jobs=(
        JobKind(
            "audit.seal",
            "tenfold.foundation.audit.jobs:seal",
            _("Seal the audit"),
            every=60,
        ),
    ),
    commands=(Command("audit", "tenfold.foundation.audit.commands:app", group=True),),
    acts=(("looked", _("Looked at a sensitive field")),),
)
