"""What the engine adds to every row of a fact: the places that count a school, and its groups."""

from __future__ import annotations

from typing import Any

from tenfold.foundation.calendar import Period
from tenfold.foundation.holdings.models import SchoolYear
from tenfold.foundation.holdings.words import locale_group
from tenfold.foundation.organisations.models import SCHOOLS, Organisation
from tenfold.foundation.organisations.queries import Ancestry, ancestry_on

NOWHERE = Ancestry(None, None, None, None)
Attributes = dict[str, Any]


def attributes(period: str) -> dict[int, Attributes]:
    """By school: township, county, city, province on the day that the period tells of, locale, sector, type.

    What the year's return says of a school goes before what the tree says today. System contexts only.
    """
    places = ancestry_on(Period.parse(period).census_day)
    found: dict[int, Attributes] = {}
    rows = Organisation.plain.filter(kind__in=SCHOOLS).values_list("pk", "locale", "sector", "school_type")
    for school, locale, sector, kind in rows:
        found[school] = _of(places.get(school, NOWHERE), locale, sector, kind)
    years = SchoolYear.objects.filter(period=period)
    for school, locale, sector, kind in years.values_list("organisation_id", "locale", "sector", "school_type"):
        own = found[school]
        own["locale"] = locale_group(locale) or own["locale"]
        own["sector"] = sector or own["sector"]
        own["school_type"] = kind or own["school_type"]
    return found


def _of(places: Ancestry, locale: str, sector: str, kind: str) -> Attributes:
    return {
        "township": places.township,
        "county": places.county,
        "city": places.city,
        "province": places.province,
        "locale": locale_group(locale),
        "sector": sector,
        "school_type": kind,
    }
