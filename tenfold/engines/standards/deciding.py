"""From what a page sends to what a service is asked."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from tenfold.foundation.exchange.rights import IMPORT_RETURNS
from tenfold.foundation.files import services as files

from . import queries, services
from .forms import ItemForm
from .pages.asked import Asked


def acts(request: Any) -> dict[str, bool]:
    """What she may do about an empty page."""
    return {"may_import": request.access.may(IMPORT_RETURNS)}


def enter(asked: Asked, item: str, form: ItemForm) -> None:
    """Keep what a valid form holds. Raises ItemFault."""
    file = form.cleaned_data.get("material")
    try:
        arrived = files.arrive(file.chunks()) if file else None
    except files.TooLarge as fault:
        raise services.ItemFault(_("The file is too large.")) from fault
    name = file.name if file else ""
    words = {"material": arrived, "material_name": name, **form.entered}
    services.enter_item(asked.place, asked.period, asked.standard.code, item, **words)


def decide(asked: Asked, item: str, sent: Any) -> str:
    """Confirm an entry or give it back; what was done, in words. Raises ItemFault."""
    entry = queries.entry_of(asked.place, asked.period, asked.standard.code, item)
    if entry is None:
        raise services.ItemFault(_("Nothing is entered of this item yet, so there is nothing to decide."))
    version = int(sent.get("version", "0")) if sent.get("version", "0").isdigit() else 0
    if sent.get("act") == "return":
        services.return_item(entry, version, sent.get("reason", ""))
        return _("Given back.")
    held = queries.assessed(asked.place, asked.period, asked.standard.code)
    found = held.assessment.items.get(item)
    figures = {c.name: "" if c.value is None else str(c.value) for c in found.clauses} if found else {}
    services.confirm_item(entry, version, figures)
    return _("Confirmed.")
