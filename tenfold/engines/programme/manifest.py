"""What the programme brings to the house."""

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import Command, Manifest, MenuItem

from .criteria import CRITERIA
from .rights import RIGHTS, SEE_ACTIONS

MANIFEST = Manifest(
    name="programme",
    title=_("Steering the actions"),
    rights=RIGHTS,
    criteria=CRITERIA,
    urls="tenfold.engines.programme.urls",
    menu=(MenuItem(_("Overview of the actions"), "/actions/", SEE_ACTIONS, group="top", order=20),),
    commands=(Command("programme", "tenfold.engines.programme.commands:app", group=True),),
)
