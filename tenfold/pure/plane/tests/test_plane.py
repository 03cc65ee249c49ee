from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenfold.pure.plane import Region, area, box, inside, kilometres, label_point, middle, simplified, to_gcj02
from tenfold.pure.plane.rings import _distance

SQUARE = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)]
HOLE = [(1.0, 1.0), (3.0, 1.0), (3.0, 3.0), (1.0, 3.0)]


@st.composite
def stars(draw: st.DrawFn) -> list[tuple[float, float]]:
    """A ring around the origin, whose lines never cross."""
    radii = draw(st.lists(st.floats(0.5, 5), min_size=4, max_size=60))
    return [
        (r * math.cos(2 * math.pi * i / len(radii)), r * math.sin(2 * math.pi * i / len(radii)))
        for i, r in enumerate(radii)
    ]


def test_a_square_with_a_hole():
    assert (area(SQUARE), area(SQUARE[::-1]), box([SQUARE, HOLE])) == (16, 16, (0, 0, 4, 4))
    assert inside([SQUARE], (2, 2))
    assert not inside([SQUARE, HOLE], (2, 2))
    assert inside([SQUARE, HOLE], (0.5, 2))
    assert Region([SQUARE]).holds((4.1, 2), 0.2)
    assert not Region([SQUARE]).holds((4.3, 2), 0.2)
    assert not Region([SQUARE]).holds((204.0, 2), 0.2)


@given(stars(), st.floats(-6, 6), st.floats(-6, 6))
def test_bands_find_what_all_lines_find(ring: list[tuple[float, float]], x: float, y: float):
    assert Region([ring]).holds((x, y)) == inside([ring], (x, y))


@given(stars(), st.floats(0, 1))
def test_points_left_out_lie_no_farther_than_told(ring: list[tuple[float, float]], tolerance: float):
    left = simplified(ring, tolerance)
    assert set(left) <= set(ring)
    lines = list(zip(left, [*left[1:], left[0]], strict=True))
    assert all(min(_distance(p, a, b) for a, b in lines) <= tolerance + 1e-9 for p in ring)


@given(stars())
def test_a_name_stands_inside(ring: list[tuple[float, float]]):
    assert inside([ring], label_point([ring])) or area(ring) < 1


@given(st.floats(73, 135), st.floats(18, 53))
def test_the_shift_is_some_hundred_metres_and_the_turn_undone(longitude: float, latitude: float):
    for system, most in (("WGS84", 1500), ("BD09", 2500)):
        x, y = to_gcj02(longitude, latitude, system)
        metres = math.hypot((x - longitude) * math.cos(math.radians(latitude)), y - latitude) * 111_320
        assert 5 < metres < most
    assert to_gcj02(longitude, latitude, "GCJ02") == (longitude, latitude)


def test_a_known_place():
    """Tian'anmen, as both systems are published for it."""
    x, y = to_gcj02(116.391265, 39.907357, "WGS84")
    assert (x, y) == (pytest.approx(116.397512, abs=2e-4), pytest.approx(39.908760, abs=2e-4))
    with pytest.raises(ValueError):
        to_gcj02(114, 29, "ED50")


places = st.tuples(st.floats(-180, 180), st.floats(-89, 89))


@given(places, places, places)
def test_the_way_is_the_same_both_ways_and_no_detour_is_shorter(one, other, third):
    assert kilometres(one, other) == pytest.approx(kilometres(other, one))
    assert kilometres(one, one) == 0
    assert kilometres(one, other) <= kilometres(one, third) + kilometres(third, other) + 1e-6


def test_a_degree_and_the_middle():
    assert kilometres((114.0, 29.0), (114.0, 30.0)) == pytest.approx(111.2, abs=0.1)
    assert kilometres((114.0, 60.0), (115.0, 60.0)) == pytest.approx(55.6, abs=0.1)
    assert middle([(1, 1), (2, 2), (90, 80)]) == (2, 2)
    assert middle([]) is None
