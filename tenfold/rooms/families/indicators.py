"""What the return says of the well-being of pupils: mental-health teachers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import Indicator, Ratio, Share
from tenfold.foundation.holdings.facts import enrolment, staffing

RETURN = "教育事业统计"

INDICATORS = (
    Indicator(
        "families.psych_schools", _("Schools with a mental-health teacher"), Share(staffing.teachers_psych > 0),
        unit="%", better="higher", decimals=1, lowest="township", source=RETURN,
    ),
    Indicator(
        "families.psych_teachers", _("Mental-health teachers per 1,000 pupils"),
        Ratio(staffing.teachers_psych, enrolment.pupils, 1000),
        unit=_("persons"), better="higher", decimals=2, source=RETURN,
    ),
)  # fmt: skip
