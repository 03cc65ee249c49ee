"""One item: what the document asks, what the return says, which schools fail it, what was entered by whom."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from tenfold.foundation.scope import require
from tenfold.foundation.ui.figures import Figure
from tenfold.foundation.ui.numbers import apart

from .. import queries
from ..forms import ItemForm, ReturnForm
from ..models import EnteredItem
from ..queries import Held, Item
from ..rights import CONFIRM_ITEMS, ENTER_ITEMS
from ..words import STAGES, UNITS, footnote, told
from .asked import Asked, crumbs
from .items import clause_figure, clause_word, item_word


def item_page(asked: Asked, code: str, form: ItemForm | None = None, problem: str = "") -> dict[str, Any]:
    """The template's words; raises UnknownStandard where there is no such item."""
    demand = queries.choose_item(asked.standard, code)
    held = queries.assessed(asked.place, asked.period, asked.standard.code)
    item = queries.items_of(held, queries.entries(asked.place, asked.period, asked.standard.code))[code]
    context, entry = require(), item.entry
    sign, word = item_word(item)
    own = entry is not None and context.person is not None and entry.entered_by == context.person
    may_enter = context.may(ENTER_ITEMS) and demand.rule != "recognition"
    return {
        "asked": asked,
        "item": item,
        "name": told(demand),
        "sign": sign,
        "word": word,
        "clauses": [
            (clause_word(item, c) or told(demand), clause_figure(asked, item, c), _limit(item, c)) for c in item.clauses
        ],
        "failing": _failing(asked, held, item),
        "moved": [
            (name_of(item, name), _plain(item, then, now), _plain(item, now, then)) for name, then, now in item.moved
        ],
        "entry": entry,
        "entry_value": _value(item, entry) if entry else None,
        "entry_verdict": _verdict(item, entry) if entry else None,
        "asks": _threshold(item),
        "form": form or (ItemForm(demand, entry) if may_enter else None),
        "return_form": ReturnForm() if context.may(CONFIRM_ITEMS) and item.waits and not own else None,
        "own": own and item.waits,
        "problem": problem,
        "footnote": footnote(asked.standard),
        "crumbs": crumbs(asked, (_("Self-assessment"), asked.url), (told(demand), "")),
    }


def name_of(item: Item, name: str) -> str:
    """The word of a sentence by its name."""
    return next((clause_word(item, c) for c in item.clauses if c.name == name), "") or told(item.demand)


def _limit(item: Item, clause: Any) -> Figure | None:
    return None if clause.asked is None else Figure(clause.asked, "%", 0)


def _plain(item: Item, value: Any, other: Any) -> Figure:
    """A figure that moved, with so many decimals that it is seen to move."""
    counts = any(c.asked is None for c in item.clauses)
    return Figure(value, "" if counts else "%", 0 if counts else _places(value, other))


def _places(value: Any, other: Any) -> int:
    return 2 if value is None or other is None else apart(value, (other,), 2)


def _threshold(item: Item) -> tuple[str, Figure] | None:
    demand = item.demand
    unit = str(UNITS.get(demand.unit, demand.unit))
    if demand.below is not None:
        return _("below"), Figure(demand.below, unit, 2)
    return None if demand.at_least is None else (_("at least"), Figure(demand.at_least, unit, 0))


def _value(item: Item, entry: EnteredItem) -> Figure | None:
    unit = str(UNITS.get(item.demand.unit, item.demand.unit))
    return None if entry.value is None else Figure(entry.value, unit, item.demand.decimals)


def _verdict(item: Item, entry: EnteredItem) -> str:
    if entry.verdict is None:
        return ""
    if item.demand.part == "veto":
        return _("Happened") if entry.verdict else _("Did not happen")
    return _("Met") if entry.verdict else _("Not met")


def _failing(asked: Asked, held: Held, item: Item) -> list[tuple[str, str, str, Figure, Figure | None]]:
    """School, address, stage, its value, what is asked of it; only schools in scope."""
    if item.found is None:
        return []
    percent = all(c.asked is not None for c in item.clauses)
    unit = "%" if percent else {"rooms": _("rooms"), "school_size": _("persons"), "class_size": _("classes")}.get(
        item.demand.rule, ""
    )  # fmt: skip
    asks = {"school_size": _("persons"), "class_size": _("persons")}.get(item.demand.rule, "%")
    return [
        (
            held.schools[f.code].name,
            f"/schools/{held.schools[f.code].code}/?period={asked.period}",
            str(STAGES.get(f.stage, "")),
            Figure(f.value, unit, _places(f.value, f.asked) if percent else 0),
            None if f.asked is None else Figure(f.asked, asks, 0),
        )
        for f in item.found.failing
        if f.code in held.schools
    ]
