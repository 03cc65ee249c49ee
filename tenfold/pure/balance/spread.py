"""The spread between schools (差异系数): a coefficient of variation weighted by pupils.

教督〔2012〕3号: CV = S / X̄ with X_i = x_i / P_i, X̄ = Σx / ΣP (the county's mean per pupil, not the mean
of the schools' means) and S² = Σ (P_i / ΣP) (X_i − X̄)². Written as S² = Σ(x²/P)/ΣP − X̄² it adds up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

from .counts import Known, exact
from .rule import Part, in_scope
from .standard import Standard


@dataclass(frozen=True)
class Spread:
    """Sums from which a spread follows. They add up: a city's are the sum of its counties'.

    ``missing``: units that were left out because a side of theirs is unknown.
    """

    squares: Fraction = Fraction(0)
    total: Fraction = Fraction(0)
    pupils: Fraction = Fraction(0)
    counted: int = 0
    missing: int = 0

    @classmethod
    def of(cls, units: Iterable[tuple[Known | None, Known | None]]) -> Spread:
        """The spread of (quantity, pupils) pairs. A unit without pupils is none; an unknown one is missing."""
        squares = total = weight = Fraction(0)
        counted = missing = 0
        for quantity, pupils in units:
            x, p = exact(quantity), exact(pupils)
            if p == 0:
                continue
            if x is None or p is None:
                missing += 1
                continue
            squares += x * x / p
            total += x
            weight += p
            counted += 1
        return cls(squares, total, weight, counted, missing)

    def __add__(self, other: Spread) -> Spread:
        return Spread(
            self.squares + other.squares,
            self.total + other.total,
            self.pupils + other.pupils,
            self.counted + other.counted,
            self.missing + other.missing,
        )

    @property
    def mean(self) -> Fraction | None:
        """X̄, the mean per pupil over all units together; None without pupils."""
        return self.total / self.pupils if self.pupils else None

    @property
    def variance(self) -> Fraction | None:
        """S², exact and never negative."""
        mean = self.mean
        return None if mean is None else self.squares / self.pupils - mean * mean

    @property
    def value(self) -> Decimal | None:
        """The coefficient, to 28 digits, for showing; None without pupils or where nobody has anything."""
        mean, variance = self.mean, self.variance
        if not mean or variance is None:
            return None
        ratio = variance / (mean * mean)
        with localcontext() as context:
            context.prec = 28
            return (Decimal(ratio.numerator) / Decimal(ratio.denominator)).sqrt()

    def within(self, limit: Fraction | Decimal | int) -> bool | None:
        """Whether the spread keeps to a limit, decided without a root: S² ≤ limit² X̄².

        None where there is no spread: without pupils, or where nobody has anything.
        """
        mean, variance = self.mean, self.variance
        if not mean or variance is None:
            return None
        return variance <= Fraction(limit) ** 2 * mean * mean


def spreads(units: Iterable[Part], standard: Standard) -> dict[tuple[str, str], Spread]:
    """The spreads of a place: (resource code, stage) → :class:`Spread` over its virtual schools.

    Teaching points that stay out of the standard are left out; one whose size is unknown is missing.
    """
    pairs: dict[tuple[str, str], list[tuple[Known | None, Known | None]]] = {
        (resource.code, stage): [] for stage in standard.stages for resource in standard.resources
    }
    for part in units:
        asked = in_scope(part.school, standard)
        if asked is False:
            continue
        for code, top in part.tops.items():
            pairs[code, part.stage].append((top if asked else None, part.pupils))
    return {key: Spread.of(values) for key, values in pairs.items()}
