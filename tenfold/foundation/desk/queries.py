"""What the one who asks owes, the earliest due first."""

from __future__ import annotations

from datetime import date
from typing import Any

from tenfold.foundation.declare import Owed, house
from tenfold.foundation.people.models import Person
from tenfold.foundation.scope import current


def owed() -> list[Owed]:
    """Everything owed in the post in which she acts: due first, then the shortest."""
    context = current()
    if context is None:
        return []
    found = [item for duty in house().duties.values() for item in duty.query(context)]
    return sorted(found, key=lambda o: (o.due or date.max, o.minutes))


def count(request: Any) -> int:
    """How many things she owes, for the header."""
    return len(owed())


def own_name() -> str:
    """The name of the one who asks, as the opening sentence says it."""
    context = current()
    person = Person.objects.filter(pk=context.person).first() if context and context.person else None
    return person.name if person else ""
