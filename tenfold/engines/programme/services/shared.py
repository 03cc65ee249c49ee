"""What the services of the programme share."""

from __future__ import annotations

from tenfold.foundation.people.models import Person
from tenfold.foundation.scope import require


def own_name() -> str:
    """The name of the one who acts; '' for a system context."""
    person = Person.objects.filter(pk=require().person).first() if require().person else None
    return person.name if person else ""
