"""Of which standard, place, period and stage a page is asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from tenfold.engines.indicators import queries as values
from tenfold.foundation.calendar import Period
from tenfold.foundation.organisations import queries as organisations
from tenfold.foundation.organisations.models import STEP, Organisation
from tenfold.foundation.scope import require
from tenfold.foundation.ui.figures import Figure
from tenfold.pure.balance import Resource, Standard

from .. import queries
from ..words import STAGES, amount


@dataclass(frozen=True)
class Asked:
    """A standard, a place, a period ('' while nothing is held), a stage."""

    standard: Standard
    place: Organisation
    period: str
    stage: str

    def at(self, **other: Any) -> Asked:
        """The same but for some words."""
        return replace(self, **other)

    @property
    def split(self) -> str:
        """The stage as figures ask for it."""
        return f"stage={self.stage}"

    @property
    def query(self) -> str:
        """The address's query."""
        words = {"place": self.place.code, "period": self.period, "stage": self.stage}
        return "?" + urlencode({name: word for name, word in words.items() if word})

    @property
    def url(self) -> str:
        """The page's address."""
        return f"/standards/{self.standard.code}/{self.query}"

    @property
    def title(self) -> str:
        """The period in words."""
        return Period.parse(self.period).title if self.period else ""

    @property
    def stage_word(self) -> str:
        """The stage in words."""
        return str(STAGES.get(self.stage, self.stage))

    def item_url(self, code: str) -> str:
        """Where an item is entered and confirmed."""
        return f"/standards/{self.standard.code}/items/{code}/{self.query}"

    def school_url(self, code: str) -> str:
        """A school's own page."""
        return f"/standards/{self.standard.code}/schools/{code}/{self.query}"

    def figure(self, value: Any, indicator: str = "", place: str = "", **more: Any) -> Figure:
        """A figure that opens where an indicator counts it."""
        return Figure(value, indicator=indicator, place=place or self.place.code, period=self.period, **more)

    def resource(self, resource: Resource, value: Fraction | None, place: str = "", state: str = "") -> Figure:
        """A resource per pupil: two decimals, money none, persons to one pupil three."""
        code = queries.resource_indicator(self.standard.code, resource.code)
        decimals = 0 if resource.unit == "元" else 3 if resource.unit == "人" and resource.per == 1 else 2
        limits = self.limits(resource)
        return self.figure(value, code, place, split=self.split, decimals=decimals, state=state, limits=limits)

    def limits(self, resource: Resource) -> tuple[Fraction, ...]:
        """What a value of a resource is held against: the threshold and its floor."""
        asked = resource.threshold.get(self.stage)
        return () if asked is None else (asked, resource.floor(self.stage, self.standard))

    def spread(self, resource: Resource, value: Decimal | None, state: str = "") -> Figure:
        """A spread: three decimals."""
        code = queries.spread_indicator(self.standard.code, resource.code)
        return self.figure(value, code, split=self.split, decimals=3, state=state, **over_limit(self))


def over_limit(asked: Asked) -> dict[str, Any]:
    """What a spread is held against, and how it is read out where it is over it."""
    return {"limits": (asked.standard.spread_limit[asked.stage],), "word": _("Over the limit")}


def need(resource: Resource, value: Fraction) -> Figure:
    """An amount that is missing, in whole units."""
    shown, unit, decimals = amount(resource.code, value, resource.unit)
    return Figure(shown, unit, decimals)


def count(value: int, unit: str = "", link: str = "", state: str = "") -> Figure:
    """A number of things."""
    return Figure(value, unit, 0, link=link, state=state)


def crumbs(asked: Asked, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """From the city down to the place; places above the scope are no links."""
    context, found = require(), []
    for depth, card in enumerate(organisations.trail(asked.place), 1):
        inside = context.reaches(asked.place.path[: depth * STEP])
        words = urlencode({"place": card.code, "period": asked.period, "stage": asked.stage})
        found.append((card.name, f"/standards/{asked.standard.code}/?{words}" if inside else ""))
    return [*found, *more]


def year_choices(asked: Asked) -> list[tuple[str, str, bool]]:
    """The last four periods held, as a segmented control."""
    held = values.periods()[-4:]
    if len(held) < 2:
        return []
    return [(Period.parse(p).title, asked.at(period=p).query, p == asked.period) for p in held]


def stage_choices(asked: Asked, stages: Any) -> list[tuple[str, str, bool]]:
    """The stages that have schools here."""
    return [(str(STAGES.get(s, s)), asked.at(stage=s).query, s == asked.stage) for s in stages]
