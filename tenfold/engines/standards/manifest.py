"""What the self-assessment brings to the house."""

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import Command, Duty, Manifest, MenuItem, Panel

from .owed import items_owed
from .pages.panels import place_panel, school_panel
from .rights import RIGHTS, SEE_ASSESSMENT

MANIFEST = Manifest(
    name="standards",
    title=_("Standards and self-assessment"),
    rights=RIGHTS,
    urls="tenfold.engines.standards.urls",
    menu=(MenuItem(_("Self-assessment"), "/standards/", SEE_ASSESSMENT, group="work", order=35),),
    duties=(Duty("standards.items", _("Items of a standard to enter and to confirm"), items_owed),),
    panels=(
        Panel(
            "standards.seven", "holdings.school", SEE_ASSESSMENT, school_panel, "standards/seven.html", 10, queries=0
        ),
        Panel("standards.place", "indicators.place", SEE_ASSESSMENT, place_panel, "standards/place.html", order=20),
    ),
    commands=(Command("standard", "tenfold.engines.standards.commands:app", group=True),),
)
