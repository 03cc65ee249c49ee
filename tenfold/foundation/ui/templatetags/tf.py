"""The tags of the look; a builtin of every template, so nothing needs loading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .. import charts, marking
from ..figures import Figure
from ..numbers import change, in_prose, written
from ..words import state_word

register = template.Library()

register.filter("state_word", state_word)
register.filter("day", marking.day)
register.filter("day_and_time", marking.day_and_time)
register.filter("timed", marking.timed)
register.filter("coded", marking.coded)


@register.filter
def figured(value: Any, link: str = "") -> SafeString:
    """A count inside a sentence, through the figure; ``link`` is where it opens. Of a text, each number in it."""
    if value is None or isinstance(value, str | Promise):
        return marking.numbered(value)
    return figure_markup(Figure(value, link=link), "count")


@register.filter
def last_crumbs(crumbs: Any) -> list[tuple[str, str]]:
    """At most five crumbs: the first and the last four. Each is (title, url)."""
    found = [(str(title), url or "") for title, url in (crumbs or [])]
    return found if len(found) <= 5 else [found[0], *found[-4:]]


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawn icon: search, down, close, file, lock, clock, todo, overview, person."""
    return format_html('<svg class="tf-icon" aria-hidden="true" focusable="false"><use href="#tf-i-{}"/></svg>', name)


@register.simple_tag
def sign(state: str, word: str = "") -> SafeString:
    """A bare sign and its word, for tables: ``{% sign "late" "逾期2" %}``. Without a word, the state's own."""
    return _marked("sg", state, word)


@register.simple_tag
def state(state: str, word: str = "") -> SafeString:
    """A state pill, for prose and heads."""
    return _marked("st", state, word)


def _marked(kind: str, state: str, word: str) -> SafeString:
    if "<" in word:  # one part of the row of sign and word, whatever markup it has
        word = format_html("<span>{}</span>", word)
    drawn = format_html('<svg class="tf-sign tf-sign-{0}" aria-hidden="true"><use href="#tf-s-{0}"/></svg>', state)
    return format_html('<span class="tf-{0} tf-{0}-{1}">{2}{3}</span>', kind, state, drawn, word or state_word(state))


def figure_markup(f: Figure, style: str = "prose", unit: bool | None = None) -> SafeString:
    """A figure's markup; ``unit`` says whether the unit is written (never in tables unless asked)."""
    if f.kind == "value":
        return _value_markup(f, style, style != "table" if unit is None else unit)
    return SafeString(get_template("ui/parts/figure.html").render({"f": f, "kind": f.kind}).strip())


def _value_markup(f: Figure, style: str, with_unit: bool) -> SafeString:
    """A known value. Written here and not in a template: a page holds hundreds of them."""
    number, word = f.words(style)
    href, sign = f.href, f.sign
    signed = f" tf-f-{sign}" if sign else ""
    mark = ""
    if sign:
        mark = (
            f'<svg class="tf-sign tf-sign-{sign}" aria-hidden="true"><use href="#tf-s-{sign}"/></svg>'
            f'<span class="tf-sr">{conditional_escape(f.spoken)}</span>'
        )
    inner = f'{mark}<span class="tf-f-n">{conditional_escape(number)}</span>'
    if with_unit and word:
        inner += f'<span class="tf-u">{conditional_escape(word)}</span>'
    if not href:
        drawn = f'<span class="tf-n tf-f-{style}{signed}">{inner}</span>'
    else:
        opens = "" if f.link else " data-tf-figure"
        title = f' title="{conditional_escape(f.coverage)}"' if style == "table" and f.coverage else ""
        drawn = f'<a class="tf-f tf-f-{style}{signed}" href="{conditional_escape(href)}"{opens}{title}>{inner}</a>'
    if f.coverage and style != "table":
        drawn += f'<span class="tf-f-coverage">{conditional_escape(_("covers"))}{conditional_escape(f.coverage)}</span>'
    return SafeString(drawn)


@register.simple_tag
def figure(f: Any, style: str = "prose", unit: bool | None = None) -> SafeString:
    """THE figure tag: ``{% figure f %}``, ``{% figure f "strip" %}``, ``{% figure f "table" %}``.

    In prose 600 with 万 and 亿, in a fact strip large, in tables 400 with the whole cell as target.
    """
    if not isinstance(f, Figure):
        raise TypeError(f"the figure tag takes a Figure, not {f!r}")
    return figure_markup(f, style, unit)


@register.simple_tag
def cell(f: Any, unit: bool = False) -> SafeString:
    """A whole table cell with a figure: right-aligned, tinted where its state is attention or late."""
    if not isinstance(f, Figure):
        raise TypeError(f"the cell tag takes a Figure, not {f!r}")
    tint = f" tf-tint-{f.sign}" if f.sign in ("attention", "late") else ""
    return format_html('<td class="tf-num{}">{}</td>', tint, figure_markup(f, "table", unit))


@register.filter
def number(value: Any, decimals: int = 0) -> str:
    """A bare number of a chart's table or a page's own count (not of data): thousands, fixed decimals."""
    return "" if value is None else written(value, int(decimals))


@register.filter
def signed(value: Any, decimals: int = 0) -> str:
    """A change with its sign."""
    return "" if value is None else change(value, int(decimals))


@register.filter
def prose_number(value: Any, unit: str = "") -> str:
    """A number and its unit as a sentence says them."""
    return "" if value is None else "".join(in_prose(value, str(unit)))


