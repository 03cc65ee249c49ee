"""The tasks behind a count: every unit's part, what is owed first in front."""

from __future__ import annotations

from datetime import date

from tenfold.foundation.calendar import today
from tenfold.foundation.organisations.models import SCHOOLS, Organisation

from ..models import Programme
from .cockpit import LateLine, line, places_below
from .lights import Lit, lights
from .tallies import at_place, by_task, owed_first


def listing(
    row: Programme,
    place: Organisation,
    state: str = "",
    action: int | None = None,
    on: date | None = None,
    number: str = "",
) -> tuple[list[LateLine], int]:
    """The parts of tasks at a place in a state ('' for all), and how many tasks they are of.

    Schools of one place and one task stand in one line. As the count that opens it: of a task that is
    late its late parts, of one that is done all. ``number``: of one task alone, every part in the state by itself.
    """
    day = on or today()
    found = at_place(lights(row, on), place.path)
    below = places_below(place)
    names = {path: each.name for path, each in below.items()}
    parts: list[Lit] = []
    for task in by_task(found):
        if number:
            parts += [each for each in task.parts if task.number == number and state in ("", each.state)]
        elif action in (None, task.action) and state in ("", task.state):
            parts += task.deciding if state else task.parts
    groups: dict[tuple[int, str, str], list[Lit]] = {}
    for each in sorted(parts, key=owed_first):
        path = next((path for path in names if each.path.startswith(path) and each.path != path), "")
        key = path if each.kind in SCHOOLS and below and not number else each.path
        groups.setdefault((each.task, key, each.state), []).append(each)
    return [line(group, names, day) for group in groups.values()], len({each.task for each in parts})
