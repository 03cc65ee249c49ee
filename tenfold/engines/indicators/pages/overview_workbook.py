"""The tables of a place's page as one Excel file: a sheet a table, whole where the page shows the first rows."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tenfold.foundation.ui.figures import Figure

from . import outstanding
from .asked import Asked
from .outstanding import Finding
from .overview import overview_page
from .workbook import Sheet, workbook


def overview_workbook(asked: Asked, code: str) -> bytes:
    """The file."""
    page = overview_page(asked, code, every=True)
    entry, shown = page["entry"], page["asked"]
    title = f"{entry.indicator.title} {page['figure'].unit}".strip()
    notes = [f"{asked.place.name} {shown.period_title} {''.join(shown.parts)}", title]
    years, courses = page["courses"]
    return workbook(
        [
            Sheet(_("Places"), notes, [_("Place"), title, *page["settings"]], (_place(r) for r in page["places"])),
            Sheet(_("Like with like"), notes, _heads(), (_group(row) for row in page["alike"])),
            Sheet(_("Over the years"), notes[:1], [_("Count"), *years], ([t, *map(_of, fs)] for t, fs in courses)),
            Sheet(_("What stands out"), notes[:1], _finding_heads(), (_finding(f) for f in page["findings"])),
            Sheet(_("What is missing"), notes[:1], [_("Matter"), _("School"), _("Smallest step")], _gaps(page["gaps"])),
        ]
    )


def _of(figure: Figure | None) -> Any:
    if figure is None or figure.value is None:
        return None
    return round(float(figure.value), figure.places + 2)


def _place(row: Any) -> list[Any]:
    return [row.name, _of(row.figure), *map(_of, row.settings)]


def _heads() -> list[str]:
    middle = [_("Lower quartile"), _("Median"), _("Upper quartile")]
    return [_("Setting"), _("Size"), _("Schools"), *middle, _("Median one level up")]


def _group(row: Any) -> list[Any]:
    return [row.setting, row.size, _of(row.count), _of(row.low), _of(row.middle), _of(row.high), _of(row.above)]


def _finding_heads() -> list[str]:
    return [
        _("School"),
        pgettext("of a place", "Code"),
        _("Indicator"),
        _("Value"),
        _("Beside"),
        _("Compared with what"),
        _("Setting"),
        _("Size"),
    ]


def _finding(found: Finding) -> list[Any]:
    beside = _("median of its peers") if found.kind == "peers" else _("the year before")
    return [found.school, found.place, found.title, _of(found.now), _of(found.other), beside, *found.group]


def _gaps(gaps: list[outstanding.Gap]) -> list[list[Any]]:
    return [[gap.what, school, gap.step] for gap in gaps for school in gap.schools]
