"""全市概况, 县域概况: a place on one page by an indicator that the reader chooses; its tables as one Excel file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tenfold.foundation.declare import Mean, Ratio, Share, house
from tenfold.foundation.holdings.statistics import statistics
from tenfold.foundation.holdings.words import STAGES
from tenfold.foundation.organisations.models import STEP, Kind, Organisation
from tenfold.foundation.scope import require
from tenfold.foundation.ui.charts import Distribution, MiddleHalf, Unit
from tenfold.foundation.ui.figures import Figure
from tenfold.pure.peers import quartiles

from .. import queries
from ..queries import Entry, Standings, Threshold, Value
from . import mapped, outstanding
from .asked import Asked, period_title, trail
from .detail import trend_of
from .outstanding import figure_of, value_split


@dataclass(frozen=True)
class GroupRow:
    """Schools of one setting and size: how many, their quartiles, the median of the same group one level up."""

    setting: str
    size: str
    count: Figure
    low: Figure
    middle: Figure
    high: Figure
    above: Figure | None
    half: MiddleHalf


@dataclass(frozen=True)
class PlaceRow:
    """A place below: its value, and its schools' by setting, so that like stands beside like."""

    name: str
    href: str
    figure: Figure
    settings: tuple[Figure, ...]
    course: tuple[float | None, ...]


def title_of(place: Organisation) -> str:
    """What the page of a place is called."""
    return {Kind.CITY: _("The city as a whole"), Kind.COUNTY: _("The county as a whole")}.get(
        Kind(place.kind), _("The place as a whole")
    )


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """The indicators that a place may be seen by, grouped by package: rates, shares and means."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for code, one in house().indicators.items():
        if one.better in ("higher", "lower") and isinstance(one.value, (Ratio, Share, Mean)):
            package = house().manifests[house().owner[f"indicators:{code}"]]
            groups.setdefault(str(package.title), []).append((code, str(one.title)))
    return list(groups.items())


def chosen(code: str) -> str:
    """The indicator asked for, else the first of which a standard asks something."""
    offered = [one for _group, ones in choices() for one, _title in ones]
    if code in offered:
        return code
    if code:
        raise queries.UnknownIndicator(code)
    asked = [one for one in offered if house().indicators[one].standard]
    return (asked or offered or [""])[0]


def overview_page(
    asked: Asked, code: str, by_school: bool = False, may_import: bool = False, *, every: bool = False
) -> dict[str, Any]:
    """The template's words; ``every`` value that stands out, not the farthest alone."""
    words: dict[str, Any] = {
        "place": asked.place,
        "title": title_of(asked.place),
        "crumbs": [*trail(asked.place, "/overview/"), (title_of(asked.place), "")],
        "updating": queries.updating(),
        "may_import": may_import,
        "asked": asked,
        "held": bool(asked.period),
    }
    if not asked.period:
        return words
    code = chosen(code)
    if not asked.split:
        asked = asked.at(split=f"stage={_first_stage(asked)}")
    return words | _held(asked, code, by_school, may_import, None if every else outstanding.SHOWN)


def _first_stage(asked: Asked) -> str:
    return next((stage for stage, _title in _stages(asked)), "primary")


def _stages(asked: Asked) -> list[tuple[str, str]]:
    """The stages that schools here teach, 小学 and 初中 first."""
    taught = {v.split for v in queries.by_split(queries.PUPILS, asked.place, asked.period, "stage")}
    order = sorted(STAGES, key=lambda s: (s[0] not in ("primary", "junior"), s[0] == "junior"))
    return [(code, str(title)) for code, title in order if f"stage={code}" in taught]


def _held(asked: Asked, code: str, by_school: bool, may_import: bool, most: int | None) -> dict[str, Any]:
    stage = asked.split.removeprefix("stage=")
    entry, split = queries.entry(code), value_split(code, asked.split)
    threshold = queries.threshold(entry.indicator, stage)
    codes = list(dict.fromkeys([code, *outstanding.core(stage)]))
    now = queries.standings(codes, asked.place, asked.period, stage)
    earlier = [p for p in queries.periods() if p < asked.period]
    before = queries.standings(codes, asked.place, earlier[-1], stage, now.names) if earlier else None
    below = queries.children(code, asked.place, asked.period, split)
    value = queries.value(code, asked.place, asked.period, split)
    above = _above(asked.place)
    found = outstanding.findings(now, before, asked, codes, earlier[-1] if earlier else "")
    told = queries.values_of(codes, asked.place, asked.period, asked.split)
    drawn = _map(entry, asked, below, now, threshold, by_school)
    return {
        "asked": asked,
        "code": code,
        "entry": entry,
        "indicator": entry.indicator,
        "groups": choices(),
        "value": value,
        "figure": value.against(threshold),
        "counts": _counts(asked),
        "small_document": statistics().small_document,
        "years": [(period_title(p), _query(asked, code, period=p), p == asked.period) for p in queries.periods()[-4:]],
        "stages": [
            (t, _query(asked, code, split=f"stage={s}"), f"stage={s}" == asked.split) for s, t in _stages(asked)
        ],
        "views": _views(asked, code, below, by_school),
        "map": drawn,
        "distribution": _distribution(entry, now, value, threshold),
        "trend": trend_of(entry, asked.at(split=split), value, below, threshold),
        "courses": _courses(asked),
        "places": _places(entry, asked, below, split),
        "settings": [title for _code, title in _settings()],
        "alike": _alike(entry, asked, now, stage, threshold, above),
        "above": above,
        "findings": found[:most],
        "found": Figure(len(found), _("values"), 0, link="#outstanding"),
        "year_before": period_title(earlier[-1]) if earlier else "",
        "gaps": outstanding.gaps(asked, now, told, may_import),
    }


