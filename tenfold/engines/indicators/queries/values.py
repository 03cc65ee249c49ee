"""Values: of a place, of the places below it, of its schools, over the years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tenfold.foundation.declare import Indicator, Ratio, Spread
from tenfold.foundation.organisations.models import SCHOOLS, Organisation

from ..engine.definitions import ALL_LEVELS, LEVELS, Definition
from ..engine.splits import Split, UnknownSplit, choices, fitting
from ..engine.values import Parts, Reader, School, value_of
from .lock import definition_of, level_of, opened, period_in, place_of

if TYPE_CHECKING:
    from fractions import Fraction

    from tenfold.foundation.ui.figures import Figure

    from .telling import Threshold

WAN = 10_000


@dataclass(frozen=True)
class Value:
    """One value of one place in one period.

    ``state``: known; unknown (no school has told it); none (no school here should have it);
    not_applicable (this level has no such value); suppressed (too few persons). ``counted`` schools it
    rests on, ``missing`` should have it and have not told it. ``numerator`` and ``denominator`` are the
    sums above and below the line where the shape has them.
    """

    indicator: Indicator
    place: str
    place_name: str
    period: str
    split: str
    value: float | None
    numerator: float | None = None
    denominator: float | None = None
    counted: int = 0
    missing: int = 0
    state: str = "known"
    place_id: int = 0
    level: str = ""

    @property
    def code(self) -> str:
        """The indicator's code."""
        return self.indicator.code

    @property
    def due(self) -> int:
        """How many schools should have it."""
        return self.counted + self.missing

    def against(self, threshold: Threshold | None) -> Figure:
        """The figure, marked where it misses what a standard asks."""
        return self.figure(threshold.state(self.value), threshold.limits) if threshold else self.figure()

    def figure(self, mark: str = "", limits: Sequence[float | Fraction] = ()) -> Figure:
        """As a page shows it; ``mark`` is a state whose sign stands beside it, ``limits`` what it misses. Money in
        10,000 yuan.
        """
        from tenfold.foundation.ui.figures import NOT_APPLICABLE, Figure

        wan = self.indicator.in_wan
        shown = self.value
        if wan and shown is not None:
            shown = float(Decimal(str(shown)) / WAN)
        return Figure(
            value=shown,
            unit=_("10,000 yuan") if wan else str(self.indicator.unit),
            decimals=1 if wan else self.indicator.decimals,
            indicator=self.code if self.place else "",
            place=self.place,
            period=self.period,
            split=self.split,
            state=NOT_APPLICABLE if self.state in ("none", "not_applicable") else mark,
            suppressed=self.state == "suppressed",
            coverage=self.coverage,
            limits=() if wan else tuple(limits),
            word=_("Over the limit") if isinstance(self.indicator.value, Spread) and mark else "",
        )

    @property
    def coverage(self) -> str:
        """On how many schools it rests, where some are missing: 46/52所."""
        if not self.missing or self.level == "school":
            return ""
        return _("%(counted)s/%(due)s schools") % {"counted": self.counted, "due": self.due}


def periods() -> list[str]:
    """The periods of which values are stored, the oldest first."""
    return sorted(opened()[1].values)


def latest_period() -> str:
    """The newest period, '' where nothing is held yet."""
    return (periods() or [""])[-1]


def value(code: str, place: str | Organisation, period: str, split: str = "") -> Value:
    """One value. Raises OutOfScope, UnknownIndicator, UnknownPeriod, UnknownSplit.

    An indicator that has a meaning only by stage is told for primary schools where no stage is asked for;
    ``Value.split`` says so.
    """
    definition = definition_of(code)
    where = place_of(place)
    store, contents = opened()
    reader = Reader(store, contents, period_in(contents, period))
    return _told(reader, [definition], where, {code: fitting(definition, Split.parse(split))})[code]


def values_of(codes: Sequence[str], place: str | Organisation, period: str, split: str = "") -> dict[str, Value]:
    """The values of many indicators of one place, by code. An indicator that is not divided as asked is
    told undivided; one that has a meaning only by stage, for primary schools where no stage is asked for.
    """
    definitions = [definition_of(code) for code in codes]
    where = place_of(place)
    store, contents = opened()
    reader = Reader(store, contents, period_in(contents, period))
    wanted = Split.parse(split)
    return _told(reader, definitions, where, {d.code: nearest(d, wanted) for d in definitions})


def nearest(definition: Definition, split: Split) -> Split:
    """The split that comes nearest to what is asked: undivided where the indicator is not divided so."""
    try:
        return fitting(definition, split)
    except UnknownSplit:
        return fitting(definition, Split())


