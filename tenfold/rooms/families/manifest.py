"""What the room brings to the house."""

from django.utils.translation import gettext_lazy as _

from tenfold.engines.programme.rights import SEE_ACTIONS
from tenfold.foundation.declare import Manifest, MenuItem, Room

from .indicators import INDICATORS

ROOM = Room("families", _("Home, school, society"), _("Homes, schools and society bring up children together"), "八")

MANIFEST = Manifest(
    name="families",
    title=_("Home, school, society"),
    room=ROOM,
    indicators=INDICATORS,
    menu=(MenuItem(ROOM.menu, "/rooms/families/", SEE_ACTIONS, group="rooms", order=80, numeral=ROOM.numeral),),
)
