"""What the look brings to the house: its own few pages."""

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import Manifest

MANIFEST = Manifest(name="ui", title=_("The look"), urls="tenfold.foundation.ui.urls")
