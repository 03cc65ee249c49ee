"""Words of the self-assessment: parts, states, resources in short. The standard's own names stand in its file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language, gettext, pgettext
from django.utils.translation import gettext_lazy as _

from tenfold.pure.balance import Demand, Reading, Resource, Standard

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

STAGES: dict[str, StrOrPromise] = {"primary": _("Primary school"), "junior": _("Junior secondary")}

SHORT: dict[str, StrOrPromise] = {
    "highly_qualified_teachers": _("Highly qualified teachers"),
    "backbone_teachers": _("Backbone teachers"),
    "pe_arts_teachers": _("PE and arts teachers"),
    "teaching_area": _("Teaching rooms"),
    "sports_area": _("Sports grounds"),
    "equipment": _("Equipment"),
    "network_rooms": _("Multimedia rooms"),
}
"""A resource in a column's head."""

PARTS: dict[str, StrOrPromise] = {
    "guarantee": _("What the government guarantees"),
    "quality": _("Quality of education"),
    "recognition": _("Recognition by society"),
    "veto": _("What vetoes the whole"),
    "precondition": _("Precondition"),
}

UNITS: dict[str, StrOrPromise] = {
    "人": _("persons"), "间": _("rooms"), "元": _("yuan"), "个班": _("classes"), "m²": "m²", "%": "%",
    "台": _("units"), "册": _("copies"), "": "",
}  # fmt: skip

SIGNS = {"met": "done", "near": "attention", "below": "late", "unknown": "unknown"}
"""State of a resource → the sign that is drawn."""

ITEM_SIGNS = {"met": "done", "failed": "late", "open": "unknown", "none": "done"}
"""State of an item → the sign that is drawn."""


def chinese() -> bool:
    """Whether the page is in Chinese."""
    return (get_language() or "zh").startswith("zh")


def told(entry: Demand | Resource | Reading | Standard) -> str:
    """The name of an entry in the reader's language: the document's own words, or the gloss."""
    return entry.name if chinese() else entry.gloss


def footnote(standard: Standard) -> str:
    """What stands under every page: counted locally, not the national verdict."""
    return standard.footnote[0] if chinese() else standard.footnote[1]


def short(resource: Resource) -> str:
    """A resource in two or three words."""
    known = SHORT.get(resource.code)
    return str(known) if known else told(resource)


def unit_of(resource: Resource) -> str:
    """A resource's unit as a column's head says it."""
    unit = str(UNITS.get(resource.unit, resource.unit))
    if not unit:
        return ""
    words = gettext("%(unit)s per pupil") if resource.per == 1 else gettext("%(unit)s per 100 pupils")
    return words % {"unit": unit}


def state_word(state: str) -> str:
    """The state of a resource in words."""
    return {
        "met": gettext("Meets it"),
        "near": gettext("85 per cent and more"),
        "below": gettext("Below 85 per cent"),
        "unknown": gettext("To be filled"),
    }[state]


def verdict_word(passes: bool | None) -> tuple[str, str]:
    """The sign and the words of a finding."""
    if passes is None:
        return "unknown", pgettext("spread", "Open")
    return ("done", gettext("Reached")) if passes else ("attention", gettext("Not reached"))


def amount(code: str, value: Any, unit: str) -> tuple[Any, str, int]:
    """An amount as it is shown: money in 10,000 yuan with one decimal, all else in whole units."""
    if unit == "元":
        return value / 10_000, gettext("10,000 yuan"), 1
    return value, str(UNITS.get(unit, unit)), 0
