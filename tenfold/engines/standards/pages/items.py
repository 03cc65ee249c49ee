"""The further items in lists: what the return says of each, what was entered, and its state in a word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tenfold.foundation.ui.figures import Figure
from tenfold.foundation.ui.numbers import apart
from tenfold.pure.balance import Clause

from .. import queries
from ..queries import Held, Item
from ..words import ITEM_SIGNS, PARTS, STAGES, UNITS, told
from .asked import Asked, count

LISTED = ("guarantee", "quality", "recognition", "veto", "precondition")


@dataclass(frozen=True)
class ItemLine:
    """One item: its name, its state, the figures that tell it, whether it waits for a second person."""

    title: str
    href: str
    sign: str
    word: str
    figures: tuple[tuple[str, Figure], ...]
    waits: bool
    moved: bool
    local: bool


@dataclass(frozen=True)
class Section:
    """The items of one part, with how many are met, not met and open."""

    code: str
    title: str
    lines: tuple[ItemLine, ...]
    counts: tuple[tuple[str, Figure], ...]


def item_sections(asked: Asked, held: Held) -> dict[str, Any]:
    """All parts of the standard beyond the resources, and the whole finding."""
    items = queries.items_of(held, queries.entries(asked.place, asked.period, asked.standard.code))
    sections = [_section(asked, part, [i for i in items.values() if i.demand.part == part]) for part in LISTED]
    return {"sections": [s for s in sections if s.lines], "result": queries.result(held, items)}


def _section(asked: Asked, part: str, items: list[Item]) -> Section:
    states = [item.state for item in items]
    words = (
        (_("met"), sum(s in ("met", "none") for s in states)),
        (_("not met"), states.count("failed")),
        (_("to be filled"), states.count("open")),
    )
    counts = tuple((word, count(n, _("items"))) for word, n in words if n)
    return Section(part, str(PARTS[part]), tuple(item_line(asked, item) for item in items), counts)


def item_line(asked: Asked, item: Item) -> ItemLine:
    """One item in a list."""
    sign, word = item_word(item)
    return ItemLine(
        title=told(item.demand),
        href=asked.item_url(item.demand.code),
        sign=sign,
        word=word,
        figures=tuple(item_figures(asked, item)),
        waits=item.waits,
        moved=bool(item.moved),
        local=item.demand.local,
    )


def item_word(item: Item) -> tuple[str, str]:
    """The sign and word of an item's state; a veto says whether it happened."""
    sign = ITEM_SIGNS[item.state]
    if item.demand.part == "veto" and item.state != "open":
        return sign, _("Did not happen") if item.state == "met" else _("Happened")
    words = {"met": _("Met"), "failed": _("Not met"), "open": _("To be filled"), "none": _("Not asked here")}
    return sign, words[item.state]


def item_figures(asked: Asked, item: Item) -> list[tuple[str, Figure]]:
    """The figures behind an item: those of the return, else the entered one."""
    found = [(clause_word(item, c), clause_figure(asked, item, c)) for c in item.clauses if c.value is not None]
    entry = item.entry
    if entry is not None and entry.value is not None:
        unit = str(UNITS.get(item.demand.unit, item.demand.unit))
        found.append(("", Figure(entry.value, unit, item.demand.decimals)))
    return found


def clause_word(item: Item, clause: Clause) -> str:
    """What a sentence of an item counts, in a word; '' where the item's name says it."""
    known: dict[str, Any] = {
        **STAGES,
        "moved": _("rotated"),
        "backbone": _("of them backbone"),
        "migrant_places": _("migrant children in public schools"),
    }
    return str(known.get(clause.name, ""))


def clause_figure(asked: Asked, item: Item, clause: Clause) -> Figure:
    """The figure of a sentence, opening where an indicator counts it."""
    name = item.demand.code + (".backbone" if clause.name == "backbone" else "")
    split = f"stage={clause.name}" if clause.name in STAGES else ""
    unit = "%"
    if clause.asked is None:
        unit = _("classes") if item.demand.rule == "class_size" else _("schools")
    coverage = ""
    if clause.missing:
        due = clause.counted + clause.missing
        coverage = _("%(counted)s/%(due)s schools") % {"counted": clause.counted, "due": due}
    return asked.figure(
        clause.value,
        queries.item_indicator(asked.standard.code, name),
        split=split,
        unit=unit,
        decimals=_decimals(clause),
        coverage=coverage,
    )


def _decimals(clause: Clause) -> int:
    """One decimal; more where one would round a value that falls short up to what is asked."""
    if clause.asked is None or clause.value is None:
        return 0
    return 1 if clause.value >= clause.asked else apart(clause.value, (clause.asked,), 1)
