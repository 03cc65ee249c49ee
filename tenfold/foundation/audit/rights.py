"""Rights of this package."""

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import Right

SEE = Right("audit.see", _("See the audit"))
RIGHTS = (SEE,)
