"""What organisations bring to the house."""

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import SIGNED_IN, Command, Finder, Manifest

from .finding import find_places
from .rights import RIGHTS

MANIFEST = Manifest(
    name="organisations",
    title=_("Organisations"),
    rights=RIGHTS,
    finders=(Finder("organisations.places", _("Places"), SIGNED_IN, find_places, order=10),),
    commands=(Command("map", "tenfold.foundation.organisations.commands:app", group=True),),
    acts=(
        ("open_organisation", _("Opened an organisation")),
        ("rename_organisation", _("Renamed an organisation")),
        ("move_organisation", _("Moved an organisation")),
        ("close_organisation", _("Closed an organisation")),
        ("merge_organisations", _("Merged organisations")),
        ("split_organisation", _("Split an organisation")),
        ("draw_boundaries", _("Took in boundaries")),
    ),
)
