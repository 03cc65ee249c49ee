"""What the school's page is made of, from its card: strips, tables, charts, crumbs."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from tenfold.foundation.calendar import Period
from tenfold.foundation.organisations import queries as organisations
from tenfold.foundation.organisations.models import SCHOOLS, Organisation
from tenfold.foundation.ui.charts import BarRow, Bars

from .queries import SchoolCard, field, words_of
from .words import ONLY_OF, RETURN_FIELDS

STRIP = "pupils pupils_boarding classes teachers area_teaching area_sports equipment_value network_rooms books".split()
TEACHERS = (
    "teachers teachers_specialist teachers_bachelor teachers_postgraduate teachers_backbone teachers_pe teachers_music "
    "teachers_art teachers_arts teachers_english teachers_science teachers_psych teachers_certified teachers_360h "
    "teachers_eligible teachers_moved"
).split()
PREMISES = (
    "area_teaching area_indoor_sports area_sports equipment_value network_rooms music_rooms music_area art_rooms "
    "art_area books computers funds_budget funds_spent training_spent"
).split()


def title() -> str:
    """The page's name."""
    return _("School holdings")


def crumbs(place: Organisation) -> list[tuple[str, str]]:
    """Breadcrumbs by place, at most the last five; schools lead to their page, places to their schools."""
    return _links(organisations.trail(place))


def _links(trail: list[organisations.Card]) -> list[tuple[str, str]]:
    return [
        (
            c.name,
            f"/schools/{c.code}/" if c.kind in SCHOOLS else f"/schools/?place={c.code}",
        )
        for c in trail[-5:]
    ]


def school_page(card: SchoolCard) -> dict[str, Any]:
    """The template's words for a school's year."""
    around = _around(card.school)
    if not card.held:
        return {
            "card": card,
            "kind": words_of("school_type", card.school.school_type),
            **around,
        }
    parts = [
        words_of("school_type", card.school.school_type),
        words_of("locale", card.school.locale),
    ]
    return {
        "card": card,
        "kind": parts[0],
        "setting": parts[1],
        "unknown": len(_unknown(card)),
        "strip": [(str(field(code).title), card.totals[code]) for code in STRIP],
        "teachers": _table(card, TEACHERS),
        "premises": [(str(field(code).title), card.totals[code]) for code in PREMISES],
        "grades": _grades(card),
        "years": [(Period.parse(p).title, f"?period={p}", p == card.period) for p in card.periods],
        **around,
    }


def _unknown(card: SchoolCard) -> list[str]:
    """What the return does not tell, of what a school of these stages is asked for."""
    taught = {column.stage for column in card.stages}
    asked = [f.code for f in RETURN_FIELDS if taught.intersection(ONLY_OF.get(f.code, taught))]
    return [code for code in asked if code in card.totals and card.totals[code].value is None]


def _table(card: SchoolCard, codes: list[str]) -> list[tuple[str, list[Any], Any]]:
    """Rows of title, one figure a stage, the total; rows of which nothing is known recede."""
    rows = [(str(field(c).title), [s.figures[c] for s in card.stages], card.totals[c]) for c in codes]
    return sorted(rows, key=lambda row: row[2].value is None)


def _grades(card: SchoolCard) -> Bars | None:
    rows = [
        BarRow(_("Grade %(number)d") % {"number": grade}, pupils)
        for stage in card.stages
        for grade, pupils in stage.grades
        if stage.stage in ("primary", "junior", "senior")
    ]
    return Bars(_("Pupils by grade"), tuple(rows), _("persons"), height=110) if rows else None


def _around(school: Organisation) -> dict[str, Any]:
    """Breadcrumbs, and cards of the two parents: what may be seen upwards. One query."""
    trail, county = organisations.around(school)
    return {"authority": trail[-2] if len(trail) > 1 else None, "county": county, "crumbs": _links(trail)}
