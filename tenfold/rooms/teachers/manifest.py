"""What the room brings to the house."""

from django.utils.translation import gettext_lazy as _

from tenfold.engines.programme.rights import SEE_ACTIONS
from tenfold.foundation.declare import Manifest, MenuItem, Room

from .indicators import INDICATORS

ROOM = Room("teachers", _("Strong teachers"), _("Strong teachers for a new era, made together"), "四")

MANIFEST = Manifest(
    name="teachers",
    title=_("Strong teachers"),
    room=ROOM,
    indicators=INDICATORS,
    menu=(MenuItem(ROOM.menu, "/rooms/teachers/", SEE_ACTIONS, group="rooms", order=40, numeral=ROOM.numeral),),
)
