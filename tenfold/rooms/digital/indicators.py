"""What the return says of digital schooling: rooms and computers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import Indicator, Ratio, Share
from tenfold.foundation.holdings.facts import enrolment, premises

RETURN = "教育事业统计"
WHOLE = ("locale", "sector")

INDICATORS = (
    Indicator(
        "digital.computers", _("Computers per 100 pupils"), Ratio(premises.computers, enrolment.pupils, 100),
        unit=_("units"), better="higher", decimals=1, splits=WHOLE, source=RETURN,
    ),
    Indicator(
        "digital.rooms", _("Networked multimedia rooms of a school per 100 pupils"),
        Ratio(premises.network_rooms, enrolment.pupils, 100),
        unit=_("rooms"), better="higher", decimals=2, splits=WHOLE, source=RETURN,
    ),
    Indicator(
        "digital.rooms_per_class", _("Networked multimedia rooms per class"),
        Ratio(premises.network_rooms, enrolment.classes),
        unit=_("rooms"), better="higher", decimals=2, splits=WHOLE, source=RETURN,
    ),
    Indicator(
        "digital.connected_schools", _("Schools with a networked multimedia room"), Share(premises.network_rooms > 0),
        unit="%", better="higher", decimals=1, splits=WHOLE, lowest="township", source=RETURN,
    ),
)  # fmt: skip
