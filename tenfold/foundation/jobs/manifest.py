"""What jobs bring to the house."""

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import Command, Manifest, MenuItem

from .rights import RIGHTS, SEE_JOBS

MANIFEST = Manifest(
    name="jobs",
    title=_("Background work"),
    rights=RIGHTS,
    urls="tenfold.foundation.jobs.urls",
    menu=(MenuItem(_("Background work"), "/jobs/", SEE_JOBS, group="more", order=80),),
    commands=(Command("worker", "tenfold.foundation.jobs.commands:worker"),),
)
