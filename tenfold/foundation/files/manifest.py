"""What files bring to the house."""

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import JobKind, Manifest

MANIFEST = Manifest(
    name="files",
    title=_("Files"),
    jobs=(JobKind("files.sweep", "tenfold.foundation.files.jobs:sweep", _("Sweep left-over files"), every=6 * 3600),),
)
