"""Class sizes: the standard's limits, and the statisticians' bands of large classes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .standard import Standard

BANDS: tuple[tuple[str, int, int | None], ...] = (
    ("le25", 0, 25),
    ("26_30", 26, 30),
    ("31_35", 31, 35),
    ("36_40", 36, 40),
    ("41_45", 41, 45),
    ("46_50", 46, 50),
    ("51_55", 51, 55),
    ("56_60", 56, 60),
    ("61_65", 61, 65),
    ("ge66", 66, None),
)
"""The bands of the annual return: code, smallest and largest class; the last has no largest."""


@dataclass(frozen=True)
class ClassSize:
    """What a class of some size is. The limit of the standard and 大班额 are two different things."""

    within: bool
    oversized: bool
    extreme: bool


def classify(size: int, stage: str, standard: Standard) -> ClassSize:
    """Hold one class against the limit of its stage and the two bounds of large classes."""
    return ClassSize(
        within=size <= standard.class_limit[stage],
        oversized=size >= standard.oversized,
        extreme=size >= standard.extreme,
    )


def band_of(size: int) -> str:
    """The band in which a class of that size is reported. Raises ValueError below nought."""
    for code, low, high in BANDS:
        if low <= size and (high is None or size <= high):
            return code
    raise ValueError(f"no class has {size} pupils")


def classes_above(counts: Mapping[str, int | None], size: int) -> int | None:
    """How many classes have more than ``size`` pupils, from counts by band.

    None where a band above is unknown. Raises ValueError where ``size`` is not the upper edge of a
    band, since the bands cannot tell then.
    """
    if all(high != size for _, _, high in BANDS):
        raise ValueError(f"the bands of the return have no edge at {size}")
    total = 0
    for code, low, _ in BANDS:
        if low <= size:
            continue
        count = counts.get(code)
        if count is None:
            return None
        total += count
    return total
