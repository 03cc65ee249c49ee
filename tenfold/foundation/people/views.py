"""人员任职, pupils by class, one's own child, oneself."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tenfold.foundation.organisations import queries as organisations
from tenfold.foundation.organisations.models import SCHOOLS, Organisation

from . import pages, queries
from .forms import PurposeForm
from .models import Person, Pupil
from .services import HandoverFault, hand_over
from .services.looks import open_field


def _place(request: Any) -> Organisation:
    own = organisations.home()
    code = request.GET.get("place", "") or (own.code if own else "")
    return get_object_or_404(Organisation.objects.all(), code=code)


def people(request: Any) -> HttpResponse:
    """Who holds which post at or below a place."""
    place = _place(request)
    text = request.GET.get("q", "").strip()[:60]
    page = queries.staff(place, text, request.GET.get("page"))
    return render(request, "people/people.html", pages.list_page(place, text, page))


@never_cache
def person(request: Any, pk: int) -> HttpResponse:
    """One person with her posts over time; a POST says what a masked field is opened for."""
    found = get_object_or_404(Person.objects.all(), pk=pk)
    form, opened = _opened(request, [found])
    return _answer(request, "people/person.html", pages.person_page(request, found, form, opened), form)


def handover(request: Any, pk: int) -> HttpResponse:
    """工作交接: all that a person has in hand goes to her successor."""
    found = get_object_or_404(Person.objects.all(), pk=pk)
    if request.method != "POST":
        return render(request, "people/handover.html", pages.handover_page(found))
    page = pages.handover_page(found, request.POST)
    form = page["form"]
    if form.is_valid():
        chosen = {declared.code: request.POST.getlist(declared.code) for declared, _held in page["groups"]}
        try:
            heir = Person.objects.get(pk=form.cleaned_data["successor"])
            hand_over(found, heir, chosen, why=form.cleaned_data["why"])
        except HandoverFault as fault:
            page["problem"] = str(fault)
        else:
            messages.success(request, _("Handed over to %(name)s.") % {"name": heir})
            return redirect("person", pk=found.pk)
    return render(request, "people/handover.html", page, status=422)


def pupils(request: Any) -> HttpResponse:
    """The schools of a place, the classes of a school, the pupils of a class."""
    place = _place(request)
    if place.kind not in SCHOOLS:
        return render(request, "people/pupil_schools.html", pages.schools_page(place))
    return render(request, "people/classes.html", pages.classes_page(request, place))


@never_cache
def pupil(request: Any, pk: int) -> HttpResponse:
    """One pupil, masked; a POST says what a masked field is opened for."""
    found = get_object_or_404(Pupil.objects.all(), pk=pk)
    records = [found, *(guardian for guardian, _word in queries.guardians_of(found))]
    form, opened = _opened(request, records)
    return _answer(request, "people/pupil.html", pages.pupil_page(request, found, form, opened), form)


@never_cache
def own_child(request: Any) -> HttpResponse:
    """What a guardian sees of her children."""
    return render(request, "people/own.html", pages.own_page(queries.own_children()))


@never_cache
def own_record(request: Any) -> HttpResponse:
    """What a pupil sees of herself."""
    found = queries.own_record()
    return render(request, "people/own.html", pages.own_page([found] if found else []))


def _opened(request: Any, records: list[Any]) -> tuple[PurposeForm | None, tuple[str, str]]:
    """The form that asks for the purpose, and the field that is open after it was answered."""
    asked = (request.POST or request.GET).get("subject", "")
    record = next((r for r in records if queries.subject_of(r) == asked), None)
    if request.method != "POST":
        words = {"subject": asked, "field": request.GET.get("field", "")}
        return (PurposeForm(initial=words) if record else None), ("", "")
    form = PurposeForm(request.POST)
    if not form.is_valid():
        return form, ("", "")
    try:
        open_field(record, form.cleaned_data["field"], form.told)  # type: ignore[arg-type]
    except (KeyError, ValueError) as fault:
        raise Http404 from fault
    return None, (asked, form.cleaned_data["field"])


def _answer(request: Any, template: str, context: dict[str, Any], form: PurposeForm | None) -> HttpResponse:
    refused = request.method == "POST" and form is not None
    return render(request, template, context, status=422 if refused else 200)
