"""Addresses and faults in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .faults import problem
from .kinds import handler_class, title_of
from .vocabulary import Match

STAGE_TITLES = {
    "kindergarten": gettext_lazy("Kindergarten"),
    "primary": gettext_lazy("Primary school"),
    "junior": gettext_lazy("Junior secondary"),
    "senior": gettext_lazy("Senior secondary"),
    "vocational": gettext_lazy("Secondary vocational"),
    "special": gettext_lazy("Special education"),
}
UNIT_TITLES = {
    "元": gettext_lazy("yuan"),
    "千元": gettext_lazy("1,000 yuan"),
    "万元": gettext_lazy("10,000 yuan"),
    "亿元": gettext_lazy("100 million yuan"),
    "平方米": gettext_lazy("m²"),
    "亩": gettext_lazy("mu"),
    "公顷": gettext_lazy("hectares"),
}
BASES = {
    "mapping": gettext_lazy("mapping file"),
    "confirmed": gettext_lazy("confirmed"),
    "saved": gettext_lazy("used before"),
    "code": gettext_lazy("same code"),
    "title": gettext_lazy("same name"),
    "synonym": gettext_lazy("same meaning"),
    "likely": gettext_lazy("to be confirmed"),
}


def address_title(match: Match) -> str:
    """Stage, grade and field in words."""
    title = str(match.field.title)
    if match.grade:
        return _("%(stage)s grade %(grade)s: %(field)s") % {
            "stage": STAGE_TITLES[match.stage], "grade": match.grade, "field": title,
        }  # fmt: skip
    if match.stage:
        return _("%(stage)s: %(field)s") % {"stage": STAGE_TITLES[match.stage], "field": title}
    return title


def worded(kind: str, params: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters of a fault's text: ``@address`` becomes that field's title, ``#word`` a word of the kind's own."""
    found = dict(params)
    for name, value in params.items():
        if name == "value" or not isinstance(value, str):
            continue
        if value.startswith("@"):
            found[name] = title_of(kind, value[1:])
        elif value.startswith("#") and value[1:] in handler_class(kind).texts:
            found[name] = str(handler_class(kind).texts[value[1:]])
    return found


def problem_of(kind: str, code: str, params: Mapping[str, Any]) -> str:
    """What is wrong, in the reader's words."""
    return problem(code, worded(kind, params), handler_class(kind).texts)
