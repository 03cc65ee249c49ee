from __future__ import annotations

import statistics

from hypothesis import assume, given
from hypothesis import strategies as st

from tenfold.pure.peers import far_from_peers, quartiles

VALUES = st.lists(st.integers(0, 1000), min_size=8, max_size=60)


def test_one_far_from_many():
    group = dict(enumerate([10, 11, 9, 10, 12, 8, 11, 10, 60]))
    assert list(far_from_peers(group)) == [8]
    assert far_from_peers(group)[8].middle == 10
    assert far_from_peers(group, differs=6.0) == {}
    assert far_from_peers(dict(enumerate([10] * 9 + [500]))) == {}
    assert far_from_peers({1: 1.0, 2: 100.0}) == {}


@given(VALUES, st.sampled_from((2, 4, 8)), st.integers(-500, 500))
def test_who_is_far_depends_on_no_unit_and_no_origin(values: list[int], scale: int, shift: int):
    one = far_from_peers(dict(enumerate(map(float, values))))
    other = far_from_peers({i: float(v * scale + shift) for i, v in enumerate(values)})
    assert one.keys() == other.keys()


@given(VALUES)
def test_fewer_than_half_are_far(values: list[int]):
    assert len(far_from_peers(dict(enumerate(map(float, values))))) * 2 < len(values)


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=50))
def test_quartiles_as_the_library_tells_them(values: list[float]):
    assume(len(values) > 1)
    told = quartiles(values)
    assert told is not None
    wanted = statistics.quantiles(values, n=4, method="inclusive")
    assert all(
        abs(a - b) <= 1e-6 * (1 + abs(b)) for a, b in zip((told.low, told.middle, told.high), wanted, strict=True)
    )


def test_nobody_has_no_middle():
    assert quartiles([]) is None
