"""What the return says of vocational schooling.

Pupils of the two senior stages come from the returns that hold such a stage; a county's share is that
of its schools with one.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import Indicator, Ratio, Total
from tenfold.foundation.holdings.facts import senior

RETURN = "教育事业统计"

INDICATORS = (
    Indicator(
        "vocational.pupils", _("Pupils in secondary vocational schools"), Total(senior.vocational),
        unit=_("persons"), splits=("locale", "sector"), source=RETURN,
    ),
    Indicator(
        "vocational.share", _("Vocational pupils of all in the senior stage"),
        Ratio(senior.vocational, senior.pupils, 100),
        unit="%", decimals=1, splits=("locale", "sector"), source=RETURN,
    ),
)  # fmt: skip
