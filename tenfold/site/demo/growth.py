"""How many children there are: years of birth, and the move from villages to towns."""

from __future__ import annotations

from random import Random

from tenfold.foundation.holdings.words import GRADES

NEWEST = 2023
"""The school year (by its first calendar year) on which the model is calibrated."""

COHORTS = dict(
    zip(
        range(2004, 2027),
        (0.87, 0.87, 0.87, 0.88, 0.89, 0.90, 0.91, 0.92, 0.93, 0.94, 0.95, 0.95, 0.96, 0.97, 0.98, 1.00, 1.01, 1.00,
         1.04, 1.08, 1.02, 0.91, 0.80),
        strict=True,
    )
)  # fmt: skip
"""How large a year is, by when it enters primary school. The peak was born in 2016-17; births fell after."""

FIRST_PRIMARY_YEAR = {"kindergarten": 3, "primary": 0, "junior": -6, "senior": -9, "vocational": -9, "special": 0}
"""From the year in which a stage is entered to the year in which primary school is (was, will be)."""

DRIFT = {"urban": 0.012, "town": 0.002, "rural": -0.035}
"""What a school gains or loses a year because families move."""

LEAVING = 0.006
"""What a year loses from grade to grade."""


def usual(stage: str, entered: int, drift: float) -> float:
    """How large the year that entered a stage in some calendar year is, beside a usual one."""
    return COHORTS.get(entered + FIRST_PRIMARY_YEAR[stage], 1.0) * float((1 + drift) ** (entered - NEWEST))


def present(stage: str, grade: int, year: int, drift: float) -> float:
    """How full a grade is in a school year, beside a usual entry."""
    passed = grade - GRADES[stage][0]
    return usual(stage, year - passed, drift) * (1 - LEAVING * passed)


def chance(seed: str) -> float:
    """What chance adds to a year at a school."""
    return Random(seed).gauss(1, 0.05)
