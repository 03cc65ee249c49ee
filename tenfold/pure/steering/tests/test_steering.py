"""The light of a task, and how an aim is shared out."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction as F
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenfold.pure.steering.lights import Reached, Rules, Term, light, worst
from tenfold.pure.steering.shares import CannotShare, by_gap, by_weight, equally, weighted_mean

RULES = Rules(F(3, 10), F(15, 100), F(1, 2))
BEGIN, DUE = date(2023, 3, 2), date(2023, 12, 31)


def term(today: date, due: date | None = DUE, *, late: bool = False) -> Term:
    """The term of a task that began with the programme."""
    quarter = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    return Term(BEGIN, due, today, quarter, late)


def told(value: Any, wanted: Any = 100, start: Any = 0, **more: Any) -> Reached:
    """What an indicator says."""
    return Reached(F(value) >= F(wanted), F(value), F(wanted), F(start), **more)


@pytest.mark.parametrize(
    ("found", "today", "state", "reason"),
    [
        (told(10), date(2023, 5, 1), "on_track", "running"),
        (told(10), date(2023, 11, 1), "attention", "behind"),
        (told(10), date(2023, 12, 20), "attention", "urgent"),
        (told(99), date(2023, 11, 1), "on_track", "running"),
        (told(10), date(2024, 1, 1), "late", "overdue"),
        (told(10), DUE, "attention", "urgent"),
        (told(100), date(2023, 11, 1), "done", "reached"),
        (told(100, on=date(2024, 1, 5)), date(2024, 2, 1), "attention", "repaired"),
        (told(100, on=date(2024, 1, 5)), date(2024, 4, 1), "done", "reached"),
        (Reached(None), date(2023, 5, 1), "unknown", "untold"),
        (Reached(None), date(2023, 12, 20), "attention", "urgent"),
        (Reached(None), date(2024, 1, 1), "late", "overdue"),
        (told(10), date(2023, 2, 1), "on_track", "not_begun"),
    ],
)
def test_a_light_follows_from_records_and_dates(found: Reached, today: date, state: str, reason: str) -> None:
    got = light(found, term(today), RULES)
    assert (got.state, got.reason) == (state, reason)


def test_what_stood_late_when_its_period_was_frozen_is_yellow_once_repaired() -> None:
    assert light(told(100), term(date(2023, 12, 5), late=True), RULES).state == "attention"


def test_a_course_that_would_miss_the_aim_needs_attention_early() -> None:
    falling = ((date(2021, 9, 1), F(80)), (date(2022, 9, 1), F(70)))
    assert light(told(70, 90, 60, course=falling), term(date(2023, 8, 15)), RULES).reason == "trend"
    rising = ((date(2021, 9, 1), F(60)), (date(2022, 9, 1), F(80)))
    assert light(told(80, 90, 60, course=rising), term(date(2023, 8, 15)), RULES).reason == "running"


def test_a_long_standing_task_is_never_late() -> None:
    assert light(told(10), term(date(2030, 1, 1), None), RULES).state == "on_track"


@given(value=st.integers(0, 200), better=st.integers(0, 100), day=st.integers(0, 500), due=st.integers(1, 400))
def test_more_reached_never_makes_a_light_worse(value: int, better: int, day: int, due: int) -> None:
    order = ["late", "attention", "unknown", "on_track", "done"]
    at = term(BEGIN + timedelta(days=day), BEGIN + timedelta(days=due))
    one, more = light(told(value), at, RULES), light(told(value + better), at, RULES)
    assert order.index(more.state) >= order.index(one.state)


@given(st.lists(st.sampled_from(["late", "attention", "on_track", "done", "unknown"]), min_size=1))
def test_a_whole_is_done_only_when_all_is(states: list[str]) -> None:
    assert (worst(states) == "done") == (set(states) == {"done"})
    assert (worst(states) == "late") == ("late" in states)


weights = st.dictionaries(st.integers(0, 99), st.integers(0, 5000).map(F), min_size=1, max_size=30)


@given(total=st.integers(0, 10_000), of=weights)
def test_parts_by_weight_add_up_and_lie_within_one_of_their_share(total: int, of: dict[int, F]) -> None:
    whole = sum(of.values())
    if not whole:
        with pytest.raises(CannotShare):
            by_weight(F(total), of)
        return
    parts = by_weight(F(total), of)
    assert sum(parts.values()) == total
    assert all(abs(parts[place] - total * of[place] / whole) < 1 for place in of)
    assert all(part.denominator == 1 for part in parts.values())


@given(total=st.integers(0, 1000), n=st.integers(1, 40))
def test_equal_parts_differ_by_one_at_most(total: int, n: int) -> None:
    parts = equally(F(total), list(range(n)))
    assert sum(parts.values()) == total
    assert max(parts.values()) - min(parts.values()) <= 1


@given(now=st.dictionaries(st.integers(0, 20), st.integers(0, 100).map(F), min_size=1), wanted=st.integers(0, 100))
def test_by_gap_nobody_falls_back_and_the_mean_is_reached(now: dict[int, F], wanted: int) -> None:
    weighted = {place: F(place + 1) for place in now}
    aims = by_gap(F(wanted), now, F(100), weighted)
    assert all(now[place] <= aims[place] <= 100 for place in now)
    mean, before = weighted_mean(aims, weighted), weighted_mean(now, weighted)
    assert mean is not None
    assert before is not None
    assert mean == max(before, F(wanted))
