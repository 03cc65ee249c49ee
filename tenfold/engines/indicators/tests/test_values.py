"""Values: what a place's schools add up to, on how many schools it rests, who may see it."""

from __future__ import annotations

import math

import pytest

from tenfold.engines.indicators import queries, services
from tenfold.foundation.declare import house
from tenfold.foundation.scope import NoAccessContext, as_system

from . import factories
from .factories import PERIOD, City, context, hand_in


def told(code: str, place: str, split: str = "", period: str = PERIOD) -> queries.Value:
    with as_system("tests"):
        return queries.value(code, place, period, split)


def test_a_county_is_the_sum_of_the_schools_located_in_it(cast: City) -> None:
    services.sync()
    pupils = told("holdings.pupils", "A")
    assert (pupils.value, pupils.counted, pupils.missing) == (200 + 300 + 900 + 1000, 4, 0)
    assert told("holdings.pupils", "C").value == 2500
    assert told("holdings.pupils", "T").value == 1100
    assert told("holdings.pupils", "a9").value == 900
    assert told("holdings.pupils", "A", "stage=junior").value == 300
    assert told("holdings.pupils", "A", "locale=urban").value == 1000
    assert told("holdings.pupils", "A", "stage=primary,locale=rural").value == 800


def test_a_ratio_rests_on_the_schools_that_know_both_sides(cast: City) -> None:
    services.sync()
    ratio = told("holdings.pupils_per_teacher", "C")
    assert (ratio.numerator, ratio.denominator) == (2400, 140)
    assert (ratio.counted, ratio.missing) == (4, 1)
    assert ratio.value == pytest.approx(2400 / 140)
    assert told("holdings.pupils_per_teacher", "B").state == "unknown"
    assert told("holdings.pupils_per_teacher", "B").value is None


def test_what_nobody_should_have_is_not_unknown(cast: City) -> None:
    services.sync()
    assert told("holdings.pupils", "B", "stage=junior").state == "none"
    assert told("alliances.retention", "B").state == "none"
    assert told("alliances.retention", "A").state == "unknown"


def test_whole_through_schools_are_split_as_the_standard_says(cast: City) -> None:
    services.sync()
    small, large = (told("alliances.sports_area", "a9", f"stage={s}") for s in ("primary", "junior"))
    assert small.numerator == pytest.approx(5400 * 600 / 930)
    assert large.numerator == pytest.approx(5400 * 330 / 930)
    assert round(small.value or 0, 4) == 5.8065
    assert round(large.value or 0, 4) == 6.3871
    county = told("alliances.sports_area", "A")
    assert county.split == "stage=primary"
    assert (county.counted, county.missing) == (3, 1)


def test_the_spread_of_the_published_example(db: None) -> None:
    top = factories.place("C", None, "city")
    county = factories.place("A", top, "county")
    for i, (pupils, books) in enumerate(zip((45, 37, 89, 76, 55), (279, 137, 935, 160, 402), strict=True)):
        hand_in(factories.school(f"s{i}", county), pupils__primary=pupils, area_sports=books)
    services.sync()
    spread = told("alliances.sports_area_spread", "A")
    assert spread.value == pytest.approx(0.51526, abs=1e-5)
    assert round(spread.value or 0, 4) == 0.5153
    assert told("alliances.sports_area_spread", "C").state == "not_applicable"


def test_nobody_reads_a_value_without_saying_who_asks(cast: City) -> None:
    services.sync()
    with pytest.raises(NoAccessContext):
        queries.value("holdings.pupils", "A", PERIOD)


def test_out_of_scope_is_not_found(cast: City) -> None:
    services.sync()
    with context(cast.a):
        assert queries.value("holdings.pupils", "A", PERIOD).value == 2400
        for code in ("B", "C", "b1", "c1", "nowhere"):
            with pytest.raises(queries.OutOfScope):
                queries.value("holdings.pupils", code, PERIOD)
    with context(cast.schools["a1"]):
        assert queries.value("holdings.pupils", "a1", PERIOD).value == 200
        for code in ("a2", "A", "T"):
            with pytest.raises(queries.OutOfScope):
                queries.source("holdings.pupils", code, PERIOD)


def test_what_cannot_be_read_is_told(cast: City) -> None:
    services.sync()
    with as_system("tests"):
        with pytest.raises(queries.UnknownIndicator):
            queries.value("holdings.nothing", "A", PERIOD)
        with pytest.raises(queries.UnknownPeriod):
            queries.value("holdings.pupils", "A", "1999-00")
        for split in ("stage=nursery", "colour=red", "locale=rural,sector=public", "stage"):
            with pytest.raises(queries.UnknownSplit):
                queries.value("holdings.pupils", "A", PERIOD, split)
        with pytest.raises(queries.UnknownSplit):
            queries.value("digital.computers", "A", PERIOD, "stage=primary")


def test_the_places_below_add_up_to_the_place(cast: City) -> None:
    services.sync()
    with as_system("tests"):
        below = queries.children("holdings.pupils", "C", PERIOD)
        assert [(v.place, v.value) for v in below] == [("A", 2400), ("B", 100)]
        below = queries.children("holdings.pupils", "A", PERIOD)
    assert [(v.place, v.value) for v in below] == [("T", 1100), ("", 1300)]
    assert sum(v.value or 0 for v in below) == told("holdings.pupils", "A").value


