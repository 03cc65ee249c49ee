"""A city's counties side by side, in the order of the tree: distribution, never a ranking."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tenfold.foundation.ui.figures import Figure
from tenfold.pure.balance import Stage

from .. import queries
from ..models import EnteredItem
from ..queries import Held, Item
from ..words import STAGES, footnote, short, verdict_word
from .asked import Asked, count, crumbs, year_choices


@dataclass(frozen=True)
class StageCell:
    """A county in one stage: schools that pass, of how many, spreads within, those over by name."""

    stage: str
    passing: Figure
    total: Figure
    within: Figure
    over: tuple[str, ...]
    composite: Figure | None


@dataclass(frozen=True)
class CountyLine:
    """One county's row. ``stages``: every stage of the standard, None where the county has no school of it."""

    name: str
    href: str
    stages: tuple[StageCell | None, ...]
    failed: Figure
    open: Figure
    sign: str
    word: str
    lacking: Figure | None


def city_page(asked: Asked) -> dict[str, Any]:
    """The template's words for a city or a province."""
    lines = [_line(asked, held, items) for held, items in judged(asked)]
    return {
        "asked": asked,
        "lines": lines,
        "stage_words": [str(STAGES[code]) for code in asked.standard.stages],
        "reached": count(sum(line.sign == "done" for line in lines), _("counties")),
        "counties": count(len(lines), _("counties")),
        "years": year_choices(asked),
        "footnote": footnote(asked.standard),
        "crumbs": crumbs(asked, (_("Self-assessment"), "")),
    }


def judged(asked: Asked) -> Iterator[tuple[Held, dict[str, Item]]]:
    """The counties with what is known of each of their items."""
    counties = queries.counties(asked.place, asked.period, asked.standard.code)
    entered: dict[int, dict[str, EnteredItem]] = {held.place.pk: {} for held in counties}
    for entry in queries.entries_below([h.place for h in counties], asked.period, asked.standard.code):
        entered[entry.organisation_id][entry.item] = entry
    for held in counties:
        yield held, queries.items_of(held, entered[held.place.pk])


def _line(asked: Asked, held: Held, items: dict[str, Item]) -> CountyLine:
    states = [item.state for item in items.values()]
    sign, word = verdict_word(queries.result(held, items))
    stages = held.assessment.stages
    at = asked.at(place=held.place)
    return CountyLine(
        held.place.name,
        at.url,
        tuple(_cell(at.at(stage=code), stages[code]) if code in stages else None for code in held.standard.stages),
        count(states.count("failed"), _("items")),
        count(states.count("open"), _("items")),
        sign,
        word,
        count(held.silent, _("schools")) if held.silent else None,
    )


def _cell(asked: Asked, stage: Stage) -> StageCell:
    resources = asked.standard.resources
    within = [stage.within(r.code) for r in resources]
    over = () if asked.standard.composite else tuple(
        short(r) for r, w in zip(resources, within, strict=True) if w is False
    )  # fmt: skip
    whole = stage.composite[1] if asked.standard.composite else None
    return StageCell(
        asked.stage_word,
        count(stage.schools(True), link=asked.url),
        count(len(stage.rows), _("schools")),
        count(sum(w is True for w in within)),
        over,
        Figure(whole, decimals=3) if asked.standard.composite else None,
    )
