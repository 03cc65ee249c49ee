"""What a programme aims at, in words: measures, targets, tasks, as a file or a task table says them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from .words import Counted, chosen

LEVELS = ("city", "county", "township", "school")
RULES = ("same", "equal", "pupils", "gap", "hand")


@dataclass(frozen=True)
class PlannedTarget:
    """An indicator, the value to be reached by a day, and how it is shared out down to a level.

    ``at``: least or most. ``hand``: values set by hand, by the organisation's name or code.
    """

    counted: Counted
    value: Decimal
    by: date
    at: str = "least"
    rule: str = "same"
    level: str = "county"
    hand: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class PlannedTask:
    """A task: who owes it, to the character, by when, and the criterion that decides it.

    ``due`` None: long-standing, ``due_text`` says how the table puts it. ``begins`` None: with the programme.
    ``cells``: the row of the task table from which it came.
    """

    number: str
    name: str
    gloss: str = ""
    lead: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    supporting: tuple[str, ...] = ()
    leader: str = ""
    begins: date | None = None
    due: date | None = None
    due_text: str = ""
    criterion: Mapping[str, Any] = field(default_factory=lambda: {"code": "programme.material"})
    after: tuple[str, ...] = ()
    cells: Mapping[str, str] = field(default_factory=dict)

    @property
    def units(self) -> tuple[str, ...]:
        """Every unit that it names."""
        return (*self.lead, *self.responsible, *self.supporting)

    @property
    def title(self) -> str:
        """Its name in the reader's language."""
        return chosen(self.name, self.gloss or self.name)


@dataclass(frozen=True)
class PlannedMeasure:
    """举措: a part of an action, the lowest level that it reaches, its targets and tasks."""

    number: str
    name: str
    gloss: str = ""
    thread: str = ""
    lowest: str = "county"
    targets: tuple[PlannedTarget, ...] = ()
    tasks: tuple[PlannedTask, ...] = ()
