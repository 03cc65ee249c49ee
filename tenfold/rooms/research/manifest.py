"""What the room brings to the house."""

from django.utils.translation import gettext_lazy as _

from tenfold.engines.programme.rights import SEE_ACTIONS
from tenfold.foundation.declare import Manifest, MenuItem, Room

from .indicators import INDICATORS

ROOM = Room("research", _("Teaching research"), _("A lift for research on teaching"), "五")

MANIFEST = Manifest(
    name="research",
    title=_("Teaching research"),
    room=ROOM,
    indicators=INDICATORS,
    menu=(MenuItem(ROOM.menu, "/rooms/research/", SEE_ACTIONS, group="rooms", order=50, numeral=ROOM.numeral),),
)
