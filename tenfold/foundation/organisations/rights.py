"""Rights of this package."""

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import Right

SEE_ORGANISATIONS = Right("organisations.see_organisations", _("See organisations"))
KEEP_ORGANISATIONS = Right("organisations.keep_organisations", _("Open, move, merge and close organisations"))
RIGHTS = (SEE_ORGANISATIONS, KEEP_ORGANISATIONS)
