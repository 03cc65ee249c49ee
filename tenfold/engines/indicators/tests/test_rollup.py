"""Whatever the schools: a place is their sum, a move shifts one school's share, spreads are the standard's."""

from __future__ import annotations

import math
import tempfile
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenfold.engines.indicators.engine import partitions
from tenfold.engines.indicators.engine.compute import compute
from tenfold.engines.indicators.engine.definitions import Definition, defined
from tenfold.engines.indicators.engine.splits import Split
from tenfold.engines.indicators.engine.store import Contents, Store
from tenfold.engines.indicators.engine.values import Parts, Reader, value_of
from tenfold.foundation.declare import (
    WHOLE,
    Column,
    Count,
    Distinct,
    Fact,
    Indicator,
    Mean,
    Percentile,
    Ratio,
    Share,
    Spread,
    Total,
)
from tenfold.pure.balance import Spread as Exact

WHOLE_PLACE = Split()
COUNTY, CITY, STAGES = (101, 102, 103), 9, ("primary", "junior")
enrolment = Fact("enrolment", "", ("school", "stage"), (Column("pupils"),), lambda p: ())
staffing = Fact("staffing", "", ("school", "stage"), (Column("teachers"), Column("backbone", "float")), lambda p: ())
grades = Fact("grades", "", ("school", "stage", "grade"), (Column("girls"),), lambda p: ())
FACTS = {fact.code: fact for fact in (enrolment, staffing, grades)}
RATIO = Ratio(staffing.backbone, enrolment.pupils, 100)
INDICATORS = {
    i.code: i
    for i in (
        Indicator("t.pupils", "", Total(enrolment.pupils)),
        Indicator("t.girls", "", Total(grades.girls)),
        Indicator("t.sum", "", Total(staffing.teachers + staffing.backbone)),
        Indicator("t.ratio", "", RATIO),
        Indicator("t.spread", "", Spread(RATIO), splits=("stage",), only_by="stage"),
        Indicator("t.mean", "", Mean(enrolment.pupils)),
        Indicator("t.share", "", Share((staffing.teachers >= 10) & (enrolment.pupils < 500))),
        Indicator("t.either", "", Share((staffing.teachers >= 10) | (enrolment.pupils < 500))),
        Indicator("t.count", "", Count(enrolment.pupils, enrolment.pupils < 100)),
        Indicator("t.among", "", Count(staffing.teachers, staffing.teachers.among(1, 2, 3))),
        Indicator("t.median", "", Percentile(enrolment.pupils, 50)),
        Indicator("t.high", "", Percentile(enrolment.pupils, 90)),
        Indicator("t.different", "", Distinct(staffing.teachers)),
        Indicator("t.inverse", "", Mean(enrolment.pupils / staffing.teachers)),
    )
}
DEFINITIONS = {d.code: d for d in defined(INDICATORS.values(), FACTS)}


@dataclass(frozen=True)
class School:
    """A drawn school: one stage or two."""

    county: int
    locale: str
    stages: tuple[tuple[str, int | None, int | None, int | None, tuple[int | None, ...]], ...]


number = st.one_of(st.none(), st.integers(0, 3000))
few = st.one_of(st.none(), st.integers(0, 40))


@st.composite
def stage(draw: Any, name: str) -> Any:
    by_grade = draw(st.one_of(st.just((None, None)), st.tuples(st.integers(0, 60), st.integers(0, 60))))
    return name, draw(number), draw(few), draw(few), by_grade


@st.composite
def school(draw: Any) -> School:
    names = draw(st.sampled_from((("primary",), ("junior",), STAGES)))
    stages = tuple(draw(stage(name)) for name in names)
    return School(draw(st.sampled_from(COUNTY)), draw(st.sampled_from(("urban", "rural", ""))), stages)


cities = st.lists(school(), min_size=1, max_size=14)


def whole(values: list[int | None]) -> int | None:
    return None if None in values else sum(v or 0 for v in values)


