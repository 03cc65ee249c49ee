"""佐证材料: looked at, handed over, confirmed or given back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tenfold.foundation.files.views import download

from ..pages import doing
from ..pages.tasks import material_page
from ..queries import material as materials
from .handling import found, refused


def material(request: Any, pk: int) -> HttpResponseBase:
    """The record's own page: what was handed in, by whom, from which file, and who confirmed it."""
    row = materials.material(pk)
    if row is None:
        raise Http404
    return render(request, "programme/tasks/material.html", material_page(row))


def material_file(request: Any, pk: int) -> HttpResponseBase:
    """The file of Material."""
    row = materials.material(pk)
    if row is None:
        raise Http404
    return download(row.file, shown=True)


def decide(request: Any, pk: int) -> HttpResponse:
    """Confirm it, or give it back."""
    try:
        row = doing.decide(pk, request.POST)
    except doing.NotUnderstood as fault:
        held = materials.material(pk)
        return refused(request, found(held.assignment_id if held else 0), fault)
    if row is None:
        raise Http404
    messages.success(request, _("Decided."))
    return redirect("programme:task", pk=row.pk)
