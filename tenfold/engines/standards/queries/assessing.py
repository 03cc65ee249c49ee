"""A place held against a standard: read from the returns, counted exactly, kept until something changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from tenfold.engines.indicators import queries as values
from tenfold.foundation.calendar import Period
from tenfold.foundation.holdings import standards as files
from tenfold.foundation.holdings.facts.compulsory import conditions_of, school_of
from tenfold.foundation.holdings.facts.reading import COMPULSORY, returns
from tenfold.foundation.organisations.models import SCHOOLS, Kind, Organisation, Placement, PlacementKind, under
from tenfold.foundation.scope import as_system, require
from tenfold.pure.balance import Assessment, Demand, Row, Standard, StandardFault, assess


class UnknownStandard(LookupError):
    """No standard has that name, or it has no such item."""


class NotCounted(LookupError):
    """A place that holds no schools: an office, a partner."""


@dataclass(frozen=True)
class SchoolCard:
    """A school in a row: code, name, town, and its path."""

    code: str
    name: str
    township: str
    path: str


@dataclass(frozen=True)
class Held:
    """A place against a standard. ``schools`` by the codes of the assessment's rows, those in scope alone.

    ``silent``: how many open compulsory schools that it counts have sent no return for the period; ``lacking``: the
    names of those in scope.
    """

    place: Organisation
    period: str
    standard: Standard
    assessment: Assessment
    schools: dict[str, SchoolCard]
    lacking: tuple[str, ...]
    silent: int

    def rows(self, stage: str) -> list[tuple[Row, SchoolCard]]:
        """The parts of a stage that she may see, with their schools."""
        found = self.assessment.stages.get(stage)
        return [(row, self.schools[row.code]) for row in found.rows if row.code in self.schools] if found else []

    def beyond(self, stage: str) -> int:
        """How many parts are counted that lie out of her scope."""
        found = self.assessment.stages.get(stage)
        return len(found.rows) - len(self.rows(stage)) if found else 0


def standards() -> list[Standard]:
    """All standards, those with a rule for one school first; raises StandardFault at a file with a fault."""
    return sorted((files.standard(name) for name in files.names()), key=lambda s: (not s.judges, s.code))


def readable() -> list[Standard]:
    """The same without those whose file has a fault, so that one broken file stops no other's pages."""
    found = []
    for name in files.names():
        with suppress(StandardFault):
            found.append(files.standard(name))
    return sorted(found, key=lambda s: (not s.judges, s.code))


def choose_standard(name: str) -> Standard:
    """A standard by name; raises :class:`UnknownStandard`."""
    try:
        return files.standard(name)
    except KeyError as fault:
        raise UnknownStandard(_("There is no standard %(name)s.") % {"name": name}) from fault


def choose_item(standard: Standard, code: str) -> Demand:
    """An item of a standard by code; raises :class:`UnknownStandard`."""
    try:
        return standard.demand(code)
    except KeyError as fault:
        raise UnknownStandard(_("The standard has no item %(name)s.") % {"name": code}) from fault


@dataclass(frozen=True)
class _Counted:
    assessment: Assessment
    schools: dict[str, SchoolCard]
    silent: tuple[SchoolCard, ...]


_kept: OrderedDict[Any, _Counted] = OrderedDict()
MOST_KEPT = 48


def assessed(place: str | Organisation, period: str, name: str = files.STANDARD) -> Held:
    """A place against a standard. Raises OutOfScope, UnknownPeriod, UnknownStandard, NotCounted.

    The whole place is counted, whoever asks; schools beyond her scope are in no row that she is given.
    """
    standard, where = choose_standard(name), values.place_of(place)
    if where.kind in (Kind.OFFICE, Kind.UNIVERSITY, Kind.ENTERPRISE, Kind.PARTNER):
        raise NotCounted(_("%(name)s holds no schools.") % {"name": where.name})
    return _held([(where, values.members(where, period))], period, standard)[0]


def counties(place: Organisation, period: str, name: str = files.STANDARD) -> list[Held]:
    """The counties of a city or province against a standard, in the order of the tree, within the scope.

    Those too of which no return is held.
    """
    members: dict[int, list[values.Member]] = {}
    for member in values.members(place, period):
        if member.county is not None:
            members.setdefault(member.county, []).append(member)
    below = Q(pk__in=members) | (under(place.path) & Q(kind=Kind.COUNTY, closed_on=None))
    found = Organisation.objects.filter(below).order_by("path")
    return _held([(county, members.get(county.pk, [])) for county in found], period, choose_standard(name))


Places = Sequence[tuple[Organisation, Sequence[values.Member]]]


