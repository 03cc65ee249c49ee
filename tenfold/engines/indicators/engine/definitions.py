"""What a definition rests on, at which splits it has values, and the digest that tells when it changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tenfold.foundation.declare import (
    Count,
    Distinct,
    Expression,
    Fact,
    Indicator,
    Mean,
    Percentile,
    Ratio,
    Share,
    Spread,
    Total,
)
from tenfold.foundation.declare.house import columns_of
from tenfold.foundation.holdings.statistics import statistics

RULES = 3
"""Raised whenever the engine itself counts differently, so that stored values are counted anew."""

LEVELS = ("township", "county", "city", "province")
ALL_LEVELS = ("school", *LEVELS)
SPLITS = ("", "locale", "sector")
STAGE_SPLITS = ("stage", "stage,locale", "stage,sector")


def column(code: str, part: str) -> str:
    """The name under which a component of an indicator is stored."""
    return f"{code.replace('.', '__')}__{part}"


def facts_of(indicator: Indicator) -> tuple[str, ...]:
    """The facts that an indicator rests on, sorted."""
    return tuple(sorted({fact for fact, _column in columns_of(indicator)}))


@dataclass(frozen=True)
class Definition:
    """An indicator as the engine takes it. ``parts``: components stored of it, of n, d, q, v."""

    indicator: Indicator
    facts: tuple[str, ...]
    by_stage: bool
    whole: bool
    digest: str
    guarded: bool

    @property
    def code(self) -> str:
        """The indicator's code."""
        return self.indicator.code

    @property
    def ranked(self) -> bool:
        """Whether its value is no sum of sums (percentile, distinct)."""
        return isinstance(self.indicator.value, (Percentile, Distinct))

    @property
    def parts(self) -> tuple[str, ...]:
        """The components that add up; all also store how many units they rest on (c)."""
        shape = self.indicator.value
        if isinstance(shape, Spread):
            return ("n", "d", "q")
        return ("n", "d") if isinstance(shape, Ratio) else ("n",)

    @property
    def expected(self) -> str:
        """The column that counts the units which should have it; shared by those that rest on the same facts."""
        weighed = f"_{column(self.code, 'w')}" if isinstance(self.indicator.value, Spread) else ""
        return f"due__{'_'.join(self.facts)}{weighed}"

    @property
    def splits(self) -> tuple[str, ...]:
        """The splits at which it has values, among the nine that are counted."""
        allowed = {"", *self.indicator.splits}
        found = [s for s in SPLITS if self.whole and s in allowed]
        found += [s for s in STAGE_SPLITS if self.by_stage and set(s.split(",")) <= allowed]
        return tuple(found)


def define(indicator: Indicator, facts: dict[str, Fact]) -> Definition:
    """The definition of an indicator over declared facts. Raises ValueError for guarded people told but in total."""
    names = facts_of(indicator)
    by_stage = "stage" in indicator.splits and all("stage" in facts[name].grain for name in names)
    guarded = any(facts[fact].column(name).guarded for fact, name in columns_of(indicator))
    if guarded and (indicator.splits or not isinstance(indicator.value, Total)):
        raise ValueError(f"{indicator.code} counts guarded people: a total without splits alone can be kept secret")
    text = (
        f"{RULES}|{indicator.code}|{indicator.value!r}|{indicator.only_by}|{by_stage}|{guarded and statistics().guard}"
    )
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    return Definition(indicator, names, by_stage, indicator.only_by != "stage", digest, guarded)


def defined(indicators: Iterable[Indicator], facts: dict[str, Fact]) -> list[Definition]:
    """The definitions of many, in order."""
    return [define(indicator, facts) for indicator in indicators]


def basis(fact: Fact, standards: Path) -> str:
    """What a stored partition of a fact was made by: its columns, its version, the standards it rests on."""
    words: list[str] = [fact.code, *fact.grain, str(fact.version), str(RULES)]
    words += [f"{c.name}:{c.kind}" for c in fact.columns]
    for name in fact.standards:
        words.append(hashlib.sha256((standards / f"{name}.toml").read_bytes()).hexdigest())
    return hashlib.sha256("|".join(words).encode()).hexdigest()[:16]


def used(definitions: Iterable[Definition]) -> Iterator[str]:
    """The codes of the facts that definitions rest on, once each."""
    yield from dict.fromkeys(fact for d in definitions for fact in d.facts)


SHAPES: dict[type, str] = {
    Total: "total",
    Count: "count",
    Ratio: "ratio",
    Mean: "mean",
    Share: "share",
    Percentile: "percentile",
    Distinct: "distinct",
    Spread: "spread",
}


def sides(value: Any) -> tuple[Expression | None, Expression | None]:
    """The expressions above and below the line; None where the shape has no such side."""
    if isinstance(value, Spread):
        value = value.of
    if isinstance(value, Ratio):
        return value.top, value.bottom
    return getattr(value, "of", None), None
