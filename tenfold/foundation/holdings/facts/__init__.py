"""The facts of the annual return: what indicators count.

A return's record (``12#Sheet1!7``) goes with every row, so that a figure opens down to its cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import WHOLE, Column, Fact, Field

from ..models import SchoolYear
from ..words import BY_CODE, GRADE_FIELDS, GUARDED, SCHOOL_FIELDS, STAGE_FIELDS
from .compulsory import BANDS, STANDARD, limit_rows, part_rows, standard
from .guarantees import guarantee_rows, zone_rows
from .reading import AT, G, SchoolReturn, held_of, returns

BY_GRADE = ("school", "stage", "grade")
BY_STAGE = ("school", "stage")
Returns = list[SchoolReturn]


def periods() -> list[str]:
    """The school years of which a return is held."""
    return list(SchoolYear.objects.order_by("period").values_list("period", flat=True).distinct())


def _column(field: Field, guarded: bool = False) -> Column:
    kind = "float" if field.kind in ("area", "money") else "int"
    return Column(field.code, kind, field.title, field.unit, (field.code,), guarded=guarded)


def _grades(held: Returns) -> Iterator[dict[str, Any]]:
    for one in held:
        for stage, rows in one.grades.items():
            for grade, values in rows:
                yield {
                    "school": one.school, "stage": stage, "grade": grade, "record": one.record,
                    **dict(zip(G, values, strict=True)),
                }  # fmt: skip
        yield {
            "school": one.school, "stage": WHOLE, "grade": 0, "record": one.record,
            **dict(zip(G, one.whole_grades, strict=True)),
        }  # fmt: skip


def _by_stage(codes: Iterable[str]) -> Any:
    """The rows of some stage fields: one a stage taught, one for the whole school."""
    at = [(code, AT[code]) for code in codes]

    def rows(held: Returns) -> Iterator[dict[str, Any]]:
        for one in held:
            for stage, values in (*one.stages.items(), (WHOLE, one.whole)):
                row: dict[str, Any] = {
                    "school": one.school,
                    "stage": stage,
                    "record": one.record,
                }
                for code, i in at:
                    row[code] = values[i]
                yield row

    return rows


def _junior(held: Returns) -> Iterator[dict[str, Any]]:
    """Retention is asked of junior secondary alone; what is not divided by stage is its own."""
    for one in held:
        if "junior" not in one.taught:
            continue
        row = [own if own is not None else all_ for own, all_ in zip(one.stages["junior"], one.whole, strict=True)]
        for stage in ("junior", WHOLE):
            yield {
                "school": one.school, "stage": stage, "record": one.record,
                **{code: row[AT[code]] for code in RETENTION},
            }  # fmt: skip


def _held(held: Returns) -> Iterator[dict[str, Any]]:
    for one in held:
        yield {"school": one.school, "record": one.record, **dict(held_of(one))}


def _senior(held: Returns) -> Iterator[dict[str, Any]]:
    """Pupils of the two senior stages of schools that teach one; a stage that is not taught has none."""
    for one in held:
        found = {stage: one.pupils[stage] for stage in ("senior", "vocational") if stage in one.taught}
        if not found:
            continue
        every = sum(v for v in found.values() if v is not None) if None not in found.values() else None
        yield {
            "school": one.school, "record": one.record, "pupils": every, "vocational": found.get("vocational", 0),
        }  # fmt: skip


def _schools(held: Returns) -> Iterator[dict[str, Any]]:
    for one in held:
        for stage in (*one.taught, WHOLE):
            yield {"school": one.school, "stage": stage, "record": one.record, "one": 1}


RETENTION = ("intake_g7", "graduates_g9", "transfers_in", "transfers_out", "deaths")
"""Counts that tell of the health of few: not shown under ten."""


def _fact(
    code: str,
    title: Any,
    grain: tuple[str, ...],
    columns: Iterable[Column],
    rows: Any,
    **more: Any,
) -> Fact:
    return Fact(
        code,
        title,
        grain,
        tuple(columns),
        rows,
        periods=periods,
        source=returns,
        **more,
    )


def _chosen(prefix: str, *others: str) -> list[str]:
    found = [f.code for f in STAGE_FIELDS if f.code.startswith(prefix)]
    return [*found, *others]


def _of(codes: Iterable[str]) -> list[Column]:
    return [_column(BY_CODE[code], code in GUARDED) for code in codes]


schools = _fact(
    "schools",
    _("Schools with a return"),
    BY_STAGE,
    [Column("one", "int", _("Schools"))],
    _schools,
)
enrolment = _fact("enrolment", _("Enrolment"), BY_GRADE, [_column(f) for f in GRADE_FIELDS], _grades)
composition = _fact(
    "composition",
    _("Pupils by group"),
    BY_STAGE,
    _of(_chosen("pupils_")),
    _by_stage(_chosen("pupils_")),
)
class_sizes = _fact(
    "class_sizes",
    _("Classes by size"),
    BY_STAGE,
    _of(_chosen("classes_")),
    _by_stage(_chosen("classes_")),
)
staffing = _fact(
    "staffing", _("Teachers"), BY_STAGE, _of(_chosen("teachers", "shared_pe_arts")),
    _by_stage(_chosen("teachers", "shared_pe_arts")),
)  # fmt: skip
retention = _fact("retention", _("Three years of junior secondary"), BY_STAGE, _of(RETENTION), _junior)
premises = _fact(
    "premises",
    _("Premises and funds"),
    ("school",),
    [_column(f) for f in SCHOOL_FIELDS],
    _held,
)
senior = _fact(
    "senior",
    _("Senior stages"),
    ("school",),
    (
        Column("pupils", "int", _("Pupils of the senior stages"), _("persons"), ("pupils",)),
        Column("vocational", "int", _("Vocational pupils"), _("persons"), ("pupils",)),
    ),
    _senior,
)
class_limits = _fact(
    "class_limits",
    _("Classes against the standard's limit"),
    BY_STAGE,
    (
        Column(
            "over",
            "int",
            _("Classes above the limit"),
            _("classes"),
            tuple(f"classes_{b}" for b in BANDS[5:]),
        ),
        Column(
            "classes",
            "int",
            _("Classes"),
            _("classes"),
            tuple(f"classes_{b}" for b in BANDS),
        ),
    ),
    limit_rows,
    standards=(STANDARD,),
)


NUMERATORS: dict[str, tuple[Any, Any]] = {
    "highly_qualified_teachers": (_("Teachers above the required degree"), _("persons")),
    "backbone_teachers": (_("Backbone teachers of county level and above"), _("persons")),
    "pe_arts_teachers": (_("PE, music, art and arts teachers"), _("persons")),
    "teaching_area": (_("Teaching rooms without indoor sports rooms"), "m²"),
    "sports_area": (_("Sports grounds and halls"), "m²"),
    "equipment": (_("Value of teaching equipment"), _("yuan")),
    "network_rooms": (_("Networked multimedia rooms"), _("rooms")),
}
"""What stands above the line of the seven resources, with its unit."""


def _resources() -> Iterator[Column]:
    yield Column("pupils", "int", _("Pupils"), _("persons"), ("pupils",))
    for resource in standard().resources:
        also = (resource.also,) if resource.also else ()
        fields = dict.fromkeys(
            [
                *(name for names in resource.top.values() for name in names),
                *resource.minus,
                *also,
            ]
        )
        title, unit = NUMERATORS.get(resource.code) or (resource.name, "")
        yield Column(resource.code, "float", title, unit, tuple(fields))
    yield Column("passes", "int", _("Meets the rule for one school"))


compulsory = _fact(
    "compulsory", _("Parts of schools by the balanced standard"), BY_STAGE, _resources(), part_rows,
    standards=(STANDARD,),
)  # fmt: skip

_GUARANTEES = (
    ("teachers", _("Full-time teachers"), _("persons"), ("teachers",)),
    ("certified", _("Teachers with a certificate"), _("persons"), ("teachers_certified",)),
    ("trained", _("Teachers with 360 hours in five years"), _("persons"), ("teachers_360h",)),
    ("eligible", _("Teachers eligible for rotation"), _("persons"), ("teachers_eligible",)),
    ("moved", _("Teachers rotated"), _("persons"), ("teachers_moved",)),
    ("moved_backbone", _("Backbone teachers rotated"), _("persons"), ("teachers_moved_backbone",)),
    ("migrants", _("Pupils of migrant families"), _("persons"), ("pupils_migrant",)),
    ("migrants_public", _("Pupils of migrant families in public schools"), _("persons"), ("pupils_migrant",)),
    ("rooms_short", _("Music or art rooms are missing"), "", ("music_rooms", "music_area", "art_rooms", "art_area")),
    ("size_over", _("Larger than a school may be"), "", ("pupils",)),
)
guarantees = _fact(
    "guarantees", _("Compulsory schooling of a school"), ("school",),
    (
        *(Column(code, "int", title, unit, fields) for code, title, unit, fields in _GUARANTEES),
        Column("budget", "float", _("Public funds, budget"), _("yuan"), ("funds_budget",)),
        Column("training", "float", _("Teacher training, spent"), _("yuan"), ("training_spent",)),
    ),
    guarantee_rows, standards=(STANDARD,),
)  # fmt: skip
zones = _fact(
    "zones", _("Public day schools of cities and towns"), BY_STAGE,
    (
        Column("pupils", "int", _("Pupils"), _("persons"), ("pupils",)),
        Column("in_zone", "int", _("Pupils enrolled in their zone"), _("persons"), ("pupils_in_zone",)),
    ),
    zone_rows, standards=(STANDARD,),
)  # fmt: skip

FACTS = (
    schools, enrolment, composition, class_sizes, class_limits, staffing, retention, premises, senior,
    compulsory, guarantees, zones,
)  # fmt: skip
