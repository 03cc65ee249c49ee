"""指标详情: the sentence, the definition, the schools' distribution, the course, the places below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tenfold.foundation.calendar import Period
from tenfold.foundation.declare import Ratio, Spread, house
from tenfold.foundation.organisations.models import STEP, Kind, Organisation
from tenfold.foundation.scope import require
from tenfold.foundation.ui.charts import Distribution, Series, Trend, Unit
from tenfold.foundation.ui.figures import Figure

from .. import queries
from ..queries import Entry, Threshold, Units, Value
from .asked import Asked, crumbs, year_choices
from .workbook import Sheet, workbook

FEW = 7
"""So many courses of places below are drawn beside that of the place."""

SCHOOLS_SHOWN = 30
HEAD = 24
"""So wide is the head of a column at most, in Latin characters."""
LEAST_FOR_A_LINE = 3


@dataclass(frozen=True)
class Row:
    """A place below, or a school: its value, what stands above and below the line, how many miss the standard."""

    name: str
    href: str
    figure: Figure
    top: Figure
    bottom: Figure
    schools: Figure
    missed: str = ""
    spread: Figure | None = None
    spread_value: float | None = None
    course: tuple[float | None, ...] = ()


def indicator_page(code: str, asked: Asked) -> dict[str, Any]:
    """The template's words."""
    entry = queries.entry(code)
    words: dict[str, Any] = {
        "entry": entry,
        "indicator": entry.indicator,
        "crumbs": crumbs(asked, str(entry.indicator.short or entry.indicator.title)),
        "place": asked.place,
        "updating": queries.updating(),
    }
    if not asked.period:
        return words | {"asked": asked, "held": False}
    value = queries.value(code, asked.place, asked.period, asked.split)
    asked = asked.at(split=value.split)
    threshold = queries.threshold(entry.indicator, stage_of(asked.split))
    units = queries.units(code, asked.place, asked.period, asked.split)
    below = queries.children(code, asked.place, asked.period, asked.split)
    table = rows(entry, asked, below, units, threshold) if below else school_rows(units, threshold)[:SCHOOLS_SHOWN]
    if value.level == "school":
        table = []
    return words | {
        "asked": asked,
        "held": True,
        "value": value,
        "figure": value.against(threshold),
        "part": "".join(asked.parts),
        "threshold": threshold,
        "standard": _asks(entry, threshold),
        "above": _above(code, asked),
        "missed": _missed(units, threshold),
        "spread": _spread(code, asked),
        "stages": _stage_choices(entry, asked),
        "years": year_choices(asked),
        "distribution": _distribution(entry, asked, value, units, threshold),
        "sized": any(units.weights.values()),
        "trend": trend_of(entry, asked, value, below, threshold),
        "groups": _groups(entry, asked),
        "headings": headings(entry),
        "rows": table,
        "with_spread": any(row.spread for row in table),
        "by_school": not below,
        "total": total_row(entry, value, units, threshold) if below else None,
        "more": 0 if below else max(0, len(units.values) - SCHOOLS_SHOWN),
        "beyond": units.beyond,
    }


def stage_of(split: str) -> str:
    """The stage of a split, '' for none."""
    return dict(word.split("=") for word in split.split(",") if word).get("stage", "")


def _asks(entry: Entry, threshold: Threshold | None) -> Figure | None:
    if threshold is None:
        return None
    return Figure(threshold.value, str(entry.indicator.unit), _decimals(threshold.value, entry.indicator.decimals))


def _decimals(number: float, most: int) -> int:
    return next((d for d in range(min(1, most), most) if round(number, d) == number), most)


def _above(code: str, asked: Asked) -> Value | None:
    """The value of the place just above, where it is within the scope."""
    path = asked.place.path[:-STEP]
    if not path or not require().reaches(path):
        return None
    place = Organisation.objects.filter(pk=int(path[-STEP:])).exclude(kind=Kind.OFFICE).first()
    if place is None:
        return None
    value = queries.value(code, place, asked.period, asked.split)
    return value if value.value is not None else None


def _missed(units: Units, threshold: Threshold | None) -> tuple[Figure, Figure, Figure] | None:
    """How many schools there are, how many miss the standard, how many of these by far."""
    known = [v for v in units.values if v.value is not None]
    if threshold is None or len(known) < 2:
        return None
    states = [threshold.state(v.value) for v in known]
    counts = (len(known), sum(map(bool, states)), states.count("late"))
    unit = _("schools")
    return tuple(Figure(n, unit, 0, link="#distribution") for n in counts)  # type: ignore[return-value]


def _spread(code: str, asked: Asked) -> tuple[Value, Figure, Threshold | None] | None:
    """The spread that goes with a resource, where this place and stage have one."""
    if f"{code}_spread" not in house().indicators:
        return None
    found = queries.value(f"{code}_spread", asked.place, asked.period, f"stage={stage_of(asked.split)}")
    if found.value is None:
        return None
    limit = queries.threshold(found.indicator, stage_of(asked.split))
    return found, found.against(limit), limit


