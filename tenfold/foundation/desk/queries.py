"""What the one who asks owes, the earliest due first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from datetime import date
from typing import Any

from tenfold.foundation.audit import queries as audit
from tenfold.foundation.calendar import today
from tenfold.foundation.declare import Owed, house
from tenfold.foundation.scope import current, once

KEPT = "_tenfold_owed"


def owed(request: Any = None) -> list[Owed]:
    """Everything owed in the post in which she acts: due first, then the shortest. A request asks once."""
    if request is not None and hasattr(request, KEPT):
        kept: list[Owed] = getattr(request, KEPT)
        return kept
    context = current()
    found = [item for duty in house().duties.values() for item in duty.query(context)] if context else []
    found.sort(key=lambda o: (o.due or date.max, o.minutes))
    if request is not None:
        setattr(request, KEPT, found)
    return found


_counted: OrderedDict[Hashable, tuple[Hashable, int]] = OrderedDict()
"""How many things each owes in each post, for the last state of the records; each process has its own."""
MOST_COUNTED = 5_000


def count(request: Any) -> int:
    """How many things she owes, for the header. Counted anew only when somebody has written, or the day has changed."""
    context = current()
    if context is None or context.person is None:
        return len(owed())
    key, state = (context.person, context.post), (once("audit.newest", audit.newest), today())
    kept = _counted.get(key)
    if kept is None or kept[0] != state:
        kept = _counted[key] = (state, len(owed()))
        _counted.move_to_end(key)
        while len(_counted) > MOST_COUNTED:
            _counted.popitem(last=False)
    return kept[1]
