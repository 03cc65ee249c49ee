"""The year's actions in the rail, each with what is late in the scope of whoever looks.

One query a page while nothing is written.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from tenfold.foundation.audit import queries as audit
from tenfold.foundation.declare import house
from tenfold.foundation.scope import as_system, once
from tenfold.foundation.ui.context import Entry, Group

from .. import words
from ..models import Programme
from ..tables.numerals import spelled
from . import standing
from .lights import late


@dataclass
class _Seen:
    """The programme in force as this process last found it; nothing was written while ``newest`` stands."""

    newest: Hashable = None
    row: Programme | None = None


_seen = _Seen()


def actions(request: Any) -> Group | None:
    """The group of the rail; None where no programme is in force, and the rooms stand there."""
    newest = once("audit.newest", audit.newest)
    if newest is None or _seen.newest != newest:
        with as_system("programme.rail"):
            _seen.newest, _seen.row = newest, standing.in_force()
    row = _seen.row
    if row is None:
        return None
    frame, tasks = standing.programme(row), {(each.action, each.task) for each in late(row, newest)}
    entries = [
        Entry(a.menu_title, address(a), spelled(a.number), sum(action == a.number for action, _task in tasks))
        for a in frame.actions
    ]
    return Group("rooms", title(frame), entries)


def title(frame: words.Programme) -> str:
    """十大行动, 五大行动: by how many there are."""
    return words.chosen(f"{spelled(len(frame.actions))}大行动", "The actions")


def address(action: words.Action) -> str:
    """Where an action is opened: its room, else a page of its own."""
    if action.room in house().rooms:
        return reverse("programme:room", args=[action.room])
    return reverse("programme:action", args=[action.number])
