"""Places as the search finds them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Case, IntegerField, Q, Value, When
from django.utils.translation import gettext as _

from tenfold.foundation.declare import Hit

from .models import SCHOOLS, Kind, Organisation


def find_places(context: Any, text: str, limit: int) -> Iterator[Hit]:
    """Open places by name, code or the first letters of their pinyin; those that begin with the words first."""
    found = Organisation.objects.filter(closed_on=None).exclude(kind=Kind.OFFICE)
    words = text.lower().split()
    for word in words:
        found = found.filter(Q(name__icontains=word) | Q(initials__contains=word) | Q(code__startswith=word))
    first = Q(name__istartswith=words[0]) | Q(initials__startswith=words[0]) | Q(code=words[0])
    begins = Case(When(first, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = found.annotate(begins=begins).order_by("begins", "depth", "sort_key", "pk")[:limit]
    for code, name, kind in rows.values_list("code", "name", "kind"):
        url = f"/schools/{code}/" if kind in SCHOOLS else f"/overview/?place={code}"
        note = _("%(kind)s, code %(code)s") % {"kind": Kind(kind).label, "code": code}
        yield Hit(name, url, note)
