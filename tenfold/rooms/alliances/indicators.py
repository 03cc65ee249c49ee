"""What the return says of balance between schools: the seven resources of 教督〔2017〕6号 and their spreads.

Whole-through schools are split before anything is counted (拆分); teaching points under 50 pupils stay out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import Count, Expression, Indicator, Ratio, Share, Spread, Total
from tenfold.foundation.holdings.facts import class_limits, compulsory, guarantees, retention, staffing, zones

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

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


def _share(
    code: str, title: StrOrPromise, top: Expression, bottom: Expression, item: str, note: StrOrPromise = "",
    by_stage: bool = False,
) -> Indicator:  # fmt: skip
    """A share of the county's compulsory schooling, in per cent."""
    return Indicator(
        f"alliances.{code}", title, Ratio(top, bottom, 100), unit="%", better="higher", decimals=1, source=STANDARD,
        standard=f"{FILE}/{item}", note=note, only_by="stage" if by_stage else "",
        splits=("stage", "locale", "sector") if by_stage else ("locale", "sector"),
    )  # fmt: skip


GUARANTEES = (
    Indicator(
        "alliances.rooms_short", _("Schools that lack a music or an art room"),
        Count(guarantees.rooms_short, guarantees.rooms_short >= 1), unit=_("schools"), better="lower",
        splits=("locale", "sector"), lowest="township", source=STANDARD, standard=f"{FILE}/music_art_rooms",
        note=_("One music and one art room for every 12 classes, each large enough."),
    ),
    Indicator(
        "alliances.size_over", _("Schools above the largest size"),
        Count(guarantees.size_over, guarantees.size_over >= 1), unit=_("schools"), better="lower",
        splits=("locale", "sector"), lowest="township", source=STANDARD, standard=f"{FILE}/school_size",
        note=_("2,000 pupils, 2,500 where primary and junior secondary are one school; more where it was built "
               "by 2010 or most pupils are of migrant families."),
    ),
    Indicator(
        "alliances.classes_over", _("Classes above the limit of their stage"), Total(class_limits.over),
        unit=_("classes"), better="lower", source=STANDARD, standard=f"{FILE}/class_size",
        note=_("45 pupils in primary, 50 in junior secondary."),
    ),
    _share("trained_360h", _("Teachers of compulsory schooling with 360 hours in five years"),
           guarantees.trained, guarantees.teachers, "trained_360h"),
    _share("certified", _("Teachers of compulsory schooling who hold a certificate"),
           guarantees.certified, guarantees.teachers, "certified"),
    _share("rotation", _("Teachers of compulsory schooling rotated, of those eligible"),
           guarantees.moved, guarantees.eligible, "rotation",
           _("Sum of the county, not a mean of schools.")),
    _share("rotation_backbone", _("Backbone teachers among those rotated in compulsory schooling"),
           guarantees.moved_backbone, guarantees.moved, "rotation.backbone"),
    _share("near_enrolment", _("Pupils enrolled in their zone"), zones.in_zone, zones.pupils, "near_enrolment",
           _("Public day schools of cities and towns."), by_stage=True),
    _share("migrants_public", _("Pupils of migrant families in public schools, of all"),
           guarantees.migrants_public, guarantees.migrants, "left_behind_migrant",
           _("Purchased places in private schools are not in the return.")),
    _share("training_money", _("Training of teachers out of the public funds of compulsory schools"),
           guarantees.training, guarantees.budget, "training_funds"),
)  # fmt: skip
"""The further items of the standard that the return decides, for the county."""

INDICATORS = (
    *_resources(),
    *GUARANTEES,
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
