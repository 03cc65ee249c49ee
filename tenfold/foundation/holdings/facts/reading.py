"""The returns of one school year, read once for all facts, with unknown kept apart from zero.

Three readings, named here because sources divide their figures differently:

* A school teaches the stages of its 办学类型 and those it holds figures of, less those known to have
  no pupil.
* What a source states for the school undivided (or for a stage besides its grades) is the total: it
  stands where the parts are not all known, and is never added to them. It belongs to the only stage of
  a school that has one; else it is unknown by stage and counts in the school alone.
* A sum with an unknown part is unknown. An attached kindergarten's blank columns of teachers do not
  make the school's unknown, since its own return holds them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..models import HUNDREDTHS, GradeYear, SchoolYear, StageYear
from ..words import GRADE_FIELDS, SCHOOL_FIELDS, STAGE_FIELDS, STAGES, stages_of

G = tuple(field.code for field in GRADE_FIELDS)
T = tuple(field.code for field in STAGE_FIELDS)
S = tuple(field.code for field in SCHOOL_FIELDS)
AT = {code: i for codes in (G, T, S) for i, code in enumerate(codes)}
"""Where a field stands in the row of its level."""

HUNDREDTH = tuple(field.kind in HUNDREDTHS for field in SCHOOL_FIELDS)
ORDER = {stage: i for i, (stage, _title) in enumerate(STAGES)}
COMPULSORY = ("primary", "junior")
NOT_ASKED = {i for i, code in enumerate(T) if code in ("pupils_in_zone", "shared_pe_arts")}
"""Fields asked of compulsory schooling alone: a blank of another stage is no gap."""

Row = Sequence[int | None]
UNKNOWN_G: Row = (None,) * len(G)
UNKNOWN_T: Row = (None,) * len(T)


@dataclass(frozen=True, slots=True)
class About:
    """What is said of a school for the year, beside its counts. ``built_by``: year → yes, no, unknown."""

    sector: str = ""
    boarding: bool | None = None
    built_by: tuple[tuple[int, bool | None], ...] = ()


NOTHING_SAID = About()


@dataclass(slots=True)
class SchoolReturn:
    """One school's return. ``stages`` and ``grades`` by stage taught; ``whole_*`` of the school.

    ``grades[stage]`` holds (grade, values by :data:`G`); ``pupils[stage]`` is None where unknown.
    """

    school: int
    school_type: str
    locale: str
    record: str
    held: Row
    taught: tuple[str, ...]
    stages: dict[str, Row]
    whole: Row
    grades: dict[str, list[tuple[int, Row]]]
    whole_grades: Row
    pupils: dict[str, int | None]
    about: About = NOTHING_SAID


def returns(period: str, schools: Collection[int] | None = None) -> list[SchoolReturn]:
    """All returns of a school year, or those of some schools (by id). Three queries; system contexts only."""
    chosen = {"period": period} if schools is None else {"period": period, "organisation_id__in": schools}
    below = {f"year__{name}": value for name, value in chosen.items()}
    stage_rows: dict[int, dict[str, Row]] = {}
    for year, stage, *values in StageYear.objects.filter(**below).values_list("year_id", "stage", *T):
        stage_rows.setdefault(year, {})[stage] = values
    grade_rows: dict[int, dict[str, list[tuple[int, Row]]]] = {}
    for year, stage, grade, *values in GradeYear.objects.filter(**below).values_list("year_id", "stage", "grade", *G):
        grade_rows.setdefault(year, {}).setdefault(stage, []).append((grade, values))
    found = []
    years = SchoolYear.objects.filter(**chosen).order_by("organisation_id").values_list(
        "pk", "organisation_id", "school_type", "locale", "organisation__school_type", "organisation__locale",
        "sector", "organisation__sector", "boarding", "organisation__boarding", "built_by_2010", "built_by_2016",
        "organisation__built_on", "records", *S,
    )  # fmt: skip
    for (
        pk,
        school,
        kind,
        locale,
        kind_now,
        locale_now,
        sector,
        sector_now,
        boarding,
        boarding_now,
        by_2010,
        by_2016,
        built_on,
        records,
        *held,
    ) in years.iterator(chunk_size=5000):
        one = assemble(
            school, kind or kind_now, locale or locale_now, ";".join(records or ()), held,
            stage_rows.get(pk, {}), grade_rows.get(pk, {}),
        )  # fmt: skip
        one.about = About(
            sector or sector_now,
            boarding_now if boarding is None else boarding,
            ((2010, _built(by_2010, built_on, 2010)), (2016, _built(True if by_2010 else by_2016, built_on, 2016))),
        )
        found.append(one)
    return found


def _built(said: bool | None, on: date | None, year: int) -> bool | None:
    """Whether a school was built by a year, which is included: as the return says, else by its date."""
    return said if said is not None or on is None else on.year <= year


def assemble(
    school: int,
    school_type: str,
    locale: str,
    record: str,
    held: Row,
    stage_rows: dict[str, Row],
    grade_rows: dict[str, list[tuple[int, Row]]],
) -> SchoolReturn:
    """A return from its rows; stage '' holds what the source states for the school undivided."""
    stated_t, stated_g = stage_rows.get(""), grade_rows.get("")
    loose = summed([row for _g, row in stated_g], None, len(G)) if stated_g else None
    rows = {stage: by_grade(found) for stage, found in grade_rows.items() if stage}
    empty = {stage for stage, found in rows.items() if sums(found)[0] == 0}
    candidates = {
        *stages_of(school_type),
        *(s for s in (*grade_rows, *stage_rows) if s),
    }
    taught = tuple(sorted(candidates - empty, key=ORDER.__getitem__))
    grades = {stage: rows.get(stage) or [(0, UNKNOWN_G)] for stage in taught}
    stages = {stage: stage_rows.get(stage) or UNKNOWN_T for stage in taught}
    if len(taught) == 1:
        (only,) = taught
        grades[only] = or_else(grades[only], loose)
        stages[only] = summed([stages[only]], stated_t, len(T))
    by_stage = {stage: sums(grades[stage]) for stage in taught}
    idle = [stage_rows[s] for s in empty if s in stage_rows]
    asked = [_asked(stage, row, taught) for stage, row in stages.items()]
    return SchoolReturn(
        school=school,
        school_type=school_type,
        locale=locale,
        record=record,
        held=held,
        taught=taught,
        stages=stages,
        whole=summed([*asked, *([v or 0 for v in row] for row in idle)], stated_t, len(T)),
        grades=grades,
        whole_grades=summed(list(by_stage.values()), loose, len(G)),
        pupils={stage: row[0] for stage, row in by_stage.items()},
    )


def by_grade(rows: Sequence[tuple[int, Row]]) -> list[tuple[int, Row]]:
    """The rows of a stage as the fact holds them, so that a column's rows add up to the stage.

    A column stands by grade where every grade is known (one without pupils may be blank), else as the
    stage's total in grade 0 where the source states one, else it is unknown in all rows.
    """
    if len(rows) == 1:
        return list(rows)
    stated = next((row for grade, row in rows if grade == 0), UNKNOWN_G)
    divided = [(grade, row) for grade, row in rows if grade]
    whole = []
    for i in range(len(G)):
        values = [row[i] for _grade, row in divided if row[0] != 0 or row[i] is not None]
        whole.append(None not in values and any(v is not None for v in values))
    if all(whole):
        return divided
    kept = [(grade, [v if w else None for v, w in zip(row, whole, strict=True)]) for grade, row in divided]
    return [*kept, (0, [None if w else v for v, w in zip(stated, whole, strict=True)])]


def sums(rows: Sequence[tuple[int, Row]]) -> Row:
    """A stage's sums by column, unknown where no row knows it."""
    if len(rows) == 1:
        return rows[0][1]
    columns = zip(*(row for _grade, row in rows), strict=True)
    return [sum(known) if (known := [v for v in values if v is not None]) else None for values in columns]


