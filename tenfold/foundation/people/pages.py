"""What the pages about people are made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from tenfold.foundation.declare import house
from tenfold.foundation.organisations import queries as organisations
from tenfold.foundation.organisations.models import SCHOOLS, Organisation
from tenfold.foundation.ui.figures import Figure

from . import queries
from .forms import HandoverForm, PurposeForm
from .handovers import successors
from .models import Person, Pupil
from .rights import KEEP_PEOPLE, OPEN_FIELDS
from .words import STAGE_TITLES

Opened = tuple[str, str]


def crumbs(place: Organisation, page: str, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """Breadcrumbs by place, each leading to the same page there."""
    trail = [(card.name, f"/{page}/?place={card.code}") for card in organisations.trail(place)]
    return [*trail, *more][-5:]


def list_page(place: Organisation, text: str, page: Any) -> dict[str, Any]:
    """人员任职 of a place."""
    total = Figure(page.paginator.count, _("persons"), link=f"/people/?place={place.code}")
    ending = (_("People in their posts"), "")
    return {"place": place, "text": text, "page": page, "total": total, "crumbs": crumbs(place, "people", ending)}


def person_page(request: Any, person: Person, form: PurposeForm | None, opened: Opened) -> dict[str, Any]:
    """One person: posts over time, guarded fields."""
    posts = queries.posts_of(person)
    place = posts[0].organisation if posts else organisations.home()
    return {
        "person": person,
        "posts": posts,
        "may_hand_over": request.access.may(KEEP_PEOPLE),
        "fields": queries.fields_of(person, opened),
        "crumbs": crumbs(place, "people", (str(person), "")) if place else [(str(person), "")],
        **_asking(request, form),
    }


def schools_page(place: Organisation) -> dict[str, Any]:
    """The schools of a place that have pupils."""
    rows = [
        (school, Figure(count, link=f"/pupils/?place={school.code}"))
        for school, count in queries.schools_with_pupils(place)
    ]
    total = Figure(sum(f.value or 0 for _school, f in rows), _("persons"), link=f"/pupils/?place={place.code}")
    ending = (_("Pupils by class"), "")
    return {"place": place, "rows": rows, "total": total, "crumbs": crumbs(place, "pupils", ending)}


def classes_page(request: Any, school: Organisation) -> dict[str, Any]:
    """The classes of a school, and the pupils of the chosen one."""
    classes = queries.classes_of(school)
    wanted = request.GET.get("class", "")
    rows = [(class_title(c), class_code(c), _figure(school, c), class_code(c) == wanted) for c in classes]
    chosen = next((c for c in classes if class_code(c) == wanted), None)
    return {
        "place": school,
        "rows": rows,
        "total": Figure(sum(c.pupils for c in classes), _("persons"), link=f"/pupils/?place={school.code}"),
        "chosen": class_title(chosen) if chosen else "",
        "pupils": queries.class_list(school, chosen.grade, chosen.number) if chosen else [],
        "crumbs": crumbs(school, "pupils", (_("Pupils by class"), "")),
    }


def class_title(row: queries.ClassRow) -> str:
    """小学三年级2班."""
    words = {"stage": STAGE_TITLES.get(row.stage, ""), "grade": row.grade, "number": row.number}
    if row.number is None:
        return _("%(stage)s grade %(grade)s, class not told") % words
    return _("%(stage)s grade %(grade)s class %(number)s") % words


def class_code(row: queries.ClassRow) -> str:
    """A class in an address: 3-2."""
    return f"{row.grade}-{row.number or 0}"


def _figure(school: Organisation, row: queries.ClassRow) -> Figure:
    return Figure(row.pupils, link=f"/pupils/?place={school.code}&class={class_code(row)}#class")


def pupil_page(request: Any, pupil: Pupil, form: PurposeForm | None, opened: Opened) -> dict[str, Any]:
    """One pupil: guarded fields, enrolments over time, guardians."""
    enrolments = _course(pupil)
    school = enrolments[0][0].organisation
    name = queries.mask(pupil.name)
    trail = crumbs(school, "pupils", (name, "")) if school.kind in SCHOOLS else [(name, "")]
    return {
        "pupil": pupil,
        "name": name,
        "fields": queries.fields_of(pupil, opened),
        "enrolments": enrolments,
        "guardians": [(word, queries.fields_of(g, opened)) for g, word in queries.guardians_of(pupil)],
        "crumbs": trail,
        **_asking(request, form),
    }


def own_page(pupils: Sequence[Pupil]) -> dict[str, Any]:
    """What a family sees of its own."""
    return {"children": [(pupil, queries.own_fields(pupil), _course(pupil)) for pupil in pupils]}


def _course(pupil: Pupil) -> list[tuple[Any, str]]:
    return [(e, class_title(queries.ClassRow(e.stage, e.grade, e.class_number, 0))) for e in
            queries.enrolments_of(pupil)]  # fmt: skip


def _asking(request: Any, form: PurposeForm | None) -> dict[str, Any]:
    asked = (form["subject"].value(), form["field"].value()) if form else ("", "")
    return {
        "form": form,
        "asked_subject": asked[0],
        "asked_field": asked[1],
        "may_open": request.access.may(OPEN_FIELDS),
    }


def handover_page(person: Person, sent: Any = None, problem: str = "") -> dict[str, Any]:
    """All that a person has in hand, by what declared it, and who may take over."""
    groups, things = [], 0
    for each in sorted(house().handovers.values(), key=lambda declared: declared.order):
        held = list(each.held(person.pk))
        ticked = {thing.key for thing in held} if sent is None else set(sent.getlist(each.code))
        groups.append((each, [(thing, thing.key in ticked) for thing in held]))
        things += len(held)
    people = [(heir.pk, heir.name) for heir in successors(person.pk)]
    trail = [(_("People in their posts"), "/people/"), (str(person), f"/people/{person.pk}/")]
    return {
        "person": person,
        "groups": groups,
        "things": things,
        "form": HandoverForm(sent, people=people),
        "problem": problem,
        "crumbs": [*trail, (_("Handover"), "")],
    }
