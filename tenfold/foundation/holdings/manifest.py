"""What holdings bring to the house."""

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import Manifest, MenuItem

from .facts import FACTS
from .indicators import INDICATORS
from .rights import RIGHTS, SEE_SCHOOL

MANIFEST = Manifest(
    name="holdings",
    title=_("School holdings"),
    rights=RIGHTS,
    facts=FACTS,
    indicators=INDICATORS,
    urls="tenfold.foundation.holdings.urls",
    menu=(MenuItem(_("School holdings"), "/schools/", SEE_SCHOOL, group="work", order=20),),
)
