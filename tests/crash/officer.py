"""An officer at a browser that keeps trying: what she asks for goes over HTTP, as a page would send it."""

from __future__ import annotations

import http.client
import re
import secrets
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from typing import Any

from tests.support.cast import PASSWORD

GONE = (urllib.error.URLError, http.client.HTTPException, ConnectionError, TimeoutError)
"""What a browser meets when the house falls down under it."""


class _Stay(urllib.request.HTTPRedirectHandler):
    """Redirects are answers here."""

    def redirect_request(self, *_args: Any) -> None:
        return None


class Officer:
    """Signed in as a person of the cast."""

    def __init__(self, address: str, name: str = "t-county_officer_a", password: str = PASSWORD) -> None:
        self.address, self.name, self.password = address, name, password
        self.jar = CookieJar()
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar), _Stay())

    def sign_in(self) -> None:
        """Through the form."""
        self.ask("/accounts/login/")
        status, _headers, page = self.ask("/accounts/login/", {"login": self.name, "password": self.password})
        assert status == 302, page[:2000]

    def ask(self, path: str, fields: dict[str, str] | None = None, file: tuple[str, bytes] | None = None) -> Any:
        """(status, headers, text) of a page. Raises one of ``GONE`` where nobody answers."""
        request = urllib.request.Request(self.address + path)
        request.add_header("Referer", self.address + path)
        if fields is not None:
            token = {"csrfmiddlewaretoken": self.cookie("csrf")}
            request.data, kind = form({**token, **fields}, file)
            request.add_header("Content-Type", kind)
        try:
            with self.browser.open(request, timeout=30) as answer:
                return answer.status, answer.headers, answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.headers, answer.read().decode("utf-8", "replace")

    def cookie(self, word: str) -> str:
        """The value of the cookie whose name holds a word."""
        return next((str(cookie.value) for cookie in self.jar if word in cookie.name), "")

    def bring(self, data: bytes, period: str, name: str = "年报.xlsx", *, kind: str = "school-return") -> int:
        """Upload a table; the number of the import."""
        fields = {"kind": kind, "period": period, "under": "990100"}
        status, headers, page = self.ask("/imports/", fields, (name, data))
        assert status == 302, (status, re.sub(r"<[^>]+>|\s+", " ", page)[:1500])
        return int(headers["Location"].strip("/").rsplit("/", 1)[-1])

    def press(self, batch: int, what: str) -> int:
        """A button of an import: ``write``, ``check``, ``drop``; the status."""
        return int(self.ask(f"/imports/{batch}/{what}/", {})[0])


def form(fields: dict[str, str], file: tuple[str, bytes] | None) -> tuple[bytes, str]:
    """A form's body as a browser sends it, and its type."""
    if file is None:
        return urllib.parse.urlencode(fields).encode(), "application/x-www-form-urlencoded"
    mark = secrets.token_hex(12)
    head = "".join(
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    )
    head += f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{file[0]}"\r\n\r\n'
    return head.encode() + file[1] + f"\r\n--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"
