"""What the catalogue says of an indicator in words, and whether figures are being brought up to date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tenfold.foundation.acts.models import DirtyFact
from tenfold.foundation.declare import (
    Column,
    Condition,
    Count,
    Distinct,
    Expression,
    Indicator,
    Mean,
    Percentile,
    Ratio,
    Share,
    Spread,
    house,
)
from tenfold.foundation.holdings.standards import standard as standard_of
from tenfold.pure.balance import Standard

from ..engine.splits import Split
from .lock import definition_of


@dataclass(frozen=True)
class Entry:
    """One indicator in words. ``threshold`` by stage; ``floor`` is the share of it below which one is far off."""

    indicator: Indicator
    package: str
    package_title: str
    formula: str
    adds_up: str
    better: str
    splits: tuple[str, ...]
    digest: str


def catalogue(text: str = "") -> list[Entry]:
    """All indicators in the order of the house, or those whose title or code holds a text."""
    words = text.lower().split()
    found = [entry(code) for code in house().indicators]
    return [e for e in found if all(w in f"{e.indicator.title} {e.indicator.code}".lower() for w in words)]


def entry(code: str) -> Entry:
    """One indicator in words; raises UnknownIndicator."""
    definition = definition_of(code)
    package = house().owner[f"indicators:{code}"]
    indicator = definition.indicator
    return Entry(
        indicator=indicator,
        package=package,
        package_title=str(house().manifests[package].title),
        formula=formula(indicator),
        adds_up=_adds_up(indicator),
        better={"higher": _("The higher the better"), "lower": _("The lower the better")}.get(indicator.better, ""),
        splits=definition.splits,
        digest=definition.digest,
    )


def column_of(leaf: Expression) -> Column:
    """The declared column of a leaf."""
    return house().facts[leaf.parts[0]].column(leaf.parts[1])


def worded(expression: object) -> str:
    """An expression in words: 本科 + 研究生."""
    if not isinstance(expression, Expression):
        return str(expression)
    if expression.op == "column":
        return str(column_of(expression).title)
    left, right = (worded(part) for part in expression.parts)
    sign = {"+": "+", "-": "−", "*": "×", "/": "÷"}[expression.op]
    return f"{left} {sign} {right}"


def _grouped(expression: object) -> str:
    text = worded(expression)
    composed = isinstance(expression, Expression) and expression.op != "column"
    return _("(%(inner)s)") % {"inner": text} if composed else text


def _rule(condition: Condition) -> str:
    if condition.op in ("and", "or"):
        joined = _("%(left)s and %(right)s") if condition.op == "and" else _("%(left)s or %(right)s")
        return joined % {"left": _rule(condition.left), "right": _rule(condition.right)}
    if condition.op == "in":
        return f"{worded(condition.left)} = {' / '.join(map(str, condition.right))}"
    sign = {">=": "≥", "<=": "≤"}.get(condition.op, condition.op)
    return f"{worded(condition.left)} {sign} {worded(condition.right)}"


def formula(indicator: Indicator) -> str:
    """How it is counted, in words."""
    shape = indicator.value
    if isinstance(shape, Ratio):
        text = f"{_grouped(shape.top)} ÷ {_grouped(shape.bottom)}"
        return text if shape.per == 1 else f"{text} × {shape.per:,}"
    if isinstance(shape, Spread):
        return _("Standard deviation between schools ÷ mean, of: %(of)s") % {
            "of": f"{_grouped(shape.of.top)} ÷ {_grouped(shape.of.bottom)}"
        }
    if isinstance(shape, Share):
        return _("Schools where %(rule)s ÷ schools where this is known × 100") % {"rule": _rule(shape.rule)}
    if isinstance(shape, Mean):
        return _("Sum of %(of)s ÷ number of schools") % {"of": worded(shape.of)}
    if isinstance(shape, Percentile):
        return _("The value below which %(percent)s per cent of the schools lie: %(of)s") % {
            "percent": shape.percent,
            "of": worded(shape.of),
        }
    if isinstance(shape, Distinct):
        return _("Number of different values: %(of)s") % {"of": worded(shape.of)}
    if isinstance(shape, Count):
        if shape.where is None:
            return _("Number of schools")
        return _("Number of schools where %(rule)s") % {"rule": _rule(shape.where)}
    return worded(shape.of)


def _adds_up(indicator: Indicator) -> str:
    """How a place's value comes from its schools."""
    shape = indicator.value
    if isinstance(shape, Ratio):
        return _("Sum over sum of the schools that know both, not a mean of schools")
    if isinstance(shape, Spread):
        return _("Weighted by pupils, over the schools of one county")
    if isinstance(shape, (Share, Mean)):
        return _("Each school counts once")
    if isinstance(shape, (Percentile, Distinct)):
        return _("Over all schools of the place, from no other sum")
    return _("Sum of the schools")


@dataclass(frozen=True)
class Threshold:
    """What a standard asks: the value, the share of it that is the least, whether lower is better."""

    value: float
    floor: float
    lower: bool
    document: str
    footnote: str

    @property
    def floor_percent(self) -> float:
        """The floor as a page says it."""
        return self.floor * 100

    @property
    def limits(self) -> tuple[float, ...]:
        """What a value is held against."""
        return (self.value, self.value * self.floor) if self.floor else (self.value,)

    def state(self, number: float | None) -> str:
        """attention or late where a value misses the threshold, else ''.

        The values come from counts and hundredths, far coarser than the margin that forgives the last
        bits of a float: 6.375 passes, 6.374 fails.
        """
        if number is None:
            return ""
        if self.lower:
            return "" if number <= self.value * (1 + 1e-12) else "late"
        if number >= self.value * (1 - 1e-12):
            return ""
        return "attention" if self.floor and number >= self.value * self.floor * (1 - 1e-12) else "late"


def threshold(indicator: Indicator, stage: str) -> Threshold | None:
    """What a standard asks of an indicator in a stage; None where it asks nothing."""
    if not indicator.standard:
        return None
    name, what = indicator.standard.split("/")
    standard = standard_of(name)
    footnote = _("Counted locally; not the national verdict")
    if what == "retention":
        return Threshold(float(standard.retention * 100), 0, False, standard.document, footnote)
    if what == "spread":
        limit = standard.spread_limit.get(stage)
        return Threshold(float(limit), 0, True, standard.document, footnote) if limit is not None else None
    if what in {resource.code for resource in standard.resources}:
        asked = standard.resource(what).threshold.get(stage)
        if asked is None:
            return None
        return Threshold(float(asked), float(standard.floor), False, standard.document, footnote)
    return _demanded(standard, what, stage, footnote)


def _demanded(standard: Standard, what: str, stage: str, footnote: str) -> Threshold | None:
    """What one of the further items asks; ``rotation.backbone`` is the second number of an item."""
    code, _dot, name = what.partition(".")
    demand = standard.demand(code)
    asked = demand.numbers.get(name or f"at_least.{stage}") or (None if name else demand.at_least)
    return None if asked is None else Threshold(float(asked), 0, False, demand.document, footnote)


def split_words(split: str) -> list[str]:
    """A split in the reader's words: 小学, 乡村."""
    return Split.parse(split).words


def updating(periods: Sequence[str] = ()) -> bool:
    """Whether figures are being brought up to date: something has changed since the last sync."""
    found = DirtyFact.objects.all()
    if periods:
        found = found.filter(period__in=periods)
    return found.exists()
