"""What people bring to the house."""

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import Manifest

from .rights import RIGHTS

MANIFEST = Manifest(name="people", title=_("People and posts"), rights=RIGHTS)
