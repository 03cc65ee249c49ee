"""What the indicators bring to the house."""

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import Command, Finder, JobKind, Manifest, MenuItem

from .finding import find_indicators
from .rights import RIGHTS, SEE_VALUES
from .words import own_place

MANIFEST = Manifest(
    name="indicators",
    title=_("Indicators"),
    rights=RIGHTS,
    finders=(Finder("indicators.indicators", _("Indicators"), SEE_VALUES, find_indicators, order=30),),
    urls="tenfold.engines.indicators.urls",
    menu=(
        MenuItem(own_place, "/overview/", SEE_VALUES, group="top", order=30),
        MenuItem(_("Indicators"), "/indicators/", SEE_VALUES, group="work", order=30),
    ),
    jobs=(
        # Asked for by every change; repeated, so that a kill just after a commit leaves nothing stale for long.
        JobKind(
            "indicators.sync",
            "tenfold.engines.indicators.jobs.sync",
            _("Bring indicators up to date"),
            every=300,
            system=True,
        ),
    ),
    acts=(("_forget_marks", _("Counted the facts anew")),),
    commands=(Command("indicator", "tenfold.engines.indicators.commands:app", group=True),),
)