@register.inclusion_tag("ui/parts/strip_of_states.html")
def strip_of_states(
    done: int = 0, on_track: int = 0, attention: int = 0, late: int = 0, small: bool = False, legend: bool = False
) -> dict[str, Any]:
    """How many are in each state, as one strip in the order done, on track, attention, late."""
    counts = {"done": done, "on_track": on_track, "attention": attention, "late": late}
    return {"segments": charts.segments(counts, 8 if small else 2), "small": small, "legend": legend}


@register.inclusion_tag("ui/parts/bar.html")
def bar(value: Any, maximum: Any = 100, limit: Any = None, state: str = "", label: str = "") -> dict[str, Any]:
    """A bar on a track; ``limit`` draws a tick, ``state`` late or attention colours it."""
    return {"bar": charts.Bar.of(value, maximum, limit=limit, state=state), "label": label}


@register.inclusion_tag("ui/parts/bar.html")
def progress_bar(
    value: Any, due: Any = None, target: Any = None, maximum: Any = 100, label: str = ""
) -> dict[str, Any]:
    """Progress against time: value, solid tick = due today, dashed tick = target; amber below what is due."""
    state = "attention" if value is not None and due is not None and value < due else ""
    return {"bar": charts.Bar.of(value, maximum, limit=due, target=target, state=state), "label": label}


@register.inclusion_tag("ui/parts/sparkline.html")
def sparkline(values: Sequence[Any], label: str = "") -> dict[str, Any]:
    """A small course without axis, a dot at its end; gaps where a value is unknown."""
    return {"line": charts.spark(values), "label": label or _("Course")}


@register.inclusion_tag("ui/parts/distribution.html")
def distribution(chart: charts.Distribution) -> dict[str, Any]:
    """Many units on one axis, with the standard, the 85 per cent line, signs and a table behind."""
    return {"chart": chart}


@register.inclusion_tag("ui/parts/place_among.html")
def place_among(chart: charts.Distribution) -> dict[str, Any]:
    """One unit's place among the others, for a table row: ticks, the standard, the own sign at twice the size."""
    return {"chart": chart}


@register.inclusion_tag("ui/parts/trend.html")
def trend(chart: charts.Trend) -> dict[str, Any]:
    """Courses over time, named at their ends, thresholds named on the line."""
    return {"chart": chart}


@register.inclusion_tag("ui/parts/bars.html")
def bars(chart: charts.Bars) -> dict[str, Any]:
    """Few units compared, from zero."""
    return {"chart": chart}


@register.inclusion_tag("ui/parts/map.html", name="map")
def map_(chart: charts.Map) -> dict[str, Any]:
    """Where something is: shapes with names and values, units as dots; source and review number below."""
    return {"chart": chart, "dots": SafeString(chart.dots_drawn)}


@register.inclusion_tag("ui/parts/range.html")
def middle_half(chart: charts.MiddleHalf, label: str = "") -> dict[str, Any]:
    """Where the middle half of a group lies, its median, and the standard, for a table row."""
    return {"chart": chart, "label": label}


@register.inclusion_tag("ui/parts/columns.html")
def columns(chart: charts.Bars) -> dict[str, Any]:
    """Few ordered units (grades) as columns, from zero."""
    return {"chart": chart}


@register.inclusion_tag("ui/parts/pages.html", takes_context=True)
def pages(context: Any, page: Any) -> dict[str, Any]:
    """The pages of a Django page object, keeping the rest of the address."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    return {"page": page, "query": query.urlencode()}


@register.inclusion_tag("ui/parts/segmented.html")
def segmented(choices: Sequence[tuple[str, str, bool]], label: str = "") -> dict[str, Any]:
    """A segmented control of links: (word, url, chosen)."""
    return {"choices": choices, "label": label}


@register.inclusion_tag("ui/parts/steps.html")
def steps(names: Sequence[Any], current: int) -> dict[str, Any]:
    """The steps of a course of acts, the current one counted from 1."""
    marked = [
        (number, str(name), "done" if number < current else "current" if number == current else "ahead")
        for number, name in enumerate(names, start=1)
    ]
    return {"steps": marked, "current": current}


@register.inclusion_tag("ui/parts/field.html")
def field(
    bound: Any, prefilled: str = "", wrong: str = "", unit: str = "", label: str = "", hints: bool = True
) -> dict[str, Any]:
    """A form field: label, hint, control, fault. ``prefilled`` says by what; ``wrong`` is where to object.

    ``label`` replaces the field's own; ``hints=False`` leaves its hint out. A placeholder is no label and is dropped.
    """
    hint = f"{bound.auto_id}-hint" if bound.help_text and hints else ""
    fault = f"{bound.auto_id}-fault" if bound.errors else ""
    attributes = {"aria-describedby": f"{hint} {fault}".strip()} if hint or fault else {}
    if fault:
        attributes["aria-invalid"] = "true"
    bound.field.widget.attrs.pop("placeholder", None)
    widget = bound.as_widget(attrs={**bound.field.widget.attrs, **attributes})
    kind = getattr(bound.field.widget, "input_type", "")
    return {
        "field": bound,
        "widget": widget,
        "kind": kind,
        "label": label or bound.label,
        "hint": hint,
        "fault": fault,
        "prefilled": prefilled,
        "wrong": wrong,
        "unit": unit,
    }
