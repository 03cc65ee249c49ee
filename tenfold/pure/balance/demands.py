"""What a standard asks of a county beyond the resources: guarantees, quality, recognition, vetoes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from .entries import StandardFault, take

PARTS = ("precondition", "guarantee", "quality", "recognition", "veto")
"""The parts of a standards file that list demands, in their order."""

RULES: dict[str, tuple[str, ...]] = {
    "rooms": (
        "classes", "music_area", "art_area", "older.built", "older.music_area", "older.art_area",
        "small_rural.largest_class_below", "small_rural.primary", "small_rural.junior",
    ),
    "school_size": (
        "limit", "whole_through", "relaxed.built", "relaxed.migrants_above", "relaxed.limit", "relaxed.whole_through",
    ),
    "class_size": (),
    "trained_360h": ("at_least",),
    "rotation": ("at_least", "backbone"),
    "certified": ("at_least",),
    "near_enrolment": ("at_least.primary", "at_least.junior"),
    "migrant_places": ("at_least",),
    "retention": (),
    "training_funds": ("at_least",),
    "recognition": (),
}  # fmt: skip
"""How a return decides, and the numbers that the file must give for it."""


@dataclass(frozen=True)
class Demand:
    """One item that a county must meet.

    ``decided``: by the return, by what is entered, or by both (the return where it can). ``rule``: how the
    return decides. ``asks``: value, verdict or both, of what is entered; a value is held against
    ``at_least`` or ``below``. ``numbers``: all thresholds by dotted name, exact.
    """

    code: str
    part: str
    number: int
    name: str
    gloss: str
    text: str
    decided: str
    rule: str
    asks: str
    unit: str
    decimals: int
    document: str
    sure: str
    local: bool
    effective: date | None = None
    numbers: Mapping[str, Fraction] = field(default_factory=dict)
    locales: tuple[str, ...] = ()

    @property
    def at_least(self) -> Fraction | None:
        """The least value, where there is one for the whole county."""
        return self.numbers.get("at_least")

    @property
    def below(self) -> Fraction | None:
        """What a value must stay below."""
        return self.numbers.get("below")

    def holds(self, value: Fraction) -> bool:
        """Whether a value meets the demand."""
        if self.below is not None:
            return value < self.below
        return self.at_least is None or value >= self.at_least


def demands(data: Mapping[str, Any], document: str) -> tuple[Demand, ...]:
    """All demands of a file; raises :class:`StandardFault` naming the entry and the key."""
    found: list[Demand] = []
    for part in PARTS:
        entries = data.get(part, [])
        if isinstance(entries, dict):
            entries = [entries]
        if not isinstance(entries, list):
            raise StandardFault(f"{part} should be a list of entries")
        found += [_demand(part, entry, number, document) for number, entry in enumerate(entries, 1)]
    codes = [demand.code for demand in found]
    for code in codes:
        if codes.count(code) > 1:
            raise StandardFault(f"{code} stands twice")
    return tuple(found)


def _demand(part: str, entry: Any, number: int, document: str) -> Demand:
    if not isinstance(entry, dict):
        raise StandardFault(f"{part} {number} is no table")
    where = f"{part} {entry.get('code', number)}: "
    decided, rule, asks = take(entry, "decided", str, where), entry.get("rule", ""), entry.get("asks", "")
    if decided not in ("return", "entered", "both"):
        raise StandardFault(f'{where}decided = "{decided}" is none of return, entered, both')
    if decided != "entered" and rule not in RULES:
        raise StandardFault(f'{where}rule = "{rule}" is none of {", ".join(RULES)}')
    if decided != "return" and asks not in ("value", "verdict", "both"):
        raise StandardFault(f'{where}asks = "{asks}" is none of value, verdict, both')
    numbers = _numbers(entry, where)
    for name in RULES.get(rule, ()):
        if name not in numbers:
            raise StandardFault(f"{where}{name} is missing")
    if asks in ("value", "both") and not {"at_least", "below"} & set(numbers):
        raise StandardFault(f"{where}at_least is missing")
    percents = [name for name in ("at_least", "backbone", "at_least.primary", "at_least.junior") if name in numbers]
    for name in percents if entry.get("unit") == "%" else ():
        if numbers[name] > 100:
            raise StandardFault(f"{where}{name} = {numbers[name]} is no percentage")
    return Demand(
        code=take(entry, "code", str, where),
        part=part,
        number=take(entry, "number", int, where),
        name=take(entry, "name", str, where),
        gloss=take(entry, "gloss", str, where),
        text=entry.get("text", ""),
        decided=decided,
        rule=rule,
        asks=asks,
        unit=entry.get("unit", ""),
        decimals=entry.get("decimals", 1 if entry.get("unit") == "%" else 0),
        document=entry.get("document", document),
        sure=take(entry, "sure", str, where),
        local=entry.get("local") is True,
        effective=entry.get("effective"),
        numbers=numbers,
        locales=tuple(entry.get("locales", ())),
    )


_OTHER = ("code", "number", "name", "gloss", "text", "decided", "rule", "asks", "unit", "decimals", "document", "sure",
          "local", "effective", "locales")  # fmt: skip


def _numbers(entry: Mapping[str, Any], where: str, prefix: str = "") -> dict[str, Fraction]:
    """The thresholds by dotted name; each a number above nought."""
    found: dict[str, Fraction] = {}
    for key, value in entry.items():
        name = f"{prefix}{key}"
        if not prefix and key in _OTHER:
            continue
        if isinstance(value, dict):
            found |= _numbers(value, where, f"{name}.")
        elif isinstance(value, bool) or not isinstance(value, (int, Fraction)):
            raise StandardFault(f"{where}{name} should be a number")
        elif value <= 0:
            raise StandardFault(f"{where}{name} = {value} is no threshold")
        else:
            found[name] = Fraction(value)
    return found
