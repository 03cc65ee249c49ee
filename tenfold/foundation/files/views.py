"""Handing a file over. The page that calls it names the right and finds the record within the scope."""

from __future__ import annotations

from django.http import FileResponse, Http404

from . import queries
from .media import SHOWN, UNKNOWN
from .models import StoredFile


def download(file: StoredFile | None, *, shown: bool = False) -> FileResponse:
    """A file as an answer, to be saved; ``shown``: a PDF or picture may open in the browser, nothing else ever does.

    No browser guesses what it is, and nothing in it runs or is kept in a cache. Not found where it is gone.
    """
    if file is None:
        raise Http404
    try:
        stream = queries.opened(file)
    except FileNotFoundError as fault:
        raise Http404 from fault
    inline = shown and file.media_type in SHOWN
    return FileResponse(
        stream,
        as_attachment=not inline,
        filename=file.name,
        content_type=file.media_type or UNKNOWN,
        headers={
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
            **({} if inline else {"Content-Security-Policy": "sandbox; default-src 'none'"}),
        },
    )
