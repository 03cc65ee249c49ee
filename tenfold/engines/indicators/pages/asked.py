"""Of which place, period and part a page is asked, and the addresses that ask for another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from tenfold.foundation.calendar import Period
from tenfold.foundation.organisations import queries as organisations
from tenfold.foundation.organisations.models import STEP, Organisation
from tenfold.foundation.scope import require

from .. import queries


@dataclass(frozen=True)
class Asked:
    """A place, a period ('' while nothing is held), a split as it is written."""

    place: Organisation
    period: str
    split: str = ""

    def at(self, **other: Any) -> Asked:
        """The same but for some words."""
        return replace(self, **other)

    @property
    def query(self) -> str:
        """The address's query."""
        words = {"place": self.place.code, "period": self.period, "split": self.split}
        return "?" + urlencode({name: word for name, word in words.items() if word})

    @property
    def parts(self) -> list[str]:
        """The split in words: 小学, 乡村."""
        return queries.split_words(self.split)

    @property
    def period_title(self) -> str:
        """The period in words, '' while nothing is held."""
        return period_title(self.period)


def period_title(period: str) -> str:
    """A period in words."""
    return Period.parse(period).title if period else ""


def crumbs(asked: Asked, title: str) -> list[tuple[str, str]]:
    """From the city down to the place, the catalogue, the indicator; places above the scope are no links."""
    from django.utils.translation import gettext as _

    found = trail(asked.place, "/indicators/")
    listed = (_("Indicators"), f"/indicators/?place={asked.place.code}")
    return [*found, listed, (title, "")] if title else [*found, (listed[0], "")]


def trail(place: Organisation, address: str) -> list[tuple[str, str]]:
    """From the city down to the place, each at an address; places above the scope are no links."""
    context, found = require(), []
    for depth, card in enumerate(organisations.trail(place), 1):
        inside = context.reaches(place.path[: depth * STEP])
        found.append((card.name, f"{address}?place={card.code}" if inside else ""))
    return found


def year_choices(asked: Asked) -> list[tuple[str, str, bool]]:
    """The last four periods held, as a segmented control."""
    held = queries.periods()[-4:]
    if len(held) < 2:
        return []
    return [(period_title(p), asked.at(period=p).query, p == asked.period) for p in held]
