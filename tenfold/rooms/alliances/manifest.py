"""What the room brings to the house."""

from django.utils.translation import gettext_lazy as _

from tenfold.engines.programme.rights import SEE_ACTIONS
from tenfold.foundation.declare import Manifest, MenuItem, Room

from .indicators import INDICATORS

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
    menu=(MenuItem(ROOM.menu, "/rooms/alliances/", SEE_ACTIONS, group="rooms", order=20, numeral=ROOM.numeral),),
)
