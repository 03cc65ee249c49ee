"""任务分解表 on its way: brought, looked at, decided cell by cell, applied."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tenfold.foundation.exchange.faults import file_text
from tenfold.foundation.exchange.reading import ReadingFault
from tenfold.foundation.files.media import OFFICE
from tenfold.foundation.files.views import download
from tenfold.foundation.organisations import queries as organisations

from .. import queries, services
from ..forms import TableForm
from ..models import TableDraft
from ..pages import bringing, drafts
from ..tables.writing import word, workbook
from .shared import told

FORMS = {"xlsx": (workbook, OFFICE["xlsx"]), "docx": (word, OFFICE["docx"])}
PAGE, LIST = "programme/table/draft.html", "programme/table/list.html"


def _draft(pk: int) -> TableDraft:
    found = queries.draft(pk)
    if found is None:
        raise Http404
    return found


@told
def tables(request: Any) -> HttpResponse:
    """Where a table is brought; a POST brings one."""
    place = organisations.home()
    targets = drafts.targets(place)
    if request.method != "POST" or place is None:
        return render(request, LIST, drafts.list_page(TableForm(targets=targets)))
    form = TableForm(request.POST, request.FILES, targets=targets)
    if form.is_valid():
        try:
            found = bringing.receive(form.cleaned_data["file"], place, form.cleaned_data["into"])
            return redirect("programme:draft", tabledraft=found.pk)
        except ReadingFault as fault:
            form.add_error("file", file_text(fault.code, fault.params))
        except services.PlanFault as fault:
            form.add_error("file", str(fault))
    return render(request, LIST, drafts.list_page(form), status=422)


@never_cache
@told
def draft(request: Any, tabledraft: int) -> HttpResponse:
    """One table: what was understood, what was not, what applying would do."""
    return render(request, PAGE, drafts.draft_page(_draft(tabledraft)))


def settle(request: Any, tabledraft: int) -> HttpResponse:
    """One decision."""
    found = _draft(tabledraft)
    try:
        problem = drafts.settle(found, request.POST)
    except services.PlanFault as fault:
        problem = str(fault)
    if problem:
        return render(request, PAGE, drafts.draft_page(found, problem), status=422)
    return redirect("programme:draft", tabledraft=found.pk)


def apply(request: Any, tabledraft: int) -> HttpResponse:
    """Make it the programme, or say why not."""
    found, reason = _draft(tabledraft), request.POST.get("reason", "")
    try:
        services.apply_table(found, reason=reason)
    except services.PlanFault as fault:
        return render(request, PAGE, drafts.draft_page(_draft(tabledraft), str(fault), reason), status=422)
    messages.success(request, _("The table is applied."))
    return redirect("programme:draft", tabledraft=found.pk)


def drop(request: Any, tabledraft: int) -> HttpResponse:
    """Take it away."""
    try:
        services.drop_table(_draft(tabledraft))
    except services.PlanFault as fault:
        return render(request, PAGE, drafts.draft_page(_draft(tabledraft), str(fault)), status=422)
    return redirect("programme:tables")


def table_xlsx(request: Any) -> HttpResponse:
    """The programme in force as a task table, in the office's own layout, for Excel."""
    return _table("xlsx")


def table_docx(request: Any) -> HttpResponse:
    """The same for Word."""
    return _table("docx")


def _table(ending: str) -> HttpResponse:
    row = queries.in_force()
    if row is None:
        raise Http404
    write, kind = FORMS[ending]
    header = content_disposition_header(True, f"{row.name}任务分解表.{ending}") or "attachment"
    return HttpResponse(write(queries.table_of(row)), content_type=kind, headers={"Content-Disposition": header})


def original(request: Any, tabledraft: int) -> HttpResponseBase:
    """The file as it was sent."""
    return download(_draft(tabledraft).file)
