"""What was entered of a standard."""

from __future__ import annotations

from collections.abc import Sequence

from tenfold.foundation.files.models import StoredFile
from tenfold.foundation.organisations.models import Organisation

from ..models import EnteredItem


def entries(place: Organisation, period: str, standard: str) -> dict[str, EnteredItem]:
    """All that was entered for a place and a period, by item."""
    found = EnteredItem.objects.filter(organisation=place, period=period, standard=standard)
    found = found.select_related("material")
    return {entry.item: entry for entry in found}


def entries_below(places: Sequence[Organisation], period: str, standard: str) -> list[EnteredItem]:
    """All that was entered for several places and a period."""
    ids = [place.pk for place in places]
    return list(EnteredItem.objects.filter(organisation_id__in=ids, period=period, standard=standard))


def material_of(entry: int) -> StoredFile | None:
    """The file of an entry within the scope."""
    found = EnteredItem.objects.filter(pk=entry).select_related("material").first()
    return found.material if found else None


def entry_of(place: Organisation, period: str, standard: str, item: str) -> EnteredItem | None:
    """What was entered of one item."""
    return EnteredItem.objects.filter(organisation=place, period=period, standard=standard, item=item).first()
