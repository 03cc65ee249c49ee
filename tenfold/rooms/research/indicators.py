"""What the return says of the forces of teaching research: science teachers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import Indicator, Ratio, Share
from tenfold.foundation.holdings.facts import enrolment, staffing

RETURN = "教育事业统计"

INDICATORS = (
    Indicator(
        "research.science_teachers", _("Science teachers per 100 pupils"),
        Ratio(staffing.teachers_science, enrolment.pupils, 100),
        unit=_("persons"), better="higher", decimals=2, source=RETURN,
    ),
    Indicator(
        "research.science_schools", _("Schools with a science teacher"), Share(staffing.teachers_science > 0),
        unit="%", better="higher", decimals=1, lowest="township", source=RETURN,
    ),
)  # fmt: skip
