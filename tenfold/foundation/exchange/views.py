"""数据导入: choose a file, match its columns, check it, write it."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache

from tenfold.foundation.access.queries import place_choices
from tenfold.foundation.files.views import download

from . import deciding, pages, queries, services, sheets
from .forms import UploadForm
from .kinds import UnknownKind, reader_of
from .models import ENDED, Batch, State
from .reading import ReadingFault

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _batch(pk: int) -> Batch:
    try:
        return queries.batch(pk)
    except Batch.DoesNotExist as fault:
        raise Http404 from fault


def imports(request: Any) -> HttpResponse:
    """The imports of one's scope; a POST brings a file."""
    if request.method != "POST":
        return render(request, "exchange/imports.html", pages.list_page(request))
    form = UploadForm(queries.kinds(), place_choices(request), request.POST, request.FILES)
    if form.is_valid():
        try:
            return redirect("import", pk=deciding.receive(form.cleaned_data).pk)
        except ReadingFault as fault:
            deciding.tell(form, fault)
    return render(request, "exchange/imports.html", pages.list_page(request, form), status=422)


@never_cache
def batch(request: Any, pk: int) -> HttpResponse:
    """One import, at the step where it stands."""
    found = _batch(pk)
    if found.state == State.COLUMNS or (request.GET.get("step") == "columns" and found.state == State.CHECKED):
        return render(request, "exchange/columns.html", pages.columns_page(request, found))
    if found.state == State.CHECKED:
        return render(request, "exchange/check.html", pages.check_page(request, found))
    context = pages.batch_page(request, found) | {"job": pages.job_of(found)}
    context["hindrance"] = found.counts.get("hindrance")
    return render(request, "exchange/batch.html", context)


@never_cache
def progress(request: Any, pk: int) -> HttpResponse:
    """The fragment that the page polls while a job works on the import."""
    found = _batch(pk)
    return render(request, "exchange/progress.html", {"batch": found, "job": pages.job_of(found)})


def columns(request: Any, pk: int) -> HttpResponse:
    """Confirm what the columns mean, and check."""
    found = _batch(pk)
    if found.state in services.OPEN:
        services.confirm_columns(found, deciding.column_choices(request.POST), job="exchange.check")
    return redirect("import", pk=pk)


def fix(request: Any, pk: int) -> HttpResponse:
    """Handle one fault, or all of them."""
    found = _batch(pk)
    if found.state == State.CHECKED:
        deciding.decide(found, request.POST)
    return redirect("import", pk=pk)


def write(request: Any, pk: int) -> HttpResponse:
    """Write a checked import, as a job."""
    found = _batch(pk)
    if found.state == State.CHECKED and not found.counts.get("faulty"):
        services.start(found, "exchange.write")
    return redirect("import", pk=pk)


def check(request: Any, pk: int) -> HttpResponse:
    """Check once more, where the work broke off or others have written."""
    found = _batch(pk)
    if found.state not in ENDED:
        services.start(found, "exchange.check")
    return redirect("import", pk=pk)


def undo(request: Any, pk: int) -> HttpResponse:
    """Undo a written import, or say what has changed since."""
    found = _batch(pk)
    try:
        deciding.undo(found)
    except services.CannotUndo as fault:
        context = pages.batch_page(request, found) | {"job": None, "hindrance": fault, "may_undo": False}
        return render(request, "exchange/batch.html", context, status=422)
    return redirect("import", pk=pk)


def drop(request: Any, pk: int) -> HttpResponse:
    """Take away an import that was not written."""
    services.drop(_batch(pk))
    return redirect("imports")


def faults_file(request: Any, pk: int) -> HttpResponse:
    """The faults as a workbook, the cells marked."""
    found = _batch(pk)
    return _file(sheets.fault_list(found), f"faults-{found.pk}.xlsx")


def original(request: Any, pk: int) -> FileResponse:
    """The file as it was sent."""
    found = _batch(pk)
    return download(found.file)


def template(request: Any, kind: str) -> HttpResponse:
    """An empty table with drop-downs and notes."""
    try:
        reader_of(kind)
    except UnknownKind as fault:
        raise Http404 from fault
    return _file(sheets.template(kind, request.GET.getlist("stage")), f"{kind}.xlsx")


def export(request: Any, kind: str) -> HttpResponse:
    """What stands at or below a place, to be read in again."""
    place = deciding.place(request)
    try:
        period = deciding.period(kind, request.GET.get("period", ""))
    except (UnknownKind, ReadingFault) as fault:
        raise Http404 from fault
    if request.GET.get("as") == "csv":
        return _file(sheets.export_csv(kind, place.code, period), f"{kind}-{place.code}.csv", "text/csv")
    return _file(sheets.export_xlsx(kind, place.code, period), f"{kind}-{place.code}.xlsx")


def _file(data: bytes, name: str, kind: str = XLSX) -> HttpResponse:
    header = content_disposition_header(True, name) or "attachment"
    return HttpResponse(data, content_type=kind, headers={"Content-Disposition": header})
