"""督办: the list, the page of a task, its steps."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ..models import Assignment
from ..pages import doing, tasklist
from ..pages.tasks import task_page
from ..queries import handling
from ..services import HandlingFault

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def found(pk: int) -> Assignment:
    """An assignment within the scope, else it is not found."""
    row = handling.assignment(pk)
    if row is None:
        raise Http404
    return row


def tasks(request: Any) -> HttpResponse:
    """督办: what is owed, the late ones first."""
    return render(request, "programme/tasks/list.html", tasklist.list_page(request.GET))


def tasks_table(request: Any) -> HttpResponse:
    """The same as an Excel file."""
    response = HttpResponse(tasklist.workbook_of(request.GET), content_type=EXCEL)
    response["Content-Disposition"] = 'attachment; filename="tasks.xlsx"'
    return response


def task(request: Any, pk: int) -> HttpResponse:
    """One organisation's part in a task."""
    return render(request, "programme/tasks/task.html", task_page(found(pk), request.GET.get("act", "")))


def handle(request: Any, pk: int) -> HttpResponse:
    """A step of the unit that owes it."""
    return _stepped(request, found(pk), "handle")


def supervise(request: Any, pk: int) -> HttpResponse:
    """A step of who supervises it."""
    return _stepped(request, found(pk), "supervise")


def _stepped(request: Any, row: Assignment, door: str) -> HttpResponse:
    try:
        doing.do(row, door, request.POST, request.FILES)
    except doing.NotUnderstood as fault:
        return refused(request, row, fault)
    except HandlingFault as fault:
        return render(request, "programme/tasks/task.html", task_page(row, problem=str(fault)), status=422)
    messages.success(request, _("Noted in the course of handling."))
    return redirect("programme:task", pk=row.pk)


def refused(request: Any, row: Assignment, fault: doing.NotUnderstood) -> HttpResponse:
    """The page once more, with what was sent and what was wrong."""
    return render(request, "programme/tasks/task.html", task_page(row, fault.act, str(fault)), status=422)
