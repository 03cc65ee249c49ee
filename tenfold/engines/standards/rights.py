"""Rights of this package."""

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import Right

SEE_ASSESSMENT = Right("standards.see_assessment", _("See the self-assessment against a standard"))
ENTER_ITEMS = Right("standards.enter_items", _("Enter what the return does not tell of a standard"))
CONFIRM_ITEMS = Right("standards.confirm_items", _("Confirm what another has entered of a standard"))
RIGHTS = (SEE_ASSESSMENT, ENTER_ITEMS, CONFIRM_ITEMS)
