"""The maps beside the actions: the places below by what is late there, or by a value that they have."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tenfold.foundation.organisations import queries as organisations
from tenfold.foundation.ui.charts import Map, Shape

from .queries import Overview
from .queries.cockpit import Cockpit


def below(page: Overview) -> Map | None:
    """None where nothing is counted, or no place below has an outline."""
    places = page.below.rows[:-1]
    outlines = organisations.boundaries_of(code for _name, code, _figures in places) if places else {}
    drawn = [row for row in places if row[1] in outlines]
    counted = range(len(page.below.columns)) if len(drawn) > 1 else range(0)
    column = next((i for i in counted if any(figures[i][1].value is not None for _n, _c, figures in drawn)), None)
    if column is None:
        return None
    menu, title, stage = page.below.columns[column]
    shapes = []
    for _name, code, figures in drawn:
        outline, figure = outlines[code], figures[column][1]
        value = None if figure.value is None else float(figure.value)
        label = (outline.longitude, outline.latitude)
        shapes.append(Shape(outline.name, outline.rings, label, value, figure, href=f"/overview/?place={code}"))
    first, told = outlines[drawn[0][1]], drawn[0][2][column][1]
    return Map(
        f"{menu}: {title} {stage}".strip(),
        tuple(shapes),
        unit=told.unit,
        decimals=told.places,
        source=first.source,
        review_number=first.review_number,
        key="actions",
    )


def late(page: Cockpit) -> Map | None:
    """The places below with the signs of what is late and what needs attention; None where none has an outline."""
    places = [each for each in page.below if each.code]
    outlines = organisations.boundaries_of(each.code for each in places) if places else {}
    shapes = []
    for each in (one for one in places if one.code in outlines):
        outline, tally = outlines[each.code], each.tally
        told = (("late", tally.late), ("attention", tally.attention))
        states = tuple((state, f"{_short(state)}{count}") for state, count in told if count)
        label = (outline.longitude, outline.latitude)
        shapes.append(
            Shape(
                outline.name, outline.rings, label, late=tally.late, states=states, href=f"/actions/?place={each.code}"
            )
        )
    if not shapes:
        return None
    first = next(iter(outlines.values()))
    return Map(
        _("What is overdue"), tuple(shapes), kind="late", source=first.source, review_number=first.review_number,
        key="actions",
    )  # fmt: skip


def _short(state: str) -> str:
    return {"late": _("late"), "attention": _("watch")}[state]
