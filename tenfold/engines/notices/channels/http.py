"""One request to a configured address: no redirects, a time limit, and no secret in what is told of a fault."""

from __future__ import annotations

import http.client
import json
import ssl
import time
from typing import Any
from urllib.parse import urlencode, urlsplit

from .faults import Down

SECONDS = 10.0
MOST = 64 * 1024
"""Bytes of an answer that are read."""


def request(
    method: str, url: str, *, query: dict[str, str] | None = None, headers: dict[str, str] | None = None,
    body: bytes | None = None, seconds: float | None = None,
) -> tuple[int, bytes]:  # fmt: skip
    """Status and body. Raises :class:`Down` where nobody answers in time, or with 429 or 5xx."""
    parts = urlsplit(url)
    path = parts.path or "/"
    asked = "&".join(word for word in (parts.query, urlencode(query or {})) if word)
    limit = SECONDS if seconds is None else seconds
    made: http.client.HTTPConnection
    if parts.scheme == "https":
        made = http.client.HTTPSConnection(
            parts.hostname or "", parts.port, timeout=limit, context=ssl.create_default_context()
        )
    else:
        made = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=limit)
    try:
        made.request(method, f"{path}?{asked}" if asked else path, body=body, headers=headers or {})
        answer = made.getresponse()
        status, text = answer.status, answer.read(MOST)
    except (OSError, http.client.HTTPException) as fault:
        raise Down(type(fault).__name__) from None
    finally:
        made.close()
    if status == 429 or status >= 500:
        raise Down(f"HTTP {status}")
    return status, text


def ask(method: str, url: str, query: dict[str, str], data: Any = None) -> dict[str, Any]:
    """A request in JSON whose answer is an object in JSON; anything else is :class:`Down`."""
    body = None if data is None else json.dumps(data, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json; charset=utf-8"} if body else {}
    status, text = request(method, url, query=query, headers=headers, body=body)
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if status != 200 or not isinstance(found, dict):
        raise Down(f"HTTP {status}, no answer in JSON")
    return found


class Tokens:
    """Access tokens, in this process's memory alone, until shortly before they expire."""

    def __init__(self) -> None:
        self.held: dict[str, tuple[str, float]] = {}

    def get(self, name: str) -> str | None:
        """The token that is still good."""
        token, until = self.held.get(name, ("", 0.0))
        return token if token and time.monotonic() < until else None

    def put(self, name: str, token: str, seconds: float) -> str:
        """Keep a token for its time, less five minutes."""
        self.held[name] = (token, time.monotonic() + max(60.0, seconds - 300))
        return token

    def drop(self, name: str) -> None:
        """It is not good any more."""
        self.held.pop(name, None)