def _query(asked: Asked, code: str, **other: Any) -> str:
    return f"{asked.at(**other).query}&indicator={code}"


def _views(asked: Asked, code: str, below: Sequence[Value], by_school: bool) -> list[tuple[str, str, bool]]:
    """By county or by school, where both can be drawn."""
    if len([v for v in below if v.level == "county"]) < 2:
        return []
    plain = _query(asked, code)
    return [(_("By county"), plain, not by_school), (_("By school"), f"{plain}&map=schools", by_school)]


def _map(
    entry: Entry,
    asked: Asked,
    below: Sequence[Value],
    now: Standings,
    threshold: Threshold | None,
    by_school: bool,
) -> Any:
    areas = [v for v in below if v.level == "county"]
    if areas and not by_school:
        return mapped.map_of_places(entry, asked, areas)
    here, title = [v.place_id for v in below], str(entry.indicator.title)
    return mapped.map_of_schools(entry.indicator.code, title, asked.place, now, here, threshold)


def _counts(asked: Asked) -> dict[str, Figure]:
    told = outstanding.totals(asked, outstanding.COUNTS)
    return {code.partition(".")[2]: value.figure() for code, value in told.items()}


def _distribution(entry: Entry, now: Standings, value: Value, threshold: Threshold | None) -> Distribution | None:
    code, indicator = entry.indicator.code, entry.indicator
    known = [row for row in now.rows if row.values.get(code) is not None]
    if len(known) < 2 or isinstance(indicator.value, Share):
        return None
    scale = 10_000 if indicator.in_wan else 1
    units = tuple(
        Unit(
            now.names[row.id][1],
            (row.values[code] or 0) / scale,
            size=row.pupils or 0,
            href=f"/schools/{now.names[row.id][0]}/",
            state=(threshold.state(row.values[code]) or "on_track") if threshold else "",
        )
        for row in known
    )
    shown = value.figure()
    return Distribution(
        str(indicator.title),
        units,
        unit=shown.unit,
        decimals=shown.places,
        threshold=threshold.value if threshold else None,
        reference=(value.place_name, float(shown.value)) if shown.value is not None else None,
        better=indicator.better,
    )


def _courses(asked: Asked) -> tuple[list[str], list[tuple[str, list[Figure]]]]:
    """The plain counts over the years held, at most six: (years, rows of title and figures)."""
    held = [p for p in queries.periods() if p <= asked.period][-6:]
    codes = [code for code in outstanding.COUNTS if code in house().indicators]
    told = {p: queries.values_of(codes, asked.place, p) for p in held}
    rows = [(str(house().indicators[c].title), [told[p][c].figure() for p in held]) for c in codes]
    stages = _stages(asked)
    by_stage = {
        s: [queries.value(queries.PUPILS, asked.place, p, f"stage={s}").figure() for p in held] for s, _t in stages
    }
    rows += [(_("of which %(stage)s pupils") % {"stage": title}, by_stage[s]) for s, title in stages]
    return [period_title(p) for p in held], rows


def _settings() -> list[tuple[str, str]]:
    from ..engine.splits import choices as split_choices

    return split_choices("locale")


def _places(entry: Entry, asked: Asked, below: Sequence[Value], split: str) -> list[PlaceRow]:
    named = [v for v in below if v.place]
    if not named:
        return []
    code = entry.indicator.code
    courses = queries.courses(code, named, split)
    sides = []
    for setting, _title in _settings():
        wanted = f"{split},locale={setting}".strip(",")
        fits = set(entry.splits) & {"locale", "stage,locale"}
        sides.append(queries.parted(code, named, asked.period, wanted) if fits else {})
    return [
        PlaceRow(
            value.place_name,
            f"/overview/{_query(asked, code, place=_Code(value.place))}",
            value.figure(),
            tuple(
                side[value.place].figure() if value.place in side else Figure(None, state="not_applicable")
                for side in sides
            ),
            tuple(courses.get(value.place_id, ())),
        )
        for value in named
    ]


@dataclass(frozen=True)
class _Code:
    """A place of which only the code is asked, in an address."""

    code: str


def _above(place: Organisation) -> Organisation | None:
    """The place one level up, where it lies within the scope."""
    path = place.path[:-STEP]
    if not path or not require().reaches(path):
        return None
    return Organisation.objects.filter(pk=int(path[-STEP:])).first()


def _alike(
    entry: Entry, asked: Asked, now: Standings, stage: str, threshold: Threshold | None, above: Organisation | None
) -> list[GroupRow]:
    """Schools by setting and size: like with like, and no ranking."""
    code = entry.indicator.code
    if isinstance(entry.indicator.value, Share):
        return []
    wider = queries.standings([code], above, asked.period, stage, {}).by_group(code) if above else {}
    told = {group: quartiles(list(values.values())) for group, values in now.by_group(code).items()}
    held = {group: found for group, found in told.items() if found and found.count >= statistics().group}
    halves = MiddleHalf.row([(q.low, q.middle, q.high) for q in held.values()], threshold.value if threshold else None)
    link, rows = f"/indicators/{code}/{asked.query}", []
    for (group, found), half in zip(held.items(), halves, strict=True):
        setting, size = queries.group_words(group)
        peers = quartiles(list(wider[group].values())) if group in wider else None
        rows.append(
            GroupRow(
                setting,
                size,
                Figure(found.count, link=link),
                _linked(code, found.low, asked.period, link),
                _linked(code, found.middle, asked.period, link),
                _linked(code, found.high, asked.period, link),
                _linked(code, peers.middle, asked.period, link) if peers else None,
                half,
            )
        )
    return rows


def _linked(code: str, number: float, period: str, link: str) -> Figure:
    plain = figure_of(code, number, period, "")
    return Figure(plain.value, plain.unit, plain.decimals, link=link)
