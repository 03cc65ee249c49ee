"""Facts of the return: what is divided, what is stated whole, what is unknown, and never zero for unknown."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tenfold.foundation.declare import WHOLE
from tenfold.foundation.holdings import facts
from tenfold.foundation.holdings.facts.compulsory import part_rows, standard
from tenfold.foundation.holdings.facts.reading import AT, G, Row, S, SchoolReturn, T, assemble, by_grade, sums
from tenfold.pure.balance import shares


def held(
    kind: str = "211",
    stages: dict[str, dict[str, int]] | None = None,
    grades: dict[tuple[str, int], tuple[int | None, ...]] | None = None,
    locale: str = "220",
    **school: int,
) -> SchoolReturn:
    """A return: T fields by stage, (pupils, girls, classes) by stage and grade, S fields as they are kept."""
    t = {stage: [given.get(code) for code in T] for stage, given in (stages or {}).items()}
    g: dict[str, list[tuple[int, Row]]] = {}
    for (stage, grade), values in (grades or {}).items():
        g.setdefault(stage, []).append((grade, [*values, *(None,) * (len(G) - len(values))]))
    return assemble(1, kind, locale, "1#S!2", [school.get(code) for code in S], t, g)


def pupils(one: SchoolReturn, stage: str) -> int | None:
    return one.whole_grades[0] if stage == WHOLE else one.pupils[stage]


def test_a_stage_is_the_sum_of_its_grades() -> None:
    one = held(grades={("primary", g): (10 * g,) for g in range(1, 7)})
    assert (pupils(one, "primary"), pupils(one, WHOLE)) == (210, 210)


def test_a_grade_that_is_unknown_makes_the_stage_unknown() -> None:
    one = held(grades={("primary", 1): (10, None, 1), ("primary", 2): (None, None, 1)})
    assert pupils(one, "primary") is None
    assert [row["pupils"] for row in facts.enrolment.rows([one])] == [None, None, None, None]
    assert [row["classes"] for row in facts.enrolment.rows([one]) if row["stage"] == WHOLE] == [2]


def test_the_total_that_is_stated_stands_where_the_grades_are_not_all_known() -> None:
    grades = {("primary", 0): (25,), ("primary", 1): (10,), ("primary", 2): (None, None, 1)}
    assert pupils(held(grades=grades), "primary") == 25
    grades[("primary", 2)] = (11,)
    assert pupils(held(grades=grades), "primary") == 21, "and is never added to what is divided"


def test_a_grade_without_pupils_may_leave_its_classes_blank() -> None:
    one = held(grades={("primary", 1): (10, 5, 1), ("primary", 2): (0, None, None)})
    assert one.whole_grades == [10, 5, 1]


def test_what_is_not_divided_by_stage_belongs_to_the_only_stage() -> None:
    one = held("311", stages={"": {"teachers": 30}}, grades={("", 0): (400,)})
    assert one.stages["junior"][AT["teachers"]] == 30
    assert pupils(one, "junior") == 400


def test_else_it_is_unknown_by_stage_and_counts_for_the_school() -> None:
    one = held("312", stages={"": {"teachers": 30}}, grades={("primary", 0): (400,), ("junior", 0): (200,)})
    rows = {row["stage"]: row["teachers"] for row in facts.staffing.rows([one])}
    assert rows == {"primary": None, "junior": None, WHOLE: 30}


def test_a_stage_that_is_taught_and_not_told_makes_the_school_unknown() -> None:
    one = held("312", stages={"primary": {"teachers": 30}}, grades={("primary", 0): (400,)})
    assert one.taught == ("primary", "junior")
    assert (pupils(one, "junior"), pupils(one, WHOLE)) == (None, None)
    assert {r["stage"]: r["teachers"] for r in facts.staffing.rows([one])} == {
        "primary": 30, "junior": None, WHOLE: None,
    }  # fmt: skip


def test_a_stage_known_to_have_no_pupil_is_none() -> None:
    grades = {("primary", 0): (400,), ("junior", 0): (0,)}
    one = held("312", stages={"primary": {"teachers": 30}, "junior": {"teachers": 2}}, grades=grades)
    assert one.taught == ("primary",)
    assert one.whole[AT["teachers"]] == 32, "its teachers are the school's still"


def test_an_attached_kindergarten_is_asked_in_its_own_return() -> None:
    grades = {("primary", 0): (400,), ("kindergarten", 0): (60,)}
    one = held("211", stages={"primary": {"teachers": 30}}, grades=grades)
    assert one.whole[AT["teachers"]] == 30
    assert pupils(one, WHOLE) == 460


def test_retention_is_asked_of_junior_schools_alone() -> None:
    counts = {"intake_g7": 1000, "graduates_g9": 980, "transfers_in": 20, "transfers_out": 30, "deaths": 1}
    one = held("312", stages={"": counts, "primary": {"teachers": 1}})
    assert [row["stage"] for row in facts.retention.rows([one])] == ["junior", WHOLE]
    assert all(row["intake_g7"] == 1000 for row in facts.retention.rows([one]))
    assert list(facts.retention.rows([held("211")])) == []


def test_areas_and_money_come_in_their_units() -> None:
    (row,) = facts.premises.rows([held(area_sports=637_500, equipment_value=12_345, books=7)])
    assert (row["area_sports"], row["equipment_value"], row["books"], row["area_teaching"]) == (6375.0, 123.45, 7, None)


def test_classes_above_the_limit_of_their_stage() -> None:
    bands = dict.fromkeys(("le25", "26_30", "31_35", "36_40", "41_45", "51_55", "56_60", "61_65"), 0)
    classes = {f"classes_{band}": n for band, n in {**bands, "46_50": 3, "ge66": 1}.items()}
    one = held("312", stages={"primary": classes, "junior": classes})
    rows = {row["stage"]: (row["over"], row["classes"]) for row in facts.class_limits.rows([one])}
    assert rows == {"primary": (4, 4), "junior": (1, 4), WHOLE: (5, 8)}
    del classes["classes_51_55"]
    (row, whole) = facts.class_limits.rows([held(stages={"primary": classes})])
    assert (row["over"], whole["over"]) == (None, None)


def test_the_parts_of_the_standard() -> None:
    point = held("218", grades={("primary", 0): (49,)})
    assert list(part_rows([point])) == []
    unknown = held("218")
    (row,) = part_rows([unknown])
    assert row["pupils"] is None
    assert row["passes"] is None
    small = held(
        "211", grades={("primary", 0): (60,)},
        stages={"primary": {"teachers_pe": 1, "teachers_music": 0, "teachers_art": 0, "teachers_arts": 0,
                            "shared_pe_arts": 2}},
    )  # fmt: skip
    (row,) = part_rows([small])
    assert row["pe_arts_teachers"] == 3.0
    assert list(part_rows([held("342", grades={("senior", 0): (900,)})])) == []


number = st.one_of(st.none(), st.integers(0, 2000))


@given(st.lists(st.tuples(st.integers(0, 6), number, number, number), min_size=1, max_size=7, unique_by=lambda r: r[0]))
def test_rows_of_a_stage_add_up_to_its_sums_and_hide_no_gap(rows: list[Any]) -> None:
    given_rows = [(grade, list(values)) for grade, *values in rows]
    kept = by_grade(given_rows)
    for i, total in enumerate(sums(kept)):
        column = [row[i] for _grade, row in kept if row[i] is not None]
        assert total == (sum(column) if column else None)
        divided = [(row[i], row[0]) for grade, row in given_rows if grade]
        gaps = [v for v, pupils in divided if v is None and pupils != 0]
        stated = next((row[i] for grade, row in given_rows if grade == 0), None)
        if len(given_rows) > 1 and gaps:
            assert total == stated


@given(st.integers(1, 3000), st.integers(1, 3000), st.integers(0, 10**8))
def test_whole_through_schools_are_split_exactly(primary: int, junior: int, area: int) -> None:
    one = held("312", grades={("primary", 0): (primary,), ("junior", 0): (junior,)}, area_sports=area)
    rows = {row["stage"]: row["sports_area"] for row in part_rows([one])}
    parts = shares({"primary": primary, "junior": junior}, standard().weights)
    assert rows == {stage: float(Fraction(area, 100) * (share or 0)) for stage, share in parts.items()}
    assert abs(sum(rows.values()) - area / 100) < 1e-6 * max(1, area)


def test_every_declared_column_is_given() -> None:
    one = held("345", grades={("primary", 0): (1,), ("junior", 0): (1,), ("senior", 0): (1,)})
    for fact in facts.FACTS:
        for row in fact.rows([one]):
            assert {*(c.name for c in fact.columns), *fact.grain, "record"} == set(row), fact.code
