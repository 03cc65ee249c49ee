"""What fields bring to the house."""

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import Manifest

MANIFEST = Manifest(name="fields", title=_("Classes of fields and data keys"))
