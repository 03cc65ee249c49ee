"""What the desk brings to the house."""

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import SIGNED_IN, Manifest, MenuItem

MANIFEST = Manifest(
    name="desk",
    title=_("My to-do list"),
    urls="tenfold.foundation.desk.urls",
    menu=(MenuItem(_("My to-do list"), "/", SIGNED_IN, group="top", order=10),),
)
