"""The words of a programme: actions, threads, the work beside, as a file of ``programmes/`` holds them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import get_language

if TYPE_CHECKING:
    from .planned import PlannedMeasure


def chosen(name: str, gloss: str) -> str:
    """The official Chinese on Chinese pages, the plain gloss on others."""
    return name if (get_language() or "zh").startswith("zh") else gloss


@dataclass(frozen=True)
class Counted:
    """An indicator that counts a thread, with the split that its code asks for (``stage=primary`` or '')."""

    code: str
    split: str = ""


@dataclass(frozen=True)
class Work:
    """Something that is to be done, and by what record its progress is counted.

    ``indicators``: what today's records can count, empty where nothing counts it yet. ``record``: the
    record that counts it or will; ``later``: the one that will count it better than today's.
    """

    number: str
    name: str
    gloss: str
    indicators: tuple[Counted, ...]
    record: str
    record_gloss: str
    hint: str = ""
    later: str = ""
    later_gloss: str = ""

    @property
    def title(self) -> str:
        """Its name in the reader's language."""
        return chosen(self.name, self.gloss)

    @property
    def note(self) -> str:
        """A few words beside the name; the gloss needs none."""
        return chosen(self.hint, "")

    @property
    def record_title(self) -> str:
        """The record that counts it, in the reader's language."""
        return chosen(self.record, self.record_gloss)

    @property
    def later_title(self) -> str:
        """The record that will count it better, in the reader's language; '' where there is none."""
        return chosen(self.later, self.later_gloss)

    @property
    def countable(self) -> bool:
        """Whether a record of today counts it."""
        return bool(self.indicators)


@dataclass(frozen=True)
class Thread(Work):
    """线索: one strand of an action."""


@dataclass(frozen=True)
class BesideWork(Work):
    """The same bureau's work beside the actions. ``where``: the room or engine that will carry it."""

    where: str = ""
    where_name: str = ""
    where_gloss: str = ""

    @property
    def where_title(self) -> str:
        """Where it is done, in the reader's language."""
        return chosen(self.where_name, self.where_gloss)


@dataclass(frozen=True)
class Action:
    """行动: its official name to the character, its role in the whole, its room ('' for none), its threads.

    ``measures``: what is to be done, as a file says it; where the programme stands in the store, its rows do.
    ``lead``: the leading office (牵头单位), '' where the programme names none.
    """

    number: int
    name: str
    menu: str
    threads: tuple[Thread, ...]
    gloss: str = ""
    menu_gloss: str = ""
    role: str = ""
    role_gloss: str = ""
    room: str = ""
    headline: Counted | None = None
    lead: str = ""
    lead_gloss: str = ""
    measures: tuple[PlannedMeasure, ...] = ()

    @property
    def title(self) -> str:
        """The official title, or its gloss where there is one."""
        return chosen(self.name, self.gloss or self.name)

    @property
    def menu_title(self) -> str:
        """The short word of the rail."""
        return chosen(self.menu, self.menu_gloss or self.menu)

    @property
    def role_title(self) -> str:
        """Its role in the whole: 纽带, 重点 …"""
        return chosen(self.role, self.role_gloss or self.role)

    @property
    def lead_title(self) -> str:
        """The leading office, '' where none is named."""
        return chosen(self.lead, self.lead_gloss)

    @property
    def countable(self) -> int:
        """How many of its threads a record of today counts."""
        return sum(thread.countable for thread in self.threads)

    @property
    def first(self) -> Counted | None:
        """The indicator that stands for the action: the headline, else the first of its threads."""
        return self.headline or next((t.indicators[0] for t in self.threads if t.indicators), None)


@dataclass(frozen=True)
class Programme:
    """A city's year."""

    code: str
    name: str
    year: str
    begun: date | None
    actions: tuple[Action, ...]
    beside: tuple[BesideWork, ...] = ()
    ends: date | None = None
    gloss: str = ""
    role: str = ""
    role_gloss: str = ""

    @property
    def title(self) -> str:
        """Its name in the reader's language."""
        return chosen(self.name, self.gloss or self.name)

    @property
    def role_title(self) -> str:
        """What the programme is to the year."""
        return chosen(self.role, self.role_gloss or self.role)

    @property
    def threads(self) -> tuple[Thread, ...]:
        """All threads of all actions."""
        return tuple(thread for action in self.actions for thread in action.threads)

    @property
    def countable(self) -> int:
        """How many threads a record of today counts."""
        return sum(thread.countable for thread in self.threads)

    def action_of(self, room: str) -> Action | None:
        """The action that a room does, None where the programme gives it none."""
        return next((action for action in self.actions if action.room == room), None)

    def beside_of(self, room: str) -> tuple[BesideWork, ...]:
        """The work beside the ten that is done in a room."""
        return tuple(work for work in self.beside if work.where == room)
