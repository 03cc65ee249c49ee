"""Entering what no return tells, and confirming it: two people."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from django.db.models import F
from django.utils.translation import gettext as _

from tenfold.foundation.acts import note, service
from tenfold.foundation.calendar import now
from tenfold.foundation.files import services as files
from tenfold.foundation.organisations.models import Kind, Organisation
from tenfold.foundation.people.queries import own_name
from tenfold.foundation.scope import require

from . import queries
from .models import EnteredItem, State
from .rights import CONFIRM_ITEMS, ENTER_ITEMS


class ItemFault(ValueError):
    """What cannot be entered or confirmed, in words for the one who tried."""


def _subject(standard: str, item: str, period: str) -> str:
    return f"standard:{standard}/{item}@{period}"


@service(right=ENTER_ITEMS)
def enter_item(
    place: Organisation,
    period: str,
    standard: str,
    item: str,
    *,
    value: Decimal | None = None,
    verdict: bool | None = None,
    remark: str = "",
    material: files.Arrived | None = None,
    material_name: str = "",
) -> EnteredItem:
    """Enter an item of a standard for a county; what stood before is overwritten and is to be confirmed anew.

    ``material`` is the file that it rests on; one that was kept before stays. Raises :class:`ItemFault` for a
    place that is no county, an item that is not entered, and one that has no Material where it needs some.
    """
    demand = queries.choose_item(queries.choose_standard(standard), item)
    if place.kind != Kind.COUNTY:
        raise ItemFault(_("The items of a standard are entered for a county."))
    if demand.rule == "recognition":
        raise ItemFault(_("This item follows from another and is not entered."))
    entry = queries.entry_of(place, period, standard, item)
    before = None if entry is None else _told(entry)
    entry = entry or EnteredItem(organisation=place, period=period, standard=standard, item=item)
    entry.value, entry.verdict, entry.remark = value, verdict, remark
    replaced = entry.material if material is not None else None
    if material is not None:
        entry.material = files.keep(material, name=material_name, place=place)
    if entry.material is None and demand.decided != "return" and demand.part != "veto":
        raise ItemFault(_("Add the Material that this item rests on."))
    entry.state, entry.reason, entry.figures = State.ENTERED, "", {}
    entry.entered_by, entry.entered_name, entry.entered_at = require().person, own_name(), now()
    entry.confirmed_by, entry.confirmed_name, entry.confirmed_at = None, "", None
    entry.version += 1 if entry.pk else 0
    entry.save()
    if replaced is not None:
        files.forget(replaced)
    note(subject=_subject(standard, item, period), place=place.path, before=before, after=_told(entry))
    return entry


@service(right=CONFIRM_ITEMS)
def confirm_item(entry: EnteredItem, version: int, figures: dict[str, str]) -> EnteredItem:
    """Confirm what another has entered. ``figures``: what the return says now, kept to see a later change.

    Raises :class:`ItemFault` for the one who entered it, and where it was changed meanwhile.
    """
    _another(entry)
    _take(entry, version, lambda row: row.update(
        state=State.CONFIRMED, confirmed_by=require().person, confirmed_name=own_name(), confirmed_at=now(),
        figures=figures, reason="", version=F("version") + 1,
    ))  # fmt: skip
    note(subject=_subject(entry.standard, entry.item, entry.period), place=entry.organisation.path, after=_told(entry))
    return entry


@service(right=CONFIRM_ITEMS)
def return_item(entry: EnteredItem, version: int, reason: str) -> EnteredItem:
    """Give an entry back with a reason; raises :class:`ItemFault` as :func:`confirm_item` does."""
    _another(entry)
    if not reason.strip():
        raise ItemFault(_("Say in a few words what is to be mended."))
    _take(entry, version, lambda row: row.update(
        state=State.RETURNED, confirmed_by=None, confirmed_name="", confirmed_at=None, reason=reason.strip()[:300],
        version=F("version") + 1,
    ))  # fmt: skip
    note(subject=_subject(entry.standard, entry.item, entry.period), place=entry.organisation.path, why=reason.strip())
    return entry


def _another(entry: EnteredItem) -> None:
    person = require().person
    if person is not None and person == entry.entered_by:
        raise ItemFault(_("You have entered this item yourself; another person confirms it."))


def _take(entry: EnteredItem, version: int, change: Callable[..., int]) -> None:
    """Change the entry that was looked at and no other."""
    row = EnteredItem.objects.filter(pk=entry.pk, version=version, state=State.ENTERED)
    if not change(row):
        raise ItemFault(_("This item was changed meanwhile. Look at it once more."))
    entry.refresh_from_db()


def _told(entry: EnteredItem) -> dict[str, str]:
    value = "" if entry.value is None else str(entry.value)
    return {"value": value, "verdict": str(entry.verdict), "remark": entry.remark, "state": str(entry.state)}
