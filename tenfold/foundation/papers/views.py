"""简报与通报: what can be made for a place and period, one paper, and the templates that an officer changes in Word."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tenfold.foundation.declare import PaperKind, house
from tenfold.foundation.files.media import OFFICE
from tenfold.foundation.files.views import download
from tenfold.foundation.organisations import queries as organisations
from tenfold.foundation.organisations.models import Organisation

from . import pages, queries, services
from .faults import PaperFault
from .models import Paper


def papers(request: Any) -> HttpResponse:
    """What can be made, and what was."""
    return render(request, "papers/list.html", pages.list_page(request, place_of(request)))


def make(request: Any) -> HttpResponse:
    """Ask for a paper."""
    place = _named(request.POST.get("place", ""))
    kind = house().papers.get(request.POST.get("kind", ""))
    try:
        if kind is None:
            raise PaperFault("no_kind")
        row = services.ask(kind, place, services.period_of(kind, request.POST.get("period", "")))
    except PaperFault as fault:
        messages.error(request, str(fault))
        return render(request, "papers/list.html", pages.list_page(request, place), status=422)
    return redirect("papers:paper", pk=row.pk)


@never_cache
def paper(request: Any, pk: int) -> HttpResponse:
    """One paper: being made, made, or why it could not be."""
    return render(request, "papers/paper.html", pages.paper_page(request, _paper(pk)))


@never_cache
def progress(request: Any, pk: int) -> HttpResponse:
    """The fragment that the page polls."""
    return render(request, "papers/progress.html", pages.paper_page(request, _paper(pk)))


def word(request: Any, pk: int) -> HttpResponseBase:
    """The Word file."""
    return download(_paper(pk).word)


def pdf(request: Any, pk: int) -> HttpResponseBase:
    """The PDF."""
    return download(_paper(pk).pdf, shown=True)


def edited(request: Any, pk: int) -> HttpResponse:
    """Take back what was edited in Word."""
    row = _paper(pk)
    try:
        new = services.give_back(row, services.received(_sent(request)))
    except PaperFault as fault:
        context = pages.paper_page(request, row) | {"refused": str(fault)}
        return render(request, "papers/paper.html", context, status=422)
    messages.success(request, _("Kept beside the one that was made."))
    return redirect("papers:paper", pk=new.pk)


def templates(request: Any) -> HttpResponse:
    """The templates that hold at a place."""
    return render(request, "papers/templates.html", pages.templates_page(request, place_of(request)))


def template(request: Any, kind: str) -> HttpResponse:
    """One template: its names, its versions; a POST brings a changed one."""
    declared, place, refused = _kind(kind), place_of(request), ""
    if request.method == "POST":
        try:
            name = request.FILES["file"].name if "file" in request.FILES else ""
            services.send(declared, place, services.received(_sent(request)), name)
            messages.success(request, _("Taken up. It holds from the next making on."))
            return redirect(pages.template_address(declared, place))
        except PaperFault as fault:
            refused = str(fault)
    context = pages.template_page(request, declared, place) | {"refused": refused}
    return render(request, "papers/template.html", context, status=422 if refused else 200)


def template_file(request: Any, kind: str) -> HttpResponse:
    """The template that holds at a place, or with ``own`` the house's."""
    declared, place = _kind(kind), place_of(request)
    row = None if request.GET.get("own") else queries.in_use(kind, place)
    return _word(queries.content_of(row, declared), f"{declared.title}.docx")


def trial(request: Any, kind: str) -> HttpResponse:
    """A trial print of it."""
    declared, place = _kind(kind), place_of(request)
    try:
        content = services.tried(declared, queries.content_of(queries.in_use(kind, place), declared))
    except PaperFault as fault:
        context = pages.template_page(request, declared, place) | {"refused": str(fault)}
        return render(request, "papers/template.html", context, status=422)
    return _word(content, f"{declared.title}{_('trial print')}.docx")


def take_back(request: Any, kind: str) -> HttpResponse:
    """Back to the house's own."""
    declared, place = _kind(kind), _named(request.POST.get("place", ""))
    services.take_back(declared, place)
    messages.success(request, _("The template that you sent no longer holds; it is kept below."))
    return redirect(pages.template_address(declared, place))


def version_file(request: Any, template: int) -> HttpResponseBase:
    """A version as it was sent."""
    row = queries.version(template)
    return download(row.file if row else None)


def take_up(request: Any, template: int) -> HttpResponse:
    """An earlier version again."""
    row = queries.version(template)
    if row is None:
        raise Http404
    address = pages.template_address(_kind(row.kind), row.organisation)
    try:
        services.take_up(row)
    except PaperFault as fault:
        messages.error(request, str(fault))
    return redirect(address)


def place_of(request: Any) -> Organisation:
    """The place asked for, else the own one; not found where it lies out of scope."""
    home = organisations.home()
    return _named(request.GET.get("place", "") or (home.code if home else ""))


def _named(code: str) -> Organisation:
    home = organisations.home()
    found = Organisation.objects.filter(code=code or (home.code if home else "")).first()
    if found is None:
        raise Http404
    return found


def _paper(pk: int) -> Paper:
    found = queries.paper(pk)
    if found is None:
        raise Http404
    return found


def _kind(code: str) -> PaperKind:
    if code not in house().papers:
        raise Http404
    return house().papers[code]


def _sent(request: Any) -> Any:
    if "file" not in request.FILES:
        raise PaperFault("no_file")
    return request.FILES["file"].chunks()


def _word(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=OFFICE["docx"])
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response
