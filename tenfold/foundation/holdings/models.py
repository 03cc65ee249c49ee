"""The annual return: a school's year, its stages, its grades. Columns derive from ``words``.

Areas are kept in 0.01 m², money in fen, both as integers: SQLite knows no decimals.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models

from tenfold.foundation.declare import Field
from tenfold.foundation.fields import classed
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.scope.models import Scoped

from .words import GRADE_FIELDS, SCHOOL_FIELDS, STAGE_FIELDS, STAGES

HUNDREDTHS = ("area", "money")
"""Kinds of fields kept as integers of a hundredth."""


def stored(field: Field, value: Decimal | int | None) -> int | None:
    """A value in its unit (m², yuan, persons) as the column keeps it."""
    if value is None:
        return None
    return int((Decimal(value) * 100).to_integral_value()) if field.kind in HUNDREDTHS else int(value)


def shown(field: Field, value: int | None) -> Decimal | int | None:
    """A column's value in its unit."""
    if value is None or field.kind not in HUNDREDTHS:
        return value
    return Decimal(value) / 100


class SchoolYear(Scoped):
    """One school in one school year. ``records`` says where its figures came from, the later first."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="years")
    period = models.CharField(max_length=10)
    school_type = models.CharField(max_length=3, blank=True)
    locale = models.CharField(max_length=3, blank=True)
    sector = models.CharField(max_length=8, blank=True)
    boarding = models.BooleanField(null=True, blank=True)
    built_by_2010 = models.BooleanField(null=True, blank=True)
    built_by_2016 = models.BooleanField(null=True, blank=True)
    dense_centre = models.BooleanField(null=True, blank=True)
    records = classed(models.JSONField(default=list), "internal")
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        constraints = (models.UniqueConstraint(fields=["organisation", "period"], name="one_return_a_year"),)
        indexes = (models.Index(fields=["period"]),)


class StageYear(Scoped):
    """What is counted by stage; the empty stage is what the source does not divide."""

    scope_field = "year__organisation"

    year = models.ForeignKey(SchoolYear, models.CASCADE, related_name="stages")
    stage = models.CharField(max_length=12, choices=STAGES, blank=True)

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        constraints = (models.UniqueConstraint(fields=["year", "stage"], name="one_row_a_stage"),)


class GradeYear(Scoped):
    """What is counted by stage and grade; grade 0 is what the source does not divide by grade."""

    scope_field = "year__organisation"

    year = models.ForeignKey(SchoolYear, models.CASCADE, related_name="grades")
    stage = models.CharField(max_length=12, choices=STAGES, blank=True)
    grade = models.PositiveSmallIntegerField(default=0)

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        constraints = (models.UniqueConstraint(fields=["year", "stage", "grade"], name="one_row_a_grade"),)


def _columns(model: type[models.Model], fields: tuple[Field, ...]) -> None:
    for field in fields:
        column: models.Field[Any, Any] = models.BigIntegerField(field.title, null=True, blank=True)
        model.add_to_class(field.code, column)


_columns(SchoolYear, SCHOOL_FIELDS)
_columns(StageYear, STAGE_FIELDS)
_columns(GradeYear, GRADE_FIELDS)
