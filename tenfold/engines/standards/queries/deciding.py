"""The further items of a standard: what the return decides, what was entered and confirmed, and the whole result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from tenfold.pure.balance import Clause, Demand, Found, all_of

from ..models import EnteredItem, State
from .assessing import Held

ItemState = str
"""met, failed, open, none."""
VERDICT: dict[str, bool | None] = {"met": True, "none": True, "failed": False, "open": None}


@dataclass(frozen=True)
class Item:
    """One item with what is known of it.

    ``found``: what the return says; ``entry``: what was entered, confirmed or not. ``moved``: sentences whose
    figure differs from what it was when the entry was confirmed: (name, then, now).
    """

    demand: Demand
    found: Found | None
    entry: EnteredItem | None
    state: ItemState
    moved: tuple[tuple[str, Fraction, Fraction | None], ...] = ()

    @property
    def waits(self) -> bool:
        """Whether something was entered that nobody has confirmed."""
        return self.entry is not None and self.entry.state == State.ENTERED

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The sentences that the return tells."""
        return self.found.clauses if self.found else ()


def items_of(held: Held, entries: Mapping[str, EnteredItem]) -> dict[str, Item]:
    """All further items of the standard in its order, by code."""
    made: dict[str, Item] = {}
    for demand in held.standard.demands:
        found, entry = held.assessment.items.get(demand.code), entries.get(demand.code)
        state = _follows(made) if demand.rule == "recognition" else _state(demand, found, entry)
        made[demand.code] = Item(demand, found, entry, state, _moved(found, entry))
    return made


def _follows(made: Mapping[str, Item]) -> ItemState:
    """The veto that rests on recognition: it has happened where recognition fails."""
    states = [item.state for item in made.values() if item.demand.part == "recognition"]
    return states[0] if states else "open"


def _state(demand: Demand, found: Found | None, entry: EnteredItem | None) -> ItemState:
    told = found.state if found else "open"
    if demand.decided == "return":
        return told
    said = _entered(demand, entry)
    if demand.decided == "entered" or (entry is not None and entry.value is not None and said != "open"):
        return said
    return next(state for state in ("failed", "open", "met") if state in (told, said) or state == "met")


def _entered(demand: Demand, entry: EnteredItem | None) -> ItemState:
    """What a confirmed entry says; open until then."""
    if entry is None or entry.state != State.CONFIRMED:
        return "open"
    verdicts: list[bool | None] = []
    if demand.asks in ("verdict", "both"):
        happened = demand.part == "veto"
        verdicts.append(None if entry.verdict is None else entry.verdict is not happened)
    if demand.asks == "value" or (demand.asks == "both" and (demand.decided == "entered" or entry.value is not None)):
        verdicts.append(None if entry.value is None else demand.holds(Fraction(entry.value)))
    whole = all_of(verdicts)
    return "open" if whole is None else "met" if whole else "failed"


def _moved(found: Found | None, entry: EnteredItem | None) -> tuple[tuple[str, Fraction, Fraction | None], ...]:
    if found is None or entry is None or entry.state != State.CONFIRMED:
        return ()
    now = {clause.name: clause.value for clause in found.clauses}
    then = {name: Fraction(text) for name, text in entry.figures.items() if text}
    return tuple((name, value, now.get(name)) for name, value in then.items() if now.get(name) != value)


def result(held: Held, items: Mapping[str, Item]) -> bool | None:
    """The whole finding: resources and every item. None while something is open."""
    return all_of([held.assessment.resources, *(VERDICT[item.state] for item in items.values())])
