"""Indicators and the few shapes of value that aggregate rightly up the tree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .facts import Condition, Expression

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Total:
    """Sum of a column over the units below a place. Unknown units are left out and counted as missing."""

    of: Expression


@dataclass(frozen=True)
class Count:
    """How many units meet a condition (all units when there is none)."""

    of: Expression
    where: Condition | None = None


@dataclass(frozen=True)
class Ratio:
    """Sum over sum, times ``per``; only over units where both sides are known."""

    top: Expression
    bottom: Expression
    per: int = 1


@dataclass(frozen=True)
class Mean:
    """Mean of a unit's value, each unit counting once."""

    of: Expression


@dataclass(frozen=True)
class Share:
    """Share of units that meet a rule, in per cent, over the units where the rule can be decided."""

    rule: Condition


@dataclass(frozen=True)
class Percentile:
    """The value below which ``percent`` of the units lie (linear interpolation)."""

    of: Expression
    percent: int = 50


@dataclass(frozen=True)
class Distinct:
    """How many different values a column takes."""

    of: Expression


@dataclass(frozen=True)
class Spread:
    """Pupil-weighted coefficient of variation of a ratio across schools (教督〔2012〕3号): S / X̄.

    With x and P of a unit, X̄ = Σx/ΣP and S² = Σ(x²/P)/ΣP − X̄², clipped at 0. ``of.bottom`` is the weight.
    """

    of: Ratio


Value = Total | Count | Ratio | Mean | Share | Percentile | Distinct | Spread


@dataclass(frozen=True)
class Indicator:
    """One entry of the catalogue.

    ``better``: higher, lower, band or none. ``splits``: by which it may be split, of stage, locale, sector.
    ``only_by``: a split without which it has no meaning (spreads: stage). ``lowest``, ``highest``: the
    levels between which it has one (school, township, county, city, province; '' for no bound).
    ``over_time``: how periods add: sum, last, mean, none. ``standard``: where its threshold by stage
    stands, as ``file/resource`` of standards/. ``source``: the document's number. ``in_wan``: money,
    shown in units of 10,000.
    """

    code: str
    title: StrOrPromise
    value: Value
    unit: StrOrPromise = ""
    better: str = "none"
    splits: tuple[str, ...] = ("stage", "locale", "sector")
    only_by: str = ""
    lowest: str = "school"
    over_time: str = "last"
    decimals: int = 0
    source: str = ""
    note: StrOrPromise = ""
    short: StrOrPromise = ""
    highest: str = ""
    standard: str = ""
    in_wan: bool = False
