"""What the desk brings to the house."""

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import SIGNED_IN, Finder, Manifest, MenuItem

from .finding import find_pages

MANIFEST = Manifest(
    name="desk",
    title=_("My to-do list"),
    finders=(Finder("desk.pages", _("Pages"), SIGNED_IN, find_pages, order=90),),
    urls="tenfold.foundation.desk.urls",
    menu=(MenuItem(_("My to-do list"), "/", SIGNED_IN, group="top", order=10),),
)
