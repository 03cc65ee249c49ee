"""Papers and templates as pages and makers read them, within the scope."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.module_loading import import_string

from tenfold.foundation.calendar import Period, today
from tenfold.foundation.declare import PaperKind, house
from tenfold.foundation.files import queries as files
from tenfold.foundation.organisations.models import STEP, Organisation, under
from tenfold.foundation.scope import as_system, require

from .models import Paper, Template
from .rules import CHART, rules

CHINESE = "zh-hans"
"""Official papers are written in Chinese, whatever the language of the page from which they are asked for."""
SHOWN = 2
"""So many periods of each kind are offered: the running one and the one before."""


@dataclass(frozen=True)
class Offered:
    """A paper that can be made for a place and period, and the latest that was."""

    kind: PaperKind
    period: Period
    paper: Paper | None


def kinds_of(place: Organisation) -> list[PaperKind]:
    """What can be made about a place by whoever asks, in order."""
    found = [each for each in house().papers.values() if may_make(each, place)]
    return sorted(found, key=lambda each: each.order)


def may_make(kind: PaperKind, place: Organisation) -> bool:
    """Whether a kind is made about a place, and by whoever asks: a letter by those above it alone."""
    if not require().may(kind.right) or (kind.levels and place.kind not in kind.levels):
        return False
    return not kind.from_above or require().everywhere or require().reaches(place.path[:-STEP])


def lettered(place: Organisation) -> list[Organisation]:
    """The places just below to which a letter can be made."""
    kinds = [each for each in house().papers.values() if each.from_above and require().may(each.right)]
    levels = {level for each in kinds for level in each.levels}
    rows = Organisation.objects.filter(under(place.path), depth=place.depth + 1, kind__in=levels, closed_on=None)
    return list(rows.order_by("path")) if kinds else []


def issuer(kind: PaperKind, place: Organisation) -> Organisation:
    """Whose paper it is: the place's own, or that of the one above."""
    if not kind.from_above:
        return place
    return Organisation.objects.get(pk=int(place.path[-2 * STEP : -STEP]))


def offered(place: Organisation) -> list[Offered]:
    """Each kind with its running period and the one before, and what was last made of it."""
    kinds = kinds_of(place)
    latest: dict[tuple[str, str], Paper] = {}
    rows = Paper.objects.filter(about=place, kind__in=[each.code for each in kinds]).select_related("word", "pdf")
    for row in rows.order_by("pk"):
        latest[row.kind, row.period] = row
    spans = [(kind, Period.of(today(), kind.period).previous(step)) for kind in kinds for step in range(SHOWN)]
    return [Offered(kind, span, latest.get((kind.code, span.code))) for kind, span in spans]


def earlier(place: Organisation, but: Iterable[Paper], limit: int = 30) -> list[Paper]:
    """What else was made about a place, the newest first."""
    known = [each.pk for each in but]
    rows = Paper.objects.filter(about=place, kind__in=list(house().papers), fault="").exclude(pk__in=known)
    return list(rows.exclude(word=None).select_related("word", "pdf")[:limit])


def paper(pk: int) -> Paper | None:
    """A paper within the scope, of a kind that whoever asks may see."""
    found = Paper.objects.filter(pk=pk).select_related("organisation", "about", "word", "pdf", "template").first()
    kind = house().papers.get(found.kind) if found else None
    return found if kind and require().may(kind.right) else None


# --- templates ----------------------------------------------------------------------------------------


def in_use(kind: str, place: Organisation) -> Template | None:
    """The template that holds at a place: its own, or that of the nearest place above; None for the house's own.

    A template of a place above is used by those who do not reach that place.
    """
    return all_in_use(place).get(kind)


def all_in_use(place: Organisation) -> dict[str, Template]:
    """The templates that hold at a place, by kind; a kind that is told by the house's own is left out."""
    above = [place.path[: step + STEP] for step in range(0, len(place.path), STEP)]
    with as_system("papers.templates"):
        rows = Template.objects.filter(ended_at=None, organisation__path__in=above)
        found = rows.select_related("file", "organisation").order_by("organisation__depth")
        return {each.kind: each for each in found}


def versions(kind: str, place: Organisation) -> list[Template]:
    """The versions that a place has sent, the newest first."""
    return list(Template.objects.filter(kind=kind, organisation=place).select_related("file"))


def version(pk: int) -> Template | None:
    """A version within the scope."""
    return Template.objects.filter(pk=pk).select_related("file").first()


def content_of(row: Template | None, kind: PaperKind) -> bytes:
    """What a template holds; the house's own where there is none."""
    if row is None:
        return house_own(kind)
    with files.opened(row.file) as stream:
        return stream.read()


def house_own(kind: PaperKind) -> bytes:
    """The template that ships."""
    with translation.override(CHINESE):
        return bytes(import_string(kind.template)())


def sample(kind: PaperKind) -> dict[str, Any]:
    """Data for a trial print."""
    with translation.override(CHINESE):
        return dict(import_string(kind.sample)())


def names_of(kind: PaperKind) -> list[tuple[str, list[str]]]:
    """The names that a template of this kind may use: (name, the names of each of its rows)."""
    told = rules().named(sample(kind))
    return [(name, _inner(value)) for name, value in told.items()]


def _inner(value: Any) -> list[str]:
    row = value[0] if isinstance(value, list) and value else value
    return list(row) if isinstance(row, dict) and CHART not in row else []
