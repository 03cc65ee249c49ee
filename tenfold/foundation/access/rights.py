"""Rights of this package."""

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import Right

KEEP_ACCOUNTS = Right("access.keep_accounts", _("Keep sign-in accounts"))
RIGHTS = (KEEP_ACCOUNTS,)
