"""What the room brings to the house."""

from django.utils.translation import gettext_lazy as _

from tenfold.engines.programme.rights import SEE_ACTIONS
from tenfold.foundation.declare import Manifest, MenuItem, Room

from .indicators import INDICATORS

ROOM = Room("digital", _("Digital education"), _("The strategy of digital education"), "七")

MANIFEST = Manifest(
    name="digital",
    title=_("Digital education"),
    room=ROOM,
    indicators=INDICATORS,
    menu=(MenuItem(ROOM.menu, "/rooms/digital/", SEE_ACTIONS, group="rooms", order=70, numeral=ROOM.numeral),),
)