def rows(schools: list[School]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {code: [] for code in FACTS}
    for pk, one in enumerate(schools, 1):
        for name, pupils, teachers, backbone, girls in one.stages:
            key = {"school": pk, "stage": name, "record": f"1#S!{pk}"}
            found["enrolment"].append({**key, "pupils": pupils})
            found["staffing"].append({**key, "teachers": teachers, "backbone": backbone})
            found["grades"] += [{**key, "grade": g, "girls": n} for g, n in enumerate(girls, 1)]
        key = {"school": pk, "stage": WHOLE, "record": f"1#S!{pk}"}
        pupils, teachers, backbone = (whole([s[i] for s in one.stages]) for i in (1, 2, 3))  # type: ignore[misc]
        found["enrolment"].append({**key, "pupils": pupils})
        found["staffing"].append({**key, "teachers": teachers, "backbone": backbone})
        found["grades"].append({**key, "grade": 0, "girls": whole([n for s in one.stages for n in s[4]])})
    return found


def counted(schools: list[School], folder: Path, chosen: list[Definition] | None = None) -> Reader:
    """The schools through the whole engine."""
    place, contents = Store(folder / "facts"), Contents()
    known = {
        pk: {"township": None, "county": s.county, "city": CITY, "province": None, "locale": s.locale,
             "sector": "public", "school_type": ""}
        for pk, s in enumerate(schools, 1)
    }  # fmt: skip
    for code, held in rows(schools).items():
        table = partitions.table(FACTS[code], "2023-24", held, partitions.Known(known))
        name = place.put(f"facts/{code}", "2023-24", partitions.writer(table))
        contents.facts[code] = {"2023-24": {"file": name, "basis": "", "rows": len(held), "schools": len(schools)}}
    compute(place, contents, ["2023-24"], chosen or list(DEFINITIONS.values()), FACTS)
    return Reader(place, contents, "2023-24")


def told(reader: Reader, code: str, level: str, place: int, split: Split = WHOLE_PLACE) -> Parts:
    d = DEFINITIONS[code]
    if level == "school":
        found = reader.schools([d], "school", place, split)
        return found[0].parts[code] if found else Parts()
    return reader.places([d], level, [place], split)[code].get(place, Parts())


def splits(code: str) -> list[Split]:
    found = [Split(), Split(locale="urban"), Split("primary"), Split("junior"), Split("junior", "rural")]
    return [s for s in found if s.names in DEFINITIONS[code].splits]


@settings(max_examples=8, deadline=None)
@given(cities)
def test_a_place_is_the_sum_of_its_schools(schools: list[School]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        reader = counted(schools, Path(folder))
        for code, definition in DEFINITIONS.items():
            if definition.ranked:
                continue
            for split in splits(code):
                for level, place in (("city", CITY), *(("county", c) for c in COUNTY)):
                    units = reader.schools([definition], level, place, split)
                    total = sum((u.parts[code] for u in units), Parts())
                    assert_equal(told(reader, code, level, place, split), total)
            by_county = sum((told(reader, code, "county", c, splits(code)[0]) for c in COUNTY), Parts())
            assert_equal(told(reader, code, "city", CITY, splits(code)[0]), by_county)


def assert_equal(one: Parts, other: Parts) -> None:
    assert (one.counted, one.due) == (other.counted, other.due)
    for name in ("n", "d", "q"):
        left, right = getattr(one, name), getattr(other, name)
        assert (left or 0) == pytest.approx(right or 0, rel=1e-12)


@settings(max_examples=8, deadline=None)
@given(cities)
def test_values_equal_a_naive_count(schools: list[School]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        reader = counted(schools, Path(folder))
        for split in (Split(), Split("primary"), Split("junior")):
            for level, place in (("city", CITY), ("county", COUNTY[0])):
                units = naive(schools, split, None if level == "city" else place)
                for code, expected in naive_values(units).items():
                    if split.names in DEFINITIONS[code].splits:
                        found = told(reader, code, level, place, split)
                        value = value_of(DEFINITIONS[code].indicator.value, found)
                        assert value == (None if expected is None else pytest.approx(expected, rel=1e-9, abs=1e-6)), (
                            code
                        )
                        assert found.counted <= found.due <= len(units)


Unit = tuple[int | None, int | None, int | None, int | None]


def naive(schools: list[School], split: Split, county: int | None) -> list[Unit]:
    found: list[Unit] = []
    for one in schools:
        if county not in (None, one.county):
            continue
        stages = [s for s in one.stages if not split.stage or s[0] == split.stage]
        if stages:
            found.append(
                (
                    whole([s[1] for s in stages]), whole([s[2] for s in stages]), whole([s[3] for s in stages]),
                    whole([n for s in stages for n in s[4]]),
                )
            )  # fmt: skip
    return found


def naive_values(units: list[Unit]) -> dict[str, float | None]:
    pupils = sorted(p for p, _t, _b, _g in units if p is not None)
    both = [(b, p) for p, _t, b, _g in units if p is not None and b is not None]
    tops, bottoms = sum(b for b, _p in both), sum(p for _b, p in both)
    teachers = [t for _p, t, _b, _g in units if t is not None]
    girls = [g for *_rest, g in units if g is not None]
    sums = [t + b for _p, t, b, _g in units if t is not None and b is not None]
    rule = [_and(None if t is None else t >= 10, None if p is None else p < 500) for p, t, _b, _g in units]
    either = [
        _not(_and(_not(None if t is None else t >= 10), _not(None if p is None else p < 500))) for p, t, *_ in units
    ]
    each = [p / t for p, t, _b, _g in units if p is not None and t]
    exact = Exact.of((b, p) for p, _t, b, _g in units)
    return {
        "t.pupils": sum(pupils) if pupils else None,
        "t.girls": sum(girls) if girls else None,
        "t.sum": sum(sums) if sums else None,
        "t.ratio": 100 * tops / bottoms if bottoms else None,
        "t.spread": None if exact.value is None else float(exact.value),
        "t.mean": sum(pupils) / len(pupils) if pupils else None,
        "t.share": _share(rule),
        "t.either": _share(either),
        "t.count": sum(p < 100 for p in pupils) if pupils else None,
        "t.among": sum(t in (1, 2, 3) for t in teachers) if teachers else None,
        "t.median": _percentile(pupils, 0.5),
        "t.high": _percentile(pupils, 0.9),
        "t.different": len(set(teachers)) if teachers else None,
        "t.inverse": sum(each) / len(each) if each else None,
    }


def _and(one: bool | None, other: bool | None) -> bool | None:
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def _not(one: bool | None) -> bool | None:
    return None if one is None else not one


def _share(rule: list[bool | None]) -> float | None:
    decided = [r for r in rule if r is not None]
    return 100 * sum(decided) / len(decided) if decided else None


def _percentile(values: list[int], share: float) -> float | None:
    if not values:
        return None
    at = share * (len(values) - 1)
    low = math.floor(at)
    return values[low] + (values[min(low + 1, len(values) - 1)] - values[low]) * (at - low)


@settings(max_examples=6, deadline=None)
@given(cities, st.data())
def test_a_move_shifts_exactly_one_schools_share(schools: list[School], data: Any) -> None:
    index = data.draw(st.integers(0, len(schools) - 1))
    mover = schools[index]
    target = data.draw(st.sampled_from([c for c in COUNTY if c != mover.county]))
    moved = [*schools]
    moved[index] = School(target, mover.locale, mover.stages)
    code = "t.ratio"
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        before, after = (counted(s, Path(f), [DEFINITIONS[code]]) for s, f in ((schools, one), (moved, other)))
        share = told(before, code, "school", index + 1)
        assert_equal(told(before, code, "city", CITY), told(after, code, "city", CITY))
        assert_equal(told(before, code, "county", mover.county), told(after, code, "county", mover.county) + share)
        assert_equal(told(after, code, "county", target), told(before, code, "county", target) + share)
        (third,) = [c for c in COUNTY if c not in (mover.county, target)]
        assert_equal(told(before, code, "county", third), told(after, code, "county", third))


units_of_spread = st.lists(st.tuples(st.integers(0, 5000), st.integers(1, 3000)), min_size=1, max_size=40)


@given(units_of_spread)
def test_the_additive_spread_is_that_of_the_standard(units: list[tuple[int, int]]) -> None:
    parts = Parts(
        sum(x for x, _p in units), sum(p for _x, p in units), sum(x * x / p for x, p in units), len(units), len(units)
    )  # fmt: skip
    exact = Exact.of(units).value
    found = value_of(Spread(RATIO), parts)
    assert found == (None if exact is None else pytest.approx(float(exact), rel=1e-6, abs=2e-6))


@given(st.integers(1, 400), st.lists(st.integers(1, 3000), min_size=1, max_size=30), st.integers(2, 50))
def test_equal_schools_have_no_spread_and_scale_makes_none(each: int, pupils: list[int], scale: int) -> None:
    def spread(units: list[tuple[Fraction, int]]) -> float | None:
        return value_of(
            Spread(RATIO),
            Parts(
                float(sum(x for x, _p in units)), sum(p for _x, p in units), float(sum(x * x / p for x, p in units)),
                len(units), len(units),
            ),
        )  # fmt: skip

    assert spread([(Fraction(each * p), p) for p in pupils]) == 0
    odd = [(Fraction(each + i), p) for i, p in enumerate(pupils)]
    larger = [(x * scale, p) for x, p in odd]
    assert spread(odd) == pytest.approx(spread(larger), rel=1e-6, abs=2e-6)
