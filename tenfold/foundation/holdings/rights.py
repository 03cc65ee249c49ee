"""Rights of this package."""

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import Right

SEE_SCHOOL = Right("holdings.see_school", _("See what a school has"))
RIGHTS = (SEE_SCHOOL,)
