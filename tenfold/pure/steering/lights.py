"""The light of a task: what was reached, by when, how fast; dates and numbers in, a light with its reason out.

Rules are data (``standards/rules/lights.toml``). Nothing here is stored, and nothing but its arguments decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

ON_TRACK, ATTENTION, LATE, DONE, UNKNOWN = "on_track", "attention", "late", "done", "unknown"
LIGHTS = (LATE, ATTENTION, UNKNOWN, ON_TRACK, DONE)
"""What is owed first, what is well last."""


@dataclass(frozen=True)
class Rules:
    """Shares of the time left from which on a task needs attention. ``lights.toml`` tells them."""

    remaining: Fraction
    urgent: Fraction
    trend: Fraction


@dataclass(frozen=True)
class Reached:
    """How far a Criterion is reached at one organisation on a day.

    ``reached``: None where no record tells it. ``value``, ``wanted`` and ``start`` (where it stood when the
    task began) are of one unit; ``course``: (day, value) of earlier records, the oldest first. ``on``: the day of
    the record by which it was reached, None where unknown.
    """

    reached: bool | None
    value: Fraction | None = None
    wanted: Fraction | None = None
    start: Fraction | None = None
    course: tuple[tuple[date, Fraction], ...] = ()
    on: date | None = None


@dataclass(frozen=True)
class Term:
    """From when to when. ``due`` None: long-standing (长期), which is never late. ``late_before``: a frozen light
    of the running quarter was late. ``quarter``: the first day of the running quarter.
    """

    begins: date
    due: date | None
    today: date
    quarter: date
    late_before: bool = False


@dataclass(frozen=True)
class Light:
    """A light and why. ``reason``: reached, repaired, overdue, behind, urgent, trend, untold, not_begun, running.

    ``missing``: how much is missing to what is wanted, ``due_now``: what should stand today on the way from the start.
    """

    state: str
    reason: str
    missing: Fraction | None = None
    due_now: Fraction | None = None
    passed: Fraction | None = None


def light(found: Reached, term: Term, rules: Rules) -> Light:
    """The light of one organisation's task.

    Reached: done; but reached after the day on which it was due, it needs attention until the quarter ends
    (a late repair is yellow, never green in its period). Past its day and not reached: late. Else on track, unless
    little time is left and progress is behind the time, or the course would miss the target.
    """
    missing = _missing(found)
    if found.reached:
        return Light(ATTENTION, "repaired", missing) if _repaired(found, term) else Light(DONE, "reached", missing)
    if term.due is not None and term.today > term.due:
        return Light(LATE, "overdue", missing)
    if term.today < term.begins:
        return Light(ON_TRACK, "not_begun", missing)
    passed = time_passed(term)
    due_now = _due_now(found, passed)
    if passed is None:
        return Light(
            UNKNOWN if found.reached is None else ON_TRACK, "untold" if found.reached is None else "running", missing
        )
    left = 1 - passed
    if left <= rules.remaining and _behind(found, passed):
        return Light(ATTENTION, "urgent" if left <= rules.urgent else "behind", missing, due_now, passed)
    if left <= rules.trend and _misses(found, term):
        return Light(ATTENTION, "trend", missing, due_now, passed)
    if found.reached is None:
        return Light(UNKNOWN, "untold", missing, due_now, passed)
    return Light(ON_TRACK, "running", missing, due_now, passed)


def time_passed(term: Term) -> Fraction | None:
    """The share of the time that has passed, 0 to 1; None where a task has no day."""
    if term.due is None:
        return None
    whole = (term.due - term.begins).days + 1
    gone = (term.today - term.begins).days
    return min(Fraction(1), max(Fraction(0), Fraction(gone, whole))) if whole > 0 else Fraction(1)


def progress(found: Reached) -> Fraction | None:
    """The share of the way from the start to what is wanted, 0 to 1; None where it cannot be told."""
    if found.reached:
        return Fraction(1)
    if found.value is None or found.wanted is None:
        return None
    start = found.start if found.start is not None else Fraction(0)
    if found.wanted == start:
        return Fraction(1) if found.value == found.wanted else Fraction(0)
    return min(Fraction(1), max(Fraction(0), (found.value - start) / (found.wanted - start)))


def worst(states: list[str]) -> str:
    """The light of a whole from those of its parts: late if any is, done only when all are."""
    return next((state for state in LIGHTS if state in states), UNKNOWN)


def _missing(found: Reached) -> Fraction | None:
    if found.reached or found.value is None or found.wanted is None:
        return None
    return abs(found.wanted - found.value)


def _repaired(found: Reached, term: Term) -> bool:
    if found.on is not None and term.due is not None:
        return found.on > term.due and found.on >= term.quarter
    return term.late_before


def _due_now(found: Reached, passed: Fraction | None) -> Fraction | None:
    if passed is None or found.wanted is None:
        return None
    start = found.start if found.start is not None else Fraction(0)
    return start + (found.wanted - start) * passed


def _behind(found: Reached, passed: Fraction) -> bool:
    share = progress(found)
    return share is None or share < passed


def _misses(found: Reached, term: Term) -> bool:
    """Whether the straight line through the first and the last of the course misses what is wanted by the day."""
    if len(found.course) < 2 or found.wanted is None or found.value is None or term.due is None:
        return False
    (first, low), (last, high) = found.course[0], found.course[-1]
    if last <= first:
        return False
    then = high + (high - low) * Fraction((term.due - last).days, (last - first).days)
    return then < found.wanted if found.wanted >= found.value else then > found.wanted
