"""What the calendar brings to the house."""

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import Manifest

MANIFEST = Manifest(name="calendar", title=_("Calendar"))
