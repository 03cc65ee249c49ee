"""What the annual return counts: one indicator for every numeric field, and the plain rates between them."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import Count, Expression, Field, Indicator, Mean, Percentile, Ratio, Share, Total

from .facts import (
    class_limits,
    class_sizes,
    composition,
    enrolment,
    premises,
    retention,
    schools,
    staffing,
)
from .statistics import statistics
from .words import BANDS, GRADE_FIELDS, GUARDED, SCHOOL_FIELDS, STAGE_FIELDS

RETURN = "教育事业统计"
"""The annual statistics of education, whose return this is."""

BUILDING = "教督〔2017〕6号"
PER_CENT = "%"
_persons = _("persons")
_classes = _("classes")


def column_of(field: Field) -> Expression:
    """The fact's column that a field of the return stands in."""
    for fact in (enrolment, composition, class_sizes, staffing, retention, premises):
        if any(column.name == field.code for column in fact.columns):
            return getattr(fact, field.code)
    raise LookupError(field.code)


def _counts() -> Iterator[Indicator]:
    for field in (*GRADE_FIELDS, *STAGE_FIELDS, *SCHOOL_FIELDS):
        money, area = field.kind == "money", field.kind == "area"
        yield Indicator(
            f"holdings.{field.code}",
            field.title,
            Total(column_of(field)),
            unit=field.unit,
            splits=_splits(field),
            in_wan=money,
            decimals=0 if not area else 1,
            source=RETURN,
        )


def _splits(field: Field) -> tuple[str, ...]:
    """How a count is divided: a guarded one not at all, since crossing sums would tell what is hidden."""
    if field.code in GUARDED:
        return ()
    return ("locale", "sector") if field in SCHOOL_FIELDS else ("stage", "locale", "sector")


def _bands(first: str) -> Expression:
    names = BANDS[BANDS.index(first) :]
    found: Expression = getattr(class_sizes, f"classes_{names[0]}")
    for name in names[1:]:
        found = found + getattr(class_sizes, f"classes_{name}")
    return found


_all_bands = _bands("le25")

RATES = (
    Indicator(
        "holdings.schools", _("Schools and teaching points"), Count(schools.one),
        unit=_("schools"), source=RETURN, note=_("Those that have handed in a return for the year."),
    ),
    Indicator(
        "holdings.small_schools", _("Schools of fewer than 100 pupils"),
        Count(enrolment.pupils, enrolment.pupils < statistics().small), unit=_("schools"),
        source=statistics().small_document,
    ),
    Indicator(
        "holdings.school_size", _("Mean size of a school"), Mean(enrolment.pupils),
        unit=_persons, source=RETURN, lowest="township", note=_("Each school counts once."),
    ),
    Indicator(
        "holdings.school_size_median", _("Median size of a school"), Percentile(enrolment.pupils, 50),
        unit=_persons, source=RETURN, lowest="township",
        note=_("Half of the schools have fewer pupils."),
    ),
    Indicator(
        "holdings.class_size", _("Mean class size"), Ratio(enrolment.pupils, enrolment.classes),
        unit=_persons, better="lower", decimals=1, source=RETURN,
    ),
    Indicator(
        "holdings.pupils_per_teacher", _("Pupils per teacher"), Ratio(enrolment.pupils, staffing.teachers),
        unit=_persons, better="lower", decimals=2, source=RETURN,
    ),
    Indicator(
        "holdings.girls_share", _("Share of girls"), Ratio(enrolment.pupils_female, enrolment.pupils, 100),
        unit=PER_CENT, decimals=1, source=RETURN,
    ),
    Indicator(
        "holdings.boarders_share", _("Share of boarders"), Ratio(composition.pupils_boarding, enrolment.pupils, 100),
        unit=PER_CENT, decimals=1, source=RETURN,
    ),
    Indicator(
        "holdings.migrant_share", _("Share of pupils of migrant families"),
        Ratio(composition.pupils_migrant, enrolment.pupils, 100), unit=PER_CENT, decimals=1, source=RETURN,
    ),
    Indicator(
        "holdings.oversized_classes", _("Oversized classes (56 pupils and more)"),
        Ratio(_bands("56_60"), _all_bands, 100),
        unit=PER_CENT, better="lower", decimals=1, source=RETURN,
        note=_("A statistical bound; the balanced standard's limits of 45 and 50 are another matter."),
    ),
    Indicator(
        "holdings.extreme_classes", _("Extremely large classes (66 pupils and more)"),
        Ratio(class_sizes.classes_ge66, _all_bands, 100),
        unit=PER_CENT, better="lower", decimals=1, source=RETURN,
    ),
    Indicator(
        "holdings.classes_over_limit", _("Classes above the standard's limit"),
        Ratio(class_limits.over, class_limits.classes, 100),
        unit=PER_CENT, better="lower", decimals=1, source=BUILDING,
        note=_("Primary classes of more than 45 pupils, junior classes of more than 50."),
    ),
    Indicator(
        "holdings.schools_with_large_classes", _("Schools with a class above the standard's limit"),
        Share(class_limits.over > 0), unit=PER_CENT, better="lower", decimals=1, source=BUILDING,
    ),
    Indicator(
        "holdings.books_per_pupil", _("Books per pupil"), Ratio(premises.books, enrolment.pupils),
        unit=_("copies"), better="higher", decimals=1, splits=("locale", "sector"), source=RETURN,
    ),
    Indicator(
        "holdings.funds_per_pupil", _("Public funds spent per pupil"), Ratio(premises.funds_spent, enrolment.pupils),
        unit=_("yuan"), better="higher", decimals=0, splits=("locale", "sector"), source=RETURN,
    ),
    Indicator(
        "holdings.funds_used", _("Public funds spent of those planned"),
        Ratio(premises.funds_spent, premises.funds_budget, 100), unit=PER_CENT, decimals=1,
        splits=("locale", "sector"), source=RETURN,
    ),
)  # fmt: skip

INDICATORS = (*_counts(), *RATES)