def _told(
    reader: Reader, definitions: Sequence[Definition], place: Organisation, splits: dict[str, Split]
) -> dict[str, Value]:
    level = level_of(place)
    found: dict[str, Value] = {}
    for split in dict.fromkeys(splits.values()):
        chosen = [d for d in definitions if splits[d.code] == split]
        parts = parts_of(reader, chosen, level, place.pk, split)
        for d in chosen:
            found[d.code] = made(reader, d, place.code, place.name, place.pk, level, split, parts[d.code])
    return {d.code: found[d.code] for d in definitions}


def parts_of(
    reader: Reader, definitions: Sequence[Definition], level: str, place: int, split: Split
) -> dict[str, Parts]:
    """The components of several indicators at one place."""
    if level == "school":
        rows = reader.schools(definitions, "school", place, split)
        return {d.code: rows[0].parts[d.code] if rows else Parts() for d in definitions}
    if not level:
        return {d.code: Parts() for d in definitions}
    read = reader.places(definitions, level, [place], split)
    return {d.code: read[d.code].get(place, Parts()) for d in definitions}


def has_level(definition: Definition, level: str) -> bool:
    """Whether an indicator has a value at a level of the tree."""
    if level not in ALL_LEVELS:
        return False
    lowest, highest = definition.indicator.lowest or "school", definition.indicator.highest or "province"
    return ALL_LEVELS.index(lowest) <= ALL_LEVELS.index(level) <= ALL_LEVELS.index(highest)


def made(
    reader: Reader,
    definition: Definition,
    code: str,
    name: str,
    pk: int,
    level: str,
    split: Split,
    parts: Parts,
) -> Value:
    """The value that follows from components, with its state."""
    shape = definition.indicator.value
    number = value_of(shape, parts)
    state = "known"
    if not has_level(definition, level):
        number, state = None, "not_applicable"
    elif definition.guarded and (level, pk, split.stage, split.locale, split.sector) in reader.hidden(definition.code):
        number, parts, state = None, Parts(), "suppressed"
    elif not parts.due:
        state = "none"
    elif not parts.counted:
        state = "unknown"
    elif number is None:
        state = "none"
    sums = isinstance(shape, (Ratio, Spread))
    known = number is not None
    return Value(
        indicator=definition.indicator,
        place=code,
        place_name=name,
        period=reader.period,
        split=split.code,
        value=number,
        numerator=parts.n if known and not definition.ranked else None,
        denominator=(parts.d if sums else None) if known else None,
        counted=parts.counted,
        missing=max(0, parts.due - parts.counted),
        state=state,
        place_id=pk,
        level=level,
    )


def by_split(code: str, place: str | Organisation, period: str, name: str, split: str = "") -> list[Value]:
    """The values of a place's parts by ``name`` (stage, locale, sector), within another split where it is
    counted so; only parts in which some school should have the indicator.
    """
    definition = definition_of(code)
    where = place_of(place)
    store, contents = opened()
    reader = Reader(store, contents, period_in(contents, period))
    base, found = Split.parse(split), []
    for choice, _title in choices(name):
        try:
            told = fitting(definition, Split.parse(replace(base, **{name: choice}).code))
        except UnknownSplit:
            continue
        one = _told(reader, [definition], where, {code: told})[code]
        if one.due or one.state == "suppressed":
            found.append(one)
    return found


def courses(code: str, values: Sequence[Value], split: str = "") -> dict[int, list[float | None]]:
    """The values of places over all periods held, by the id of the place; of values that the asker was told."""
    definition = definition_of(code)
    store, contents = opened()
    told = fitting(definition, Split.parse(split))
    levels = {v.level for v in values if v.place}
    found: dict[int, list[float | None]] = {v.place_id: [] for v in values if v.place}
    for period in sorted(contents.values):
        reader = Reader(store, contents, period)
        for level in levels:
            here = [v for v in values if v.place and v.level == level]
            parts = reader.places([definition], level, [v.place_id for v in here], told)[code]
            for v in here:
                one = made(reader, definition, v.place, "", v.place_id, level, told, parts.get(v.place_id, Parts()))
                found[v.place_id].append(one.value)
    return found


def parted(code: str, values: Sequence[Value], period: str, split: str) -> dict[str, Value]:
    """The values of a part of places, by their codes; of values that the asker was told, at one level."""
    definition = definition_of(code)
    store, contents = opened()
    reader = Reader(store, contents, period_in(contents, period))
    told = fitting(definition, Split.parse(split))
    here = [v for v in values if v.place]
    found: dict[str, Value] = {}
    for level in {v.level for v in here}:
        parts = reader.places([definition], level, [v.place_id for v in here if v.level == level], told)[code]
        for v in (one for one in here if one.level == level):
            own = parts.get(v.place_id, Parts())
            found[v.place] = made(reader, definition, v.place, v.place_name, v.place_id, level, told, own)
    return found


