"""What the room brings to the house."""

from django.utils.translation import gettext_lazy as _

from tenfold.engines.programme.rights import SEE_ACTIONS
from tenfold.foundation.declare import Manifest, MenuItem, Room

from .indicators import INDICATORS

ROOM = Room("vocational", _("Vocational system"), _("A modern system of vocational education"), "三")

MANIFEST = Manifest(
    name="vocational",
    title=_("Vocational system"),
    room=ROOM,
    indicators=INDICATORS,
    menu=(MenuItem(ROOM.menu, "/rooms/vocational/", SEE_ACTIONS, group="rooms", order=30, numeral=ROOM.numeral),),
)
