"""What access brings to the house."""

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import Command, Manifest

from .rights import RIGHTS

MANIFEST = Manifest(
    name="access",
    title=_("Sign-in and posts"),
    rights=RIGHTS,
    urls="tenfold.foundation.access.urls",
    commands=(Command("init", "tenfold.foundation.access.commands:init"),),
)