def children(code: str, place: str | Organisation, period: str, split: str = "") -> list[Value]:
    """The values of the places just below a place, in the order of the tree, within the scope.

    Schools that stand under none of them are summed in a last row without a code. A place that holds
    no places but schools gives none: :func:`units` has them.
    """
    definition = definition_of(code)
    where = place_of(place)
    store, contents = opened()
    reader = Reader(store, contents, period_in(contents, period))
    told = fitting(definition, Split.parse(split))
    level = level_of(where)
    if level in ("", "school"):
        return []
    rows = reader.schools([definition], level, where.pk, told)
    below = _level_below(level, rows)
    if not below:
        return []
    return _children(reader, definition, told, below, rows)


def _level_below(level: str, rows: Sequence[School]) -> str:
    """The highest level below under which any of the schools stands."""
    lower = [name for name in reversed(LEVELS) if ALL_LEVELS.index(name) < ALL_LEVELS.index(level)]
    return next((name for name in lower if any(row.places[name] is not None for row in rows)), "")


def _children(reader: Reader, definition: Definition, split: Split, below: str, rows: Sequence[School]) -> list[Value]:
    ids = list(dict.fromkeys(row.places[below] for row in rows))
    known = Organisation.objects.filter(pk__in=[pk for pk in ids if pk is not None]).order_by("path")
    parts = reader.places([definition], below, [pk for pk in ids if pk is not None], split)[definition.code]
    found = [made(reader, definition, o.code, o.name, o.pk, below, split, parts.get(o.pk, Parts())) for o in known]
    shown = {o.pk for o in known}
    rest = [row for row in rows if row.places[below] not in shown]
    if rest and not definition.ranked and not definition.guarded:
        total = sum((row.parts[definition.code] for row in rest), Parts())
        name = _("Schools under none of these")
        found.append(made(reader, definition, "", name, 0, below, split, total))
    return found


@dataclass(frozen=True)
class Units:
    """The schools of a place with their values. ``beyond``: how many more it counts that are out of scope.

    ``weights``: what stands below the line (pupils), ``under``: the place just below that counts a school,
    None where it stands under none; both by the school's id.
    """

    values: tuple[Value, ...]
    beyond: int
    weights: dict[int, float]
    under: dict[int, int | None]


def units(code: str, place: str | Organisation, period: str, split: str = "") -> Units:
    """The schools that a place counts, with their values and weights, within the scope.

    Only those that should have the indicator. The weight is what stands below the line (pupils).
    """
    definition = definition_of(code)
    where = place_of(place)
    store, contents = opened()
    reader = Reader(store, contents, period_in(contents, period))
    told = fitting(definition, Split.parse(split))
    level = level_of(where)
    rows = [r for r in reader.schools([definition], level, where.pk, told) if r.parts[code].due] if level else []
    known = reached(where, [row.id for row in rows])
    values = [
        made(reader, definition, known[r.id][0], known[r.id][1], r.id, "school", told, r.parts[code])
        for r in rows
        if r.id in known
    ]
    weights = {r.id: r.parts[code].d or 0.0 for r in rows}
    below = _level_below(level, rows) if level not in ("", "school") else ""
    under = {r.id: r.places[below] if below else None for r in rows}
    return Units(tuple(values), len(rows) - len(values), weights, under)


@dataclass(frozen=True)
class Member:
    """A school of which something is held, with the places that count it, by id."""

    school: int
    county: int | None
    township: int | None


def members(place: str | Organisation, period: str) -> list[Member]:
    """All schools that a place counts in a period, those beyond the scope too: for sums, never for rows shown."""
    where = place_of(place)
    store, contents = opened()
    reader = Reader(store, contents, period_in(contents, period))
    level = level_of(where)
    return [Member(*found) for found in reader.members(level, where.pk)] if level else []


def reached(place: Organisation, ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Code and name of those of some schools that lie within the scope, by id. One query, and one more
    where some are counted in a place that does not administer them.
    """
    from tenfold.foundation.organisations.models import under

    wanted = set(ids)
    rows = Organisation.objects.filter(under(place.path), kind__in=SCHOOLS).values_list("pk", "code", "name")
    found = {pk: (code, name) for pk, code, name in rows if pk in wanted}
    rest = sorted(wanted - set(found))
    for start in range(0, len(rest), 900):
        others = Organisation.objects.filter(pk__in=rest[start : start + 900]).values_list("pk", "code", "name")
        found.update({pk: (code, name) for pk, code, name in others})
    return found


def history(code: str, place: str | Organisation, split: str = "") -> list[Value]:
    """The values of all periods of which something is held, the oldest first."""
    definition = definition_of(code)
    where = place_of(place)
    store, contents = opened()
    told = fitting(definition, Split.parse(split))
    found = []
    for period in sorted(contents.values):
        found.append(_told(Reader(store, contents, period), [definition], where, {code: told})[code])
    return found
