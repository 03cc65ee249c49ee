"""Rights of this package."""

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import Right

SEE_VALUES = Right("indicators.see_values", _("See indicators"))
SEE_SOURCES = Right("indicators.see_sources", _("See what a figure rests on, down to the cell"))
RIGHTS = (SEE_VALUES, SEE_SOURCES)