def test_the_rows_behind_a_value_add_up_to_it(cast: City) -> None:
    services.sync()
    with context(cast.a):
        found = queries.source("holdings.pupils_per_teacher", "A", PERIOD)
    assert [row.code for row in found.rows] == ["a2", "a9", "a1"]
    assert found.rows[0].records == ("1#S!3",)
    (rest,) = found.folded
    assert (rest.code, rest.schools, rest.numerator, rest.records) == ("", 1, 1000, ())
    rows = (*found.rows, *found.folded)
    assert sum(row.numerator or 0 for row in rows) == found.value.numerator
    assert sum(row.denominator or 0 for row in rows) == found.value.denominator
    with context(cast.a):
        assert {v.place for v in queries.units("holdings.pupils", "A", PERIOD).values} == {"a1", "a2", "a9"}
        assert queries.units("holdings.pupils", "A", PERIOD).beyond == 1


def test_missing_schools_stand_last(cast: City) -> None:
    services.sync()
    with as_system("tests"):
        found = queries.source("alliances.sports_area", "A", PERIOD, "stage=primary")
    assert [row.code for row in found.rows] == ["a9", "a1", "a2", "c1"]
    assert found.rows[-1].numerator is None
    assert found.rows[-1].value.state == "unknown"


def test_many_values_at_once(cast: City, whole_catalogue: None) -> None:
    services.sync()
    with as_system("tests"):
        found = queries.values_of([*house().indicators], "A", PERIOD, "stage=primary")
        assert found["holdings.pupils"].value == 200 + 300 + 600 + 1000
        assert found["digital.computers"].split == ""
        assert len(found) == len(house().indicators) >= 40
        for code, one in found.items():
            assert one == queries.value(code, "A", PERIOD, one.split)


def test_a_year_of_every_period_held(cast: City) -> None:
    factories.returns(cast, "2022-23")
    hand_in(cast.schools["a1"], "2022-23", pupils__primary=100)
    services.sync()
    with as_system("tests"):
        assert queries.periods() == ["2022-23", "2023-24"]
        assert queries.latest_period() == "2023-24"
        assert [v.value for v in queries.history("holdings.pupils", "A")] == [2300, 2400]


def test_the_median_and_the_mean_count_each_school_once(cast: City) -> None:
    services.sync()
    assert told("holdings.school_size", "A").value == 600
    assert told("holdings.school_size_median", "A").value == 600
    assert told("holdings.school_size_median", "A", "stage=primary").value == 450
    assert told("holdings.school_size_median", "a1").state == "not_applicable"


def test_the_rule_of_the_standard_is_a_share_of_schools(cast: City) -> None:
    hand_in(
        cast.schools["a1"], pupils__primary=1000, teachers_specialist__primary=20, teachers_bachelor__primary=60,
        teachers_postgraduate__primary=1, teachers_backbone__primary=10, teachers_pe__primary=4,
        teachers_music__primary=3, teachers_art__primary=3, teachers_arts__primary=0, area_teaching=5000,
        area_indoor_sports=500, area_sports=6375, equipment_value=2_000_000, network_rooms=23,
    )  # fmt: skip
    services.sync()
    passing = told("alliances.schools_meeting", "T", "stage=primary")
    assert (passing.numerator, passing.counted) == (1, 2)
    assert passing.value == 50


def test_teaching_points_under_fifty_stay_out_of_the_standard_and_in_the_sums(cast: City) -> None:
    point = factories.school("p1", cast.township, "218")
    hand_in(point, pupils__primary=20, area_sports=9000)
    services.sync()
    assert told("holdings.pupils", "T").value == 1120
    assert told("alliances.sports_area", "T", "stage=primary").counted == 2
    assert told("alliances.sports_area", "p1", "stage=primary").state == "none"


def test_small_counts_of_pupils_with_disabilities_are_not_shown(cast: City) -> None:
    for code, n in (("a1", 4), ("a2", 15), ("a9", 12), ("c1", 30)):
        stage = "pupils_disabled__primary"
        hand_in(cast.schools[code], pupils__primary=200, pupils__junior=0, **{stage: n})
    services.sync()
    found = {code: told("holdings.pupils_disabled", code) for code in ("a1", "a9", "a2", "A", "T")}
    assert found["a1"].state == "suppressed"
    assert found["a1"].value is None
    assert found["a1"].numerator is None
    assert found["A"].value == 61
    assert found["a9"].state == "suppressed", "16 of the township less 12 would tell the four"
    assert found["T"].value == 16
    with as_system("tests"):
        source = queries.source("holdings.pupils_disabled", "A", PERIOD)
    assert {row.code for row in source.rows} == {"a2", "c1"}
    assert sum(r.numerator or 0 for r in (*source.rows, *source.folded)) == 61


def test_unknown_is_never_zero(cast: City, whole_catalogue: None) -> None:
    services.sync()
    with as_system("tests"):
        for code in house().indicators:
            one = queries.value(code, "b1", PERIOD)
            assert one.value is None or code in {
                "holdings.pupils", "holdings.teachers_backbone", "holdings.schools", "holdings.small_schools",
                "alliances.backbone_teachers",
            }  # fmt: skip
            assert not (one.value is not None and math.isnan(one.value))
