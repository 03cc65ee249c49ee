"""What the web server says of a request that is too large: a page in the house's words instead of its own line.

Such a request never reaches Django: it is refused by its head, before its body is sent.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from waitress.parser import HTTPRequestParser
from waitress.utilities import RequestEntityTooLarge

POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'"


class TooLarge(RequestEntityTooLarge):
    """The same refusal, as a page."""

    def to_response(self, ident: str | None = None) -> tuple[str, list[tuple[str, str]], bytes]:
        """Status, headers and page."""
        with translation.override(settings.LANGUAGE_CODE):
            page = render_to_string("413.html", {"limit": settings.TENFOLD["UPLOAD_LIMIT"] // 2**20})
        headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Security-Policy", POLICY)]
        return "413 Content Too Large", headers, page.encode()


POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class Parser(HTTPRequestParser):
    """Reads requests as the server does."""

    error: Any

    def received(self, data: bytes) -> Any:
        """Take what came."""
        taken = super().received(data)
        if type(self.error) is RequestEntityTooLarge:
            self.error = TooLarge(self.error.body)
        return taken