def _stage_choices(entry: Entry, asked: Asked) -> list[tuple[str, str, bool]]:
    if not any(split.startswith("stage") for split in entry.splits):
        return []
    found = queries.by_split(entry.indicator.code, asked.place, asked.period, "stage")
    choices = [
        ("".join(queries.split_words(v.split)), asked.at(split=v.split).query, v.split == asked.split) for v in found
    ]
    if "" in entry.splits and len(choices) > 1:
        choices.insert(0, (_("All stages"), asked.at(split="").query, not stage_of(asked.split)))
    return choices if len(choices) > 1 else []


def _distribution(
    entry: Entry, asked: Asked, value: Value, units: Units, threshold: Threshold | None
) -> Distribution | None:
    known = [v for v in units.values if v.value is not None]
    if len(known) < 2:
        return None
    drawn = tuple(
        Unit(
            v.place_name,
            _shown(v) or 0,
            size=units.weights.get(v.place_id, 0),
            href=f"/schools/{v.place}/",
            state=(threshold.state(v.value) or "on_track") if threshold else "",
        )
        for v in known
    )
    whole = value.value if isinstance(entry.indicator.value, Ratio) else None
    return Distribution(
        title=str(entry.indicator.title),
        units=drawn,
        unit=value.figure().unit,
        decimals=value.figure().places,
        threshold=threshold.value if threshold else None,
        reference=(asked.place.name, whole) if whole is not None else None,
        better=entry.indicator.better if entry.indicator.better in ("higher", "lower") else "higher",
    )


def trend_of(
    entry: Entry, asked: Asked, value: Value, below: list[Value], threshold: Threshold | None
) -> dict[str, Any]:
    """The values of all periods: a line from three periods on, else a table."""
    told = queries.history(entry.indicator.code, asked.place, asked.split)
    found: dict[str, Any] = {"rows": [(Period.parse(v.period).title, v.figure()) for v in reversed(told)]}
    if len(told) < LEAST_FOR_A_LINE or sum(v.value is not None for v in told) < 2:
        return found
    own = _("This school") if value.level == "school" else asked.place.name
    series = [Series(own, tuple(_shown(v) for v in told))]
    named = [v for v in below if v.place]
    if 1 < len(named) <= FEW:
        courses = queries.courses(entry.indicator.code, named, asked.split)
        for one in named:
            course = tuple(courses[one.place_id])
            if any(v is not None for v in course):
                series.append(Series(one.place_name, _wan(entry, course), "other"))
    limits = ((_("Standard"), threshold.value),) if threshold else ()
    found["chart"] = Trend(
        title=str(entry.indicator.title),
        periods=tuple(str(Period.parse(v.period).year) for v in told),
        series=tuple(series),
        unit=value.figure().unit,
        decimals=value.figure().places,
        thresholds=limits,
    )
    return found


def _shown(value: Value) -> float | None:
    number = value.figure().value
    return None if number is None else float(number)


def _wan(entry: Entry, course: tuple[float | None, ...]) -> tuple[float | None, ...]:
    return tuple(None if v is None else v / 10_000 for v in course) if entry.indicator.in_wan else course


def _groups(entry: Entry, asked: Asked) -> list[tuple[str, list[tuple[str, Figure]]]]:
    """The values of the place's parts: by locale, by sector, within the stage asked for."""
    stage = stage_of(asked.split)
    base = f"stage={stage}" if stage else ""
    found = []
    for name, title in (("locale", _("Urban, town and rural")), ("sector", _("Public and private"))):
        values = queries.by_split(entry.indicator.code, asked.place, asked.period, name, base)
        if len(values) > 1:
            found.append((title, [(queries.split_words(v.split)[-1], v.figure()) for v in values]))
    return found


def headings(entry: Entry) -> tuple[str, str]:
    """What stands above and below the line, in words; '' for shapes without a line."""
    shape = entry.indicator.value
    if not isinstance(shape, Ratio):
        return "", ""
    return _word(shape.top) or _("Above the line"), _word(shape.bottom) or _("Below the line")


def _word(expression: Any) -> str:
    """The title and unit of a single column, where the title is short enough for the head of a table."""
    word = queries.worded(expression) if expression.op == "column" else ""
    if not word or sum(2 if ord(c) > 0x2E7F else 1 for c in word) > HEAD:
        return ""
    unit = str(queries.column_of(expression).unit)
    return f"{word}{pgettext('unit bracket', '(')}{unit}{pgettext('unit bracket', ')')}" if unit else word


