"""What the return says of balance between schools: the seven resources of 教督〔2017〕6号 and their spreads.

Whole-through schools are split before anything is counted (拆分); teaching points under 50 pupils stay out.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import Indicator, Ratio, Share, Spread
from tenfold.foundation.holdings.facts import compulsory, retention, staffing

STANDARD = "教督〔2017〕6号"
SPREAD = "教督〔2012〕3号"
FILE = "balanced-compulsory-2017"

RESOURCES = (
    ("highly_qualified_teachers", _("Teachers above the required degree per 100 pupils"),
     _("Spread of teachers above the required degree"), _("teachers per 100 pupils"), 100, 2),
    ("backbone_teachers", _("Backbone teachers per 100 pupils"),
     _("Spread of backbone teachers"), _("teachers per 100 pupils"), 100, 2),
    ("pe_arts_teachers", _("PE, music and art teachers per 100 pupils"),
     _("Spread of PE, music and art teachers"), _("teachers per 100 pupils"), 100, 2),
    ("teaching_area", _("Teaching rooms per pupil"),
     _("Spread of teaching rooms"), "m²", 1, 2),
    ("sports_area", _("Sports grounds and halls per pupil"),
     _("Spread of sports grounds and halls"), "m²", 1, 2),
    ("equipment", _("Value of teaching equipment per pupil"),
     _("Spread of teaching equipment"), _("yuan"), 1, 0),
    ("network_rooms", _("Networked multimedia rooms per 100 pupils"),
     _("Spread of networked multimedia rooms"), _("rooms per 100 pupils"), 100, 2),
)  # fmt: skip
"""Code, title, title of the spread, unit, per how many pupils, decimals."""


def _resources() -> Iterator[Indicator]:
    for code, title, spread_title, unit, per, decimals in RESOURCES:
        ratio = Ratio(getattr(compulsory, code), compulsory.pupils, per)
        yield Indicator(
            f"alliances.{code}", title, ratio, unit=unit, better="higher", only_by="stage",
            decimals=decimals, source=STANDARD, standard=f"{FILE}/{code}",
            note=_("Whole-through schools are split by stage (1 to 1.1 to 1.32); teaching points under 50 pupils "
                   "stay out."),
        )  # fmt: skip
        yield Indicator(
            f"alliances.{code}_spread", spread_title, Spread(ratio), better="lower", only_by="stage", splits=("stage",),
            decimals=3, lowest="county", highest="county", source=SPREAD, standard=f"{FILE}/spread",
            note=_("Coefficient of variation between schools, weighted by pupils, of one county and one stage."),
        )  # fmt: skip


def _offers(field: str) -> Share:
    return Share(getattr(staffing, field) > 0)


INDICATORS = (
    *_resources(),
    Indicator(
        "alliances.schools_meeting", _("Schools that meet six of the seven resources"), Share(compulsory.passes >= 1),
        unit="%", better="higher", only_by="stage", decimals=1, lowest="township", source=STANDARD,
        note=_("Six of seven at the threshold, the other at 85 per cent of it at least. Counted locally."),
    ),
    Indicator(
        "alliances.retention", _("Retention over three years of junior secondary"),
        Ratio(
            retention.graduates_g9 - retention.transfers_in + retention.transfers_out,
            retention.intake_g7 - retention.deaths,
            100,
        ),
        unit="%", better="higher", decimals=2, splits=("locale", "sector"), source=STANDARD,
        standard=f"{FILE}/retention",
        note=_("(Graduates − transfers in + transfers out) ÷ (intake of three years ago − deaths), "
               "judged for the county."),
    ),
    Indicator(
        "alliances.pe_schools", _("Schools with a PE teacher"), _offers("teachers_pe"),
        unit="%", better="higher", decimals=1, lowest="township", source="教育事业统计",
    ),
    Indicator(
        "alliances.music_schools", _("Schools with a music teacher"), _offers("teachers_music"),
        unit="%", better="higher", decimals=1, lowest="township", source="教育事业统计",
    ),
    Indicator(
        "alliances.art_schools", _("Schools with a fine-art teacher"), _offers("teachers_art"),
        unit="%", better="higher", decimals=1, lowest="township", source="教育事业统计",
    ),
    Indicator(
        "alliances.english_schools", _("Schools with an English teacher"), _offers("teachers_english"),
        unit="%", better="higher", decimals=1, lowest="township", source="教育事业统计",
    ),
)  # fmt: skip
"""Read the four shares of schools by locale: what counts is the rural schools."""