def or_else(rows: list[tuple[int, Row]], stated: Row | None) -> list[tuple[int, Row]]:
    """The rows of an only stage, with the school's own total where its grades do not tell."""
    if stated is None:
        return rows
    missing = [v if s is None else None for s, v in zip(sums(rows), stated, strict=True)]
    if all(v is None for v in missing):
        return rows
    if all(v is None for _grade, row in rows for v in row):
        return [(0, missing)]
    return [*rows, (0, missing)]


def summed(parts: Sequence[Row], stated: Row | None, width: int) -> Row:
    """Sums by column over parts; where a part is unknown, what the source states for the whole, or unknown."""
    if len(parts) == 1 and stated is None:
        return parts[0]
    found: list[int | None] = []
    for i in range(width):
        values = [row[i] for row in parts]
        if values and None not in values:
            found.append(sum(v for v in values if v is not None))
        else:
            found.append(stated[i] if stated is not None else None)
    return found


def _asked(stage: str, row: Row, taught: Sequence[str]) -> Row:
    """A stage's row as a part of the school's: what is not asked of it is nothing, not a gap."""
    if len(taught) == 1 or stage in COMPULSORY:
        return row
    if stage == "kindergarten":
        return [v or 0 for v in row]
    return [0 if v is None and i in NOT_ASKED else v for i, v in enumerate(row)]


def held_of(one: SchoolReturn) -> Iterable[tuple[str, Any]]:
    """The fields of the undivided school in their units: m², yuan, pieces."""
    for code, hundredth, value in zip(S, HUNDREDTH, one.held, strict=True):
        yield code, value / 100 if hundredth and value is not None else value
