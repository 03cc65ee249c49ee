"""Rights of this package. What may be imported is a right of the kind's own package."""

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import Right

IMPORT = Right("exchange.import_tables", _("Import tables"))
RIGHTS = (IMPORT,)