def plain_figure(number: float | None, applicable: bool = True) -> Figure:
    """A sum above or below the line: whole numbers whole, others with two decimals."""
    whole = number is not None and float(number).is_integer()
    return Figure(number, decimals=0 if whole or number is None else 2, state="" if applicable else "not_applicable")


def _sum_figure(number: float | None, applicable: bool) -> Figure:
    """A sum over schools: from 10,000 on whole, so that the decimals of a column are equal."""
    return plain_figure(round(number) if number is not None and abs(number) >= 10_000 else number, applicable)


def _row(value: Value, href: str, threshold: Threshold | None, **more: Any) -> Row:
    known = value.state in ("known", "unknown")
    return Row(
        name=value.place_name,
        href=href,
        figure=value.against(threshold),
        top=_sum_figure(value.numerator, known),
        bottom=_sum_figure(value.denominator, known),
        schools=Figure(value.counted, coverage=value.coverage),
        **more,
    )


def rows(entry: Entry, asked: Asked, below: list[Value], units: Units, threshold: Threshold | None) -> list[Row]:
    """The places below, in the order of the tree."""
    courses = queries.courses(entry.indicator.code, below, asked.split) if len(queries.periods()) > 1 else {}
    spreads = _spreads_below(entry, asked, below)
    named = {v.place_id for v in below if v.place}
    held = {v.place_id: {v.place_id} if v.place else set(units.under.values()) - named | {0} for v in below}
    found = []
    for value in below:
        inside = [v for v in units.values if (units.under.get(v.place_id) or 0) in held.get(value.place_id, ())]
        spread = spreads.get(value.place)
        href = f"/indicators/{value.code}/?" + asked.query[1:] if value.place else ""
        found.append(
            _row(
                value,
                href.replace(f"place={asked.place.code}", f"place={value.place}"),
                threshold,
                missed=_share(inside, threshold),
                spread=spread.figure() if spread else None,
                spread_value=spread.value if spread else None,
                course=tuple(courses.get(value.place_id, ())),
            )
        )
    return found


def _spreads_below(entry: Entry, asked: Asked, below: list[Value]) -> dict[str, Value]:
    code = f"{entry.indicator.code}_spread"
    if code not in house().indicators or not any(v.level == "county" for v in below):
        return {}
    found = queries.children(code, asked.place, asked.period, f"stage={stage_of(asked.split)}")
    return {v.place: v for v in found if v.place}


def _share(values: list[Value], threshold: Threshold | None) -> str:
    """How many of some schools miss the standard: 10/52."""
    known = [v.value for v in values if v.value is not None]
    if threshold is None or not known:
        return ""
    return f"{sum(bool(threshold.state(v)) for v in known)}/{len(known)}"


def total_row(entry: Entry, value: Value, units: Units, threshold: Threshold | None) -> Row:
    """The place itself, last and emphasised."""
    return _row(value, "", threshold, missed=_share(list(units.values), threshold))


def school_rows(units: Units, threshold: Threshold | None) -> list[Row]:
    """The schools, what needs looking at first: missing, then the farthest."""
    down = bool(units.values) and units.values[0].indicator.better == "lower"
    ordered = sorted(
        units.values, key=lambda v: (v.value is not None, (v.value or 0) * (-1 if down else 1), v.place_name)
    )
    return [_row(v, f"/schools/{v.place}/", threshold) for v in ordered]


def indicator_workbook(code: str, asked: Asked) -> bytes:
    """Two sheets: the places below, and the schools within the scope."""
    entry = queries.entry(code)
    value = queries.value(code, asked.place, asked.period, asked.split)
    asked = asked.at(split=value.split)
    places = [*queries.children(code, asked.place, asked.period, asked.split), value]
    schools = queries.units(code, asked.place, asked.period, asked.split).values
    notes = [
        f"{entry.indicator.title} {entry.indicator.unit}".strip(),
        " ".join([asked.place.name, asked.period_title, *asked.parts]),
        f"{_('Counted as')} {entry.formula} {entry.indicator.source}",
    ]
    heads = [
        _("Place"),
        pgettext("of a place", "Code"),
        _("Value"),
        *_sides(entry),
        _("Schools counted"),
        _("Schools missing"),
    ]
    return workbook(
        [
            Sheet(_("Places"), notes, heads, (_cells(v) for v in places)),
            Sheet(_("Schools"), notes, [_("School"), *heads[1:]], (_cells(v) for v in schools)),
        ]
    )


def _sides(entry: Entry) -> list[str]:
    if isinstance(entry.indicator.value, Spread):
        return [_("Above the line"), _("Below the line")]
    top, bottom = headings(entry)
    return [top or _("Above the line"), bottom or _("Below the line")]


def _cells(value: Value) -> list[Any]:
    return [
        value.place_name, value.place, value.value, value.numerator, value.denominator, value.counted, value.missing,
    ]  # fmt: skip
