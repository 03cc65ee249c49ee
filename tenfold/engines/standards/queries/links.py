"""Which indicator counts what the standard asks: found by what indicators say of themselves, so that figures open."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from tenfold.foundation.declare import Ratio, Share, Spread, house

FACT = "compulsory"
"""The fact that holds the parts of schools."""


@lru_cache(maxsize=4)
def _known(assembled: int) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for code, indicator in house().indicators.items():
        shape: Any = indicator.value
        if isinstance(shape, Share) and shape.rule.columns() == ((FACT, "passes"),):
            found["passing", ""] = code
        if not indicator.standard:
            continue
        name, what = indicator.standard.split("/")
        if isinstance(shape, Spread):
            found[f"{name}/spread", shape.of.top.parts[1]] = code
        elif isinstance(shape, Ratio) and shape.top.op == "column" and shape.top.parts == (FACT, what):
            found[f"{name}/resource", what] = code
        else:
            found[f"{name}/item", what] = code
    return found


def _find(kind: str, what: str) -> str:
    return _known(id(house())).get((kind, what), "")


def resource_indicator(standard: str, code: str) -> str:
    """The indicator of a resource per pupil, '' where none counts it."""
    return _find(f"{standard}/resource", code)


def spread_indicator(standard: str, code: str) -> str:
    """The indicator of a resource's spread."""
    return _find(f"{standard}/spread", code)


def item_indicator(standard: str, code: str) -> str:
    """The indicator of a further item (``rotation.backbone`` for its second number)."""
    return _find(f"{standard}/item", code)


def passing_indicator() -> str:
    """The indicator of the share of schools that meet the rule."""
    return _find("passing", "")
