"""Lights counted by task: a task at a place has the light of the whole of its parts there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from tenfold.foundation.organisations.models import SCHOOLS
from tenfold.foundation.ui.words import listed
from tenfold.pure.steering.lights import LIGHTS

from .lights import Lit, whole

NAMED = 3
"""So many units are named one by one."""


@dataclass(frozen=True)
class TaskAt:
    """A task at a place with its parts there, what is owed first in front."""

    task: int
    number: str
    title: str
    action: int | None
    parts: tuple[Lit, ...]

    @cached_property
    def state(self) -> str:
        """Late where any part is, done where all are."""
        return whole(self.parts)

    @property
    def worst(self) -> Lit:
        """The part that decides."""
        return self.parts[0]

    @property
    def deciding(self) -> tuple[Lit, ...]:
        """The parts that have the light of the whole."""
        return tuple(each for each in self.parts if each.state == self.state)


@dataclass(frozen=True)
class Tally:
    """How many tasks are in each state."""

    late: int = 0
    attention: int = 0
    unknown: int = 0
    on_track: int = 0
    done: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.late + self.attention + self.unknown + self.on_track + self.done

    @classmethod
    def of(cls, tasks: Iterable[TaskAt]) -> Tally:
        """Of some tasks at a place."""
        counts = dict.fromkeys(LIGHTS, 0)
        for each in tasks:
            counts[each.state] += 1
        return cls(**counts)

    @property
    def worst(self) -> str:
        """The light of the whole, and so its word; unknown where nothing is counted."""
        return next((state for state in LIGHTS if getattr(self, state)), "unknown")


def owed_first(lit: Lit) -> tuple[int, date, str]:
    """What is owed first, then what is due first, then in the order of the tree."""
    return LIGHTS.index(lit.state), lit.due or date.max, lit.path


def at_place(found: Iterable[Lit], path: str) -> list[Lit]:
    """The lights at or below a place."""
    return [each for each in found if each.path.startswith(path)]


def by_task(found: Iterable[Lit]) -> list[TaskAt]:
    """Grouped by task, in the programme's order."""
    groups: dict[int, list[Lit]] = {}
    for each in found:
        groups.setdefault(each.task, []).append(each)
    return [
        TaskAt(task, parts[0].number, parts[0].title, parts[0].action, tuple(sorted(parts, key=owed_first)))
        for task, parts in groups.items()
    ]


def units(parts: Sequence[Lit], places: Mapping[str, str] | None = None) -> str:
    """Whose it is: names where they are few; schools by the place above them (崇阳县12所学校), others counted."""
    if len(parts) <= NAMED:
        return listed(each.name for each in parts)
    schools = [each for each in parts if each.kind in SCHOOLS]
    others = [each.name for each in parts if each.kind not in SCHOOLS]
    told = others[:2] if len(others) > NAMED or schools else others
    if len(told) < len(others):
        told[-1] = _("%(unit)s and others, %(count)s units") % {"unit": told[-1], "count": len(others)}
    return listed([*told, *_schools(schools, places or {})])


def _schools(parts: Sequence[Lit], places: Mapping[str, str]) -> list[str]:
    counts: dict[str, int] = {}
    for each in parts:
        name = next((name for path, name in places.items() if each.path.startswith(path)), "")
        counts[name] = counts.get(name, 0) + 1
    if len(counts) > NAMED:
        counts = {"": len(parts)}
    return [_("%(place)s%(count)s schools") % {"place": name, "count": n} for name, n in counts.items()]


def page_of(lit: Lit) -> str:
    """The page of an organisation's part in a task; '' where no such page is built."""
    try:
        return reverse("programme:task", args=[lit.assignment])
    except NoReverseMatch:
        return ""
