"""What the room brings to the house."""

from django.utils.translation import gettext_lazy as _

from tenfold.engines.programme.rights import SEE_ACTIONS
from tenfold.foundation.declare import Manifest, MenuItem, Room

ROOM = Room("reform", _("Overall reform"), _("Overall reform in education"), "九")

MANIFEST = Manifest(
    name="reform",
    title=_("Overall reform"),
    room=ROOM,
    menu=(MenuItem(ROOM.menu, "/rooms/reform/", SEE_ACTIONS, group="rooms", order=90, numeral=ROOM.numeral),),
)
