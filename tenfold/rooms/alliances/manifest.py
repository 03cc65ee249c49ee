"""What the room brings to the house."""

from django.utils.translation import gettext_lazy as _

from tenfold.engines.indicators.rights import SEE_VALUES
from tenfold.engines.programme.rights import SEE_ACTIONS
from tenfold.foundation.declare import Manifest, MenuItem, Panel, Room

from .indicators import INDICATORS
from .queries import seven_resources

ROOM = Room(
    "alliances",
    _("School alliances"),
    _("County school alliances: more schools in them, and better ones"),
    "二",
)

MANIFEST = Manifest(
    name="alliances",
    title=_("School alliances"),
    room=ROOM,
    indicators=INDICATORS,
    panels=(
        Panel("alliances.seven", "holdings.school", SEE_VALUES, seven_resources, "alliances/seven.html", order=10),
    ),
    menu=(MenuItem(ROOM.menu, "/rooms/alliances/", SEE_ACTIONS, group="rooms", order=20, numeral=ROOM.numeral),),
)
