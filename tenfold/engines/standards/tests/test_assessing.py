"""A county against the standard: exact, whoever asks; bad returns give sensible findings."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tenfold.engines.indicators import queries as values
from tenfold.engines.indicators import services as indicators
from tenfold.engines.indicators.tests import factories
from tenfold.engines.indicators.tests.factories import PERIOD, City, context
from tenfold.engines.standards import queries
from tenfold.engines.standards.telling import whole as told
from tenfold.foundation.scope import as_system
from tenfold.pure.balance import Spread

from .conftest import whole

RIGHTS = ("standards.see_assessment",)


def held(place: Any, standard: str = "balanced-compulsory-2017") -> queries.Held:
    with as_system("tests"):
        return queries.assessed(place, PERIOD, standard)


def item(place: Any, code: str) -> queries.Item:
    with as_system("tests"):
        found = queries.assessed(place, PERIOD)
        return queries.items_of(found, queries.entries(place, PERIOD, "balanced-compulsory-2017"))[code]


def test_a_county_counts_the_schools_that_stand_in_it(cast: City) -> None:
    stages = held(cast.a).assessment.stages
    assert {code: len(stage.rows) for code, stage in stages.items()} == {"primary": 4, "junior": 1}
    assert stages["primary"].schools(True) == 4, "the city's own school among them"
    assert stages["primary"].passes
    assert item(cast.a, "certified").state == "met"


def test_what_lies_out_of_scope_is_counted_and_not_shown(cast: City) -> None:
    with context(cast.a, rights=RIGHTS):
        found = queries.assessed(cast.a, PERIOD)
        assert (len(found.assessment.stages["primary"].rows), len(found.rows("primary"))) == (4, 3)
        assert found.beyond("primary") == 1
        with pytest.raises(values.OutOfScope):
            queries.assessed(cast.b, PERIOD)


def test_spreads_are_those_of_the_exact_arithmetic_and_of_the_indicators(cast: City) -> None:
    factories.hand_in(cast.schools["a1"], **whole(500, area_sports=9000))
    indicators.sync()
    stage = held(cast.a).assessment.stages["primary"]
    share = Fraction(600) / (600 + 300 * Fraction("1.1"))
    exact = Spread.of([(9000, 500), (7500, 1000), (7500, 1000), (12000 * share, 600)])
    assert stage.spreads["sports_area"].value == exact.value
    with as_system("tests"):
        stored = values.value("alliances.sports_area_spread", cast.a, PERIOD, "stage=primary").value
    assert stored == pytest.approx(float(exact.value or 0))


def test_golden_g4_holds_to_the_hundredth(cast: City) -> None:
    for area, passes in ((Decimal("6375"), True), (Decimal("6374.99"), False)):
        factories.hand_in(cast.schools["a1"], **whole(area_sports=area))
        (row,) = list(held(cast.schools["a1"]).assessment.stages["primary"].rows)
        assert row.passes is passes
        assert [(n.resource.code, n.school) for n in row.least] == ([] if passes else [("sports_area", 1)])


def test_a_correction_counts_at_once_and_the_store_follows(cast: City) -> None:
    assert held(cast.a).assessment.stages["primary"].schools(False) == 0
    factories.hand_in(cast.schools["a2"], **whole(teachers_backbone=1))
    assert held(cast.a).assessment.stages["primary"].schools(False) == 1, "before the sync has run"
    indicators.sync()
    assert held(cast.a).assessment.stages["primary"].schools(False) == 1


@pytest.mark.parametrize(
    ("values_", "passes"),
    [({"area_sports": None}, None), ({"pupils__primary": None}, None), ({"teachers_backbone__primary": 1}, False)],
)
def test_unknown_is_open_and_never_zero(cast: City, values_: dict[str, Any], passes: bool | None) -> None:
    changes = {k: v for k, v in (whole() | values_).items() if v is not None}
    factories.hand_in(cast.schools["a2"], **changes)
    stage = held(cast.a).assessment.stages["primary"]
    assert next(r for r in stage.rows if r.code == str(cast.schools["a2"].pk)).passes is passes
    assert stage.schools(True) == 3


def test_a_county_with_one_school_has_a_spread_of_nothing(cast: City) -> None:
    stage = held(cast.b).assessment.stages["primary"]
    assert (len(stage.rows), stage.schools(None), stage.passes) == (1, 1, None)
    factories.hand_in(cast.schools["b1"], **whole(100))
    assert held(cast.b).assessment.stages["primary"].spreads["sports_area"].value == 0


def test_a_county_without_schools_and_a_stage_without_pupils(cast: City) -> None:
    empty = factories.place("D", cast.city, "county")
    assert held(empty).assessment.stages == {}
    factories.hand_in(cast.schools["a9"], **whole(600), pupils__junior=0)
    assert "junior" not in held(cast.a).assessment.stages


def test_a_school_that_sent_nothing_is_named(cast: City) -> None:
    factories.school("a7", cast.township, name="石桥小学")
    assert held(cast.a).lacking == ("石桥小学",)


def test_golden_g8_and_g9_through_the_county(cast: City) -> None:
    bands = {"classes_41_45": 20, "classes_46_50": 1, "classes_ge66": 1}
    factories.hand_in(cast.schools["a1"], **whole(**bands))
    clauses = {c.name: c.value for c in item(cast.a, "class_size").clauses}
    assert clauses == {"primary": 2, "junior": 0}
    changes = {"graduates_g9": 980, "transfers_in": 20, "transfers_out": 30, "intake_g7": 1000, "deaths": 1}
    junior = {f"{k}__junior": v for k, v in changes.items()}
    factories.hand_in(cast.schools["a9"], **{**whole(600), **whole(300, "junior"), **junior})
    (clause,) = item(cast.a, "retention").clauses
    assert clause.value == Fraction(99000, 999)
    assert item(cast.a, "retention").state == "met"


def test_the_older_standard_leaves_its_composite_open_and_tells_the_mean_of_the_known(cast: City) -> None:
    stage = held(cast.a, "basic-balanced-2012").assessment.stages["primary"]
    whole_, mean, known = stage.composite
    assert (whole_, known) == (None, 5)
    assert mean is not None
    assert stage.passes is None


def test_the_command_tells_all_of_it(cast: City, capsys: pytest.CaptureFixture[str]) -> None:
    with as_system("tests"):
        found = queries.assessed(cast.a, PERIOD)
        said = json.loads(json.dumps(told(found, queries.items_of(found, {}))))
    assert said["stages"]["primary"]["passing"] == 4
    assert len(said["items"]) == len(found.standard.demands)
    assert said["note"] == "本地测算，不代表国家认定"
    assert said["result"] is None
