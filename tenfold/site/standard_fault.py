"""What a page says while a file of ``standards/`` has a fault: which file, which entry, and who mends it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from tenfold.pure.balance import StandardFault


class StandardFaultMiddleware:
    """Tells the fault in place of the page that rests on the file."""

    def __init__(self, view: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.view = view

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Go on."""
        return self.view(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """A page with the file and the entry; other faults go their way."""
        words: dict[str, Any] = {"fault": str(fault)}
        return render(request, "standard_fault.html", words, status=503) if isinstance(fault, StandardFault) else None
