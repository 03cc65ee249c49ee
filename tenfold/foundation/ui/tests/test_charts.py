"""The geometry of charts: everything within its axis, nothing on top of another, sums kept."""

from __future__ import annotations

import pytest
from django.template import engines
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from tenfold.foundation.ui.charts import Bar, BarRow, Bars, Distribution, Scale, Series, Trend, Unit, segments, spark
from tenfold.foundation.ui.charts.distribution import MOST_DOTS, NOMINAL
from tenfold.foundation.ui.charts.scales import spread_apart

VALUES = st.floats(-1e6, 1e6, allow_nan=False, allow_infinity=False)


@pytest.fixture(autouse=True)
def in_chinese():
    with translation.override("zh-hans"):
        yield


@given(st.lists(VALUES, min_size=1, max_size=30), st.booleans())
def test_an_axis_holds_all_its_values_between_round_ticks(values, from_zero):
    scale = Scale.over(values, from_zero=from_zero)
    tolerance = abs(scale.step) * 1e-6
    assert scale.low <= min(values) + tolerance
    assert max(values) <= scale.high + tolerance
    assert 2 <= len(scale.ticks) <= 14
    assert [x for x, _word in scale.ticks] == sorted({x for x, _word in scale.ticks})
    if from_zero:
        assert scale.low <= 0 <= scale.high


@given(st.dictionaries(st.sampled_from(["done", "on_track", "attention", "late"]), st.integers(0, 500)))
def test_a_strip_is_whole(counts):
    found = segments(counts, 2)
    assert sum(s.count for s in found) == sum(counts.values())
    assert all(s.count for s in found)
    if found:
        assert abs(found[-1].start + found[-1].width - 100) < 0.05


@given(st.lists(st.floats(0, 180), min_size=1, max_size=8))
def test_labels_keep_apart_and_in_order(wanted):
    placed = spread_apart(wanted, 17, 4, 180)
    in_order = [placed[i] for i in sorted(range(len(wanted)), key=lambda i: wanted[i])]
    assert all(b - a >= 16.8 for a, b in zip(in_order, in_order[1:], strict=False))
    assert max(in_order) <= 180.1


@settings(max_examples=25)
@given(st.lists(st.floats(0, 3), min_size=1, max_size=90))
def test_dots_stand_at_their_values_and_touch_none(values):
    chart = Distribution("x", tuple(Unit(f"s{i}", v) for i, v in enumerate(values)), threshold=1.0)
    assert len(chart.dots) == len(values)
    for i, dot in enumerate(chart.dots):
        assert dot.x == chart.scale.at(dot.unit.value)
        for other in chart.dots[i + 1 :]:
            gap = ((dot.x - other.x) * NOMINAL / 100) ** 2 + (dot.y - other.y) ** 2
            assert gap >= (dot.r + other.r) ** 2 * 0.9 or dot.r < 2


def test_signs_follow_the_standard_and_its_floor_exactly():
    chart = Distribution("x", tuple(Unit(str(v), v) for v in (0.84, 0.85, 0.99, 1.0)), threshold=1.0)
    assert [chart.sign_of(u) for u in chart.units] == ["late", "attention", "attention", ""]
    lower = Distribution("x", tuple(Unit(str(v), v) for v in (45, 46, 52)), threshold=45, better="lower")
    assert [lower.sign_of(u) for u in lower.units] == ["", "attention", "late"]


def test_many_units_become_columns_that_lose_none():
    units = tuple(Unit(f"s{i}", (i % 97) / 40) for i in range(MOST_DOTS + 1))
    chart = Distribution("x", units, threshold=1.0)
    assert chart.dots == []
    assert sum(int(c["n"]) for c in chart.columns) == len(units)
    assert all(float(c["y"]) >= 0 for c in chart.columns)


def test_the_sentence_counts_who_misses_the_standard():
    chart = Distribution("骨干教师", tuple(Unit(str(v), v) for v in (0.5, 0.9, 1.2)), threshold=1.0)
    assert chart.sentence == "骨干教师：3个单位中2个低于标准，其中1个相差较大"


def test_a_bar_stays_on_its_track_and_unknown_has_none():
    assert Bar.of(140, 100).width == 100
    assert Bar.of(None, 100, limit=50) == Bar(None, 50.0)
    assert Bar.of(3, 0).width is None


def test_a_sparkline_has_a_gap_where_nothing_is_known():
    line = spark((1, 2, None, 3, 4))
    assert len(line["pieces"]) == 2
    assert spark((None, None))["end"] is None


def test_a_course_that_is_unknown_at_the_end_is_labelled_where_it_ends():
    chart = Trend("x", ("1", "2", "3"), (Series("a", (1, 2, None)), Series("b", (None, None, None))))
    assert chart.drawn[0]["words"] == "a 2"
    assert chart.drawn[0]["end"][0] == 50
    assert chart.drawn[1]["words"] == ""
    assert chart.table[2] == ("3", ["", ""])


def test_every_chart_carries_its_table_and_its_sentence():
    trend = Trend("变化", ("2022", "2023"), (Series("全市", (1, 2)),), thresholds=(("标准", 1.5),), decimals=1)
    dist = Distribution("分布", (Unit("甲校", 0.5), Unit("乙校", 1.5)), threshold=1.0)
    bars = Bars("比例", (BarRow("甲", 1), BarRow("乙", None)))
    html = (
        engines["django"]
        .from_string("{% trend t %}{% distribution d %}{% bars b %}{% columns b %}")
        .render({"t": trend, "d": dist, "b": bars})
    )
    assert html.count("<table") == 4
    assert html.count('role="img"') == 3
    assert "变化：全市 2.0" in html
    assert "标准1.5" in html
    assert "甲校" in html
    assert "待填" in html
    assert "NaN" not in html
    assert "style=" not in html
