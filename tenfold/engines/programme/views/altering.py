"""The programme altered on the page: measures, targets and tasks made, altered, ended."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from .. import queries, services
from ..models import Change, Measure, Programme, Target, Task
from ..pages import altering
from ..pages.altering import Entry
from .shared import told

PLAN, ENTRY, SHARED = "programme/altering/plan.html", "programme/altering/entry.html", "programme/altering/shared.html"


def _programme(request: Any) -> Programme:
    """The programme in force, where it lies within what she may write."""
    row = queries.in_force()
    if row is None or not request.access.reaches(row.organisation.path):
        raise Http404
    return row


@told
def plan(request: Any) -> HttpResponse:
    """All of it, each entry with its door, and what was altered last."""
    row = queries.in_force()
    if row is None:
        return redirect("programme:tables")
    row = _programme(request)
    context = {"programme": row, "actions": altering.plan(row), "measures": row.measures.filter(ended_on=None).count()}
    changes = Change.objects.filter(programme=row, kind__in=("measure", "target", "task"))
    return render(request, PLAN, {**context, "history": altering.history(changes)})


@told
def measure(request: Any, measure: int) -> HttpResponse:
    """A measure."""
    return _altered(request, _row(request, Measure, measure))


@told
def target(request: Any, target: int) -> HttpResponse:
    """A target."""
    return _altered(request, _row(request, Target, target))


@told
def task(request: Any, task: int) -> HttpResponse:
    """A task."""
    return _altered(request, _row(request, Task, task))


@told
def new_measure(request: Any) -> HttpResponse:
    """A new measure."""
    return _entered(request, Entry(_programme(request), "measure", "", "", None))


@told
def new_target(request: Any, measure: int) -> HttpResponse:
    """A new target of a measure."""
    row = _row(request, Measure, measure)
    return _entered(request, Entry(row.programme, "target", "", row.number, None))


@told
def new_task(request: Any, measure: int) -> HttpResponse:
    """A new task of a measure."""
    row = _row(request, Measure, measure)
    return _entered(request, Entry(row.programme, "task", "", row.number, None))


def _row(request: Any, model: Any, pk: int) -> Any:
    """A running entry of the programme in force."""
    row = _programme(request)
    way = "measure__programme" if model is not Measure else "programme"
    rows = model.objects.filter(pk=pk, ended_on=None, **{way: row}).select_related(f"{way}__organisation")
    found = rows.first()
    if found is None:
        raise Http404
    return found


def _altered(request: Any, row: Any) -> HttpResponse:
    return _entered(request, altering.entry_of(row))


def _entered(request: Any, entry: Entry) -> HttpResponse:
    """The form of an entry; what was sent is checked (check), written (save) or the entry is ended (end)."""
    if request.method != "POST":
        return render(request, ENTRY, altering.page_of(entry, altering.form_of(entry)))
    act, form = request.POST.get("act", "save"), altering.form_of(entry, request.POST)
    try:
        if act == "end" and entry.number:
            altering.end(entry, request.POST.get("source", ""))
        elif act == "check" and entry.kind == "target":
            alone = request.headers.get("X-Requested-With") == "fetch"
            page = {"shared": altering.shared(entry, form)} if alone else altering.page_of(entry, form)
            return render(request, SHARED if alone else ENTRY, page)
        elif not form.is_valid():
            return render(request, ENTRY, altering.page_of(entry, form), status=422)
        else:
            altering.save(entry, form, request.POST)
    except services.PlanFault as fault:
        return render(request, ENTRY, altering.page_of(entry, form, str(fault)), status=422)
    said = _("Ended; it is kept as a record.") if act == "end" else _("Written, and noted who altered it.")
    messages.success(request, said)
    return redirect("programme:edit")
