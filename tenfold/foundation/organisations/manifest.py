"""What organisations bring to the house."""

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import Command, Manifest

from .rights import RIGHTS

MANIFEST = Manifest(
    name="organisations",
    title=_("Organisations"),
    rights=RIGHTS,
    commands=(Command("map", "tenfold.foundation.organisations.commands:app", group=True),),
)
