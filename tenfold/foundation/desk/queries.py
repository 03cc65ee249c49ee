"""What the one who asks owes, the earliest due first."""

from __future__ import annotations

from datetime import date
from typing import Any

from tenfold.foundation.declare import Owed, house
from tenfold.foundation.people.models import Person
from tenfold.foundation.scope import current

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


def count(request: Any) -> int:
    """How many things she owes, for the header."""
    return len(owed(request))


def own_name() -> str:
    """The name of the one who asks, as the opening sentence says it."""
    context = current()
    person = Person.objects.filter(pk=context.person).first() if context and context.person else None
    return person.name if person else ""
