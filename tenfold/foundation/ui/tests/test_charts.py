"""The geometry of charts: everything within its axis, nothing on top of another, sums kept."""

from __future__ import annotations

import pytest
from django.template import engines
from django.utils import translation
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tenfold.foundation.ui.charts import (
    Bar,
    BarRow,
    Bars,
    Distribution,
    Map,
    Scale,
    Series,
    Shape,
    Spot,
    Trend,
    Unit,
    segments,
    spark,
)
from tenfold.foundation.ui.charts.distribution import MOST_DOTS, NOMINAL
from tenfold.foundation.ui.charts.scales import spread_apart
from tests.support.reading import words

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


WEST = [(114.0, 29.0), (114.5, 29.0), (114.5, 29.5), (114.0, 29.5)]
EAST = [(114.5, 29.0), (115.0, 29.0), (115.0, 29.5), (114.5, 29.5)]


def drawn(chart):
    return engines["django"].from_string("{% map m %}").render({"m": chart})


@given(st.lists(VALUES, min_size=1, max_size=9), st.integers(0, 3))
def test_the_steps_of_a_map_follow_the_values(values, decimals):
    chart = Map("值", tuple(Shape(str(i), [WEST], (114.2, 29.2), v) for i, v in enumerate(values)), decimals=decimals)
    steps = [chart.step_of(v) for v in sorted(values)]
    assert steps == sorted(steps)
    assert set(steps) <= {1, 2, 3, 4, 5}
    assert {f"step-{s}" for s in steps} <= {ground for ground, _words in chart.legend}


@given(st.floats(-3, 3), st.floats(-3, 3))
@example(0.0, 0.265625)
def test_a_school_is_drawn_in_its_county_or_named_below(across, up):
    spot = Spot("某校", 114.25 + across, 29.25 + up)
    chart = Map("图", (Shape("甲", [WEST], (114.25, 29.25)),), (spot,), "plain")
    assert (len(chart.dots), len(chart.beyond)) in ((1, 0), (0, 1))
    assert bool(chart.dots) == (max(abs(across) - 0.25, 0) ** 2 + max(abs(up) - 0.25, 0) ** 2 <= 0.02**2 + 1e-12)
    assert all(0 <= dot[axis] <= 100 for dot in chart.dots for axis in ("x", "y"))


def test_a_map_says_whose_it_is_and_what_it_does_not_draw():
    shapes = (
        Shape("甲县", [WEST], (114.25, 29.25), 1.2, own=True, href="/a/"),
        Shape("乙县", [EAST], (114.75, 29.25), None),
    )
    html = drawn(Map("值", shapes, decimals=2, source="某图", review_number="鄂S（2023）001号"))
    assert "审图号：鄂S（2023）001号" in words(html)
    assert "待填" in html
    assert 'role="img" aria-label="值：甲县 1.20"' in html
    assert html.count("<a ") == 2
    spots = (Spot("近校", 114.2, 29.2, "late"), Spot("远校", 112.0, 29.2), Spot("无址校", None, None))
    html = drawn(Map("图", shapes[:1], spots, "plain", words=(("late", "不足"),), source="某图"))
    assert "审图号待填（本地可配置）" in html
    assert "坐标在图外：远校" in html
    assert "没有坐标：无址校" in html
    assert "近校" not in html.split("</svg>")[-1]
    assert "style=" not in html
