"""Rights of this package."""

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import Right

SEE_ACTIONS = Right("programme.see_actions", _("See the actions and their progress"))
RIGHTS = (SEE_ACTIONS,)