def _held(places: Places, period: str, standard: Standard) -> list[Held]:
    counted, context = _counted(places, period, standard), require()
    return [
        Held(
            place,
            period,
            standard,
            counted[place.pk].assessment,
            {code: card for code, card in counted[place.pk].schools.items() if context.reaches(card.path)},
            tuple(card.name for card in counted[place.pk].silent if context.reaches(card.path)),
            len(counted[place.pk].silent),
        )
        for place, _members in places
    ]


def _counted(places: Places, period: str, standard: Standard) -> dict[int, _Counted]:
    """Counted anew for one school and while figures are brought up to date; else kept under the stamp of the store."""
    if _own(places) or values.updating([period]):
        return _count(places, period, standard)
    root = (values.stamp(), period, id(standard))
    if missing := [pair for pair in places if (*root, pair[0].pk) not in _kept]:
        for pk, counted in _count(missing, period, standard).items():
            _kept[(*root, pk)] = counted
    found = {place.pk: _kept[(*root, place.pk)] for place, _members in places}
    while len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)
    return found


def _count(places: Places, period: str, standard: Standard) -> dict[int, _Counted]:
    members = [member for _place, below in places for member in below]
    with as_system("standards.assessed"):
        read = {one.school: one for one in returns(period, [member.school for member in members])}
        compulsory = {pk for pk, one in read.items() if any(stage in COMPULSORY for stage in one.taught)}
        named = _Named(own, {}) if (own := _own(places)) else _named(places, period, compulsory)
    found = {}
    for place, below in places:
        here = [read[member.school] for member in below if member.school in compulsory]
        pairs = [(school_of(one), conditions_of(one)) for one in here]
        kept = {str(one.school): named.cards[one.school] for one in here}
        found[place.pk] = _Counted(assess(pairs, standard), kept, named.silent.get(place.pk, ()))
    return found


TYPES = ("211", "218", "311", "312", "341", "345")
"""办学类型 that teach a compulsory stage."""


@dataclass(frozen=True)
class _Named:
    """What one query tells of the places that a page names: cards of schools, and who sent nothing, by place."""

    cards: dict[int, SchoolCard]
    silent: dict[int, tuple[SchoolCard, ...]]


def _named(places: Places, period: str, compulsory: Collection[int]) -> _Named:
    """Cards of the schools, and the compulsory schools that stood on the period's day and have no return."""
    day = Period.parse(period).census_day
    towns = {member.school: member.township for _place, members in places for member in members}
    silent = _standing(places, day)
    wanted = {*compulsory, *(towns[pk] for pk in compulsory if towns[pk])}
    rows = Organisation.plain.filter(Q(pk__in=wanted) | silent).annotate(county=_county_on(day)).order_by("path")
    found = list(rows.values_list("pk", "code", "name", "path", "county"))
    names = {pk: name for pk, _code, name, _path, _county in found}
    cards = {
        pk: SchoolCard(code, name, names.get(towns.get(pk) or 0, ""), path) for pk, code, name, path, _county in found
    }
    said_nothing = [(cards[pk], county) for pk, *_other, county in found if pk not in towns and pk not in wanted]
    return _Named(
        {pk: card for pk, card in cards.items() if pk in compulsory},
        {
            place.pk: tuple(card for card, county in said_nothing if _counts(place, card.path, county))
            for place, _members in places
        },
    )


def _standing(places: Places, day: date) -> Q:
    """The compulsory schools that stood on a day below one of the places, or in it."""
    below = Q(pk__in=_located(day).filter(parent__in=[place.pk for place, _members in places]).values("organisation"))
    for place, _members in places:
        below |= under(place.path)
    stood = Q(opened_on=None) | Q(opened_on__lte=day)
    open_still = Q(closed_on=None) | Q(closed_on__gt=day)
    return below & stood & open_still & Q(kind__in=SCHOOLS, school_type__in=TYPES)


def _located(day: date) -> QuerySet[Placement]:
    """In which county each school stood on a day (所在县域)."""
    then = Placement.objects.filter(kind=PlacementKind.LOCATION, since__lte=day)
    return then.filter(Q(until=None) | Q(until__gt=day))


def _county_on(day: date) -> Subquery:
    return Subquery(_located(day).filter(organisation=OuterRef("pk")).values("parent")[:1])


def _counts(place: Organisation, path: str, county: int | None) -> bool:
    """Whether a place counts a school: a county those that stand in it, whoever runs them; others what is below."""
    if place.kind == Kind.COUNTY and county is not None:
        return county == place.pk
    return path.startswith(place.path)


def _own(places: Places) -> dict[int, SchoolCard]:
    """The card of the one school that is asked for, which spares the queries; nothing for other places."""
    if len(places) != 1 or places[0][0].kind not in SCHOOLS:
        return {}
    place = places[0][0]
    return {place.pk: SchoolCard(place.code, place.name, "", place.path)}
