"""What the room brings to the house."""

from django.utils.translation import gettext_lazy as _

from tenfold.engines.programme.rights import SEE_ACTIONS
from tenfold.foundation.declare import Manifest, MenuItem, Room

ROOM = Room("conduct", _("Conduct"), _("“Study, reflect, put right, improve”"), "十")

MANIFEST = Manifest(
    name="conduct",
    title=_("Conduct"),
    room=ROOM,
    menu=(MenuItem(ROOM.menu, "/rooms/conduct/", SEE_ACTIONS, group="rooms", order=100, numeral=ROOM.numeral),),
)
