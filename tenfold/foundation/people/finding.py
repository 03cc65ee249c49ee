"""People in their posts as the search finds them; pupils and guardians are never searched for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from tenfold.foundation.calendar import today
from tenfold.foundation.declare import Hit

from .models import Appointment

NEVER = ("guardian", "student")


def find_people(context: Any, text: str, limit: int) -> Iterator[Hit]:
    """Those in post today, by name or staff number."""
    day = today()
    found = Appointment.objects.filter(since__lte=day).filter(Q(until__isnull=True) | Q(until__gt=day))
    for word in text.split():
        found = found.filter(Q(person__name__icontains=word) | Q(person__number__istartswith=word))
    rows = found.exclude(role__in=NEVER).order_by("person__sort_key", "person", "-main")[:limit]
    for pk, name, title, place in rows.values_list("person", "person__name", "title", "organisation__name"):
        yield Hit(name, f"/people/{pk}/", f"{place} {title}")
