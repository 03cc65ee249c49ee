"""Rights of this package."""

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import Right

SEE_JOBS = Right("jobs.see_jobs", _("See the work in the background"))
RIGHTS = (SEE_JOBS,)
