"""What the room brings to the house."""

from django.utils.translation import gettext_lazy as _

from tenfold.engines.programme.rights import SEE_ACTIONS
from tenfold.foundation.declare import Manifest, MenuItem, Room

ROOM = Room("inspection", _("Inspection"), _("More able inspection of education"), "六")

MANIFEST = Manifest(
    name="inspection",
    title=_("Inspection"),
    room=ROOM,
    menu=(MenuItem(ROOM.menu, "/rooms/inspection/", SEE_ACTIONS, group="rooms", order=60, numeral=ROOM.numeral),),
)
