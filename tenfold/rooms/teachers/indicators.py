"""What the return says of teachers: degrees, certificates, training, rotation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import Expression, Indicator, Ratio
from tenfold.foundation.holdings.facts import premises, staffing

STANDARD = "教督〔2017〕6号"
ROTATION = "教师〔2014〕4号"
RETURN = "教育事业统计"


def _of_teachers(top: Expression) -> Ratio:
    return Ratio(top, staffing.teachers, 100)


INDICATORS = (
    Indicator(
        "teachers.certified", _("Teachers who hold a certificate"), _of_teachers(staffing.teachers_certified),
        unit="%", better="higher", decimals=1, source=STANDARD,
    ),
    Indicator(
        "teachers.trained_360h", _("Teachers with 360 hours of training in five years"),
        _of_teachers(staffing.teachers_360h), unit="%", better="higher", decimals=1, source=STANDARD,
    ),
    Indicator(
        "teachers.rotation", _("Teachers rotated of those eligible"),
        Ratio(staffing.teachers_moved, staffing.teachers_eligible, 100),
        unit="%", better="higher", decimals=1, source=ROTATION,
    ),
    Indicator(
        "teachers.rotation_backbone", _("Backbone teachers among those rotated"),
        Ratio(staffing.teachers_moved_backbone, staffing.teachers_moved, 100),
        unit="%", better="higher", decimals=1, source=ROTATION,
    ),
    Indicator(
        "teachers.college", _("Teachers with a college degree and above"),
        _of_teachers(staffing.teachers_specialist + staffing.teachers_bachelor + staffing.teachers_postgraduate),
        unit="%", better="higher", decimals=1, source=RETURN,
    ),
    Indicator(
        "teachers.bachelor", _("Teachers with a bachelor's degree and above"),
        _of_teachers(staffing.teachers_bachelor + staffing.teachers_postgraduate),
        unit="%", better="higher", decimals=1, source=RETURN,
    ),
    Indicator(
        "teachers.postgraduate", _("Share of teachers with a postgraduate degree"),
        _of_teachers(staffing.teachers_postgraduate),
        unit="%", better="higher", decimals=1, source=RETURN,
    ),
    Indicator(
        "teachers.backbone", _("Backbone teachers among all"), _of_teachers(staffing.teachers_backbone),
        unit="%", better="higher", decimals=1, source=RETURN,
    ),
    Indicator(
        "teachers.training_money", _("Public funds spent on training"),
        Ratio(premises.training_spent, premises.funds_budget, 100),
        unit="%", better="higher", decimals=1, splits=("locale", "sector"), source=STANDARD,
        note=_("Teacher training over the year's budget of public funds; the standard asks for five per cent."),
    ),
)  # fmt: skip
