"""What the room brings to the house."""

from django.utils.translation import gettext_lazy as _

from tenfold.engines.programme.rights import SEE_ACTIONS
from tenfold.foundation.declare import Manifest, MenuItem, Room

ROOM = Room("civics", _("Civics across stages"), _("Integrated civics from primary school to university"), "一")

MANIFEST = Manifest(
    name="civics",
    title=_("Civics across stages"),
    room=ROOM,
    menu=(MenuItem(ROOM.menu, "/rooms/civics/", SEE_ACTIONS, group="rooms", order=10, numeral=ROOM.numeral),),
)
