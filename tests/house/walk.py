"""The walk itself: every door as everybody, what is expected derived from right, method and scope."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from django.db import connection, transaction

from tenfold.foundation.declare import PUBLIC, SIGNED_IN
from tenfold.foundation.scope.guard import _WRITES

from .doors import ASKS, BODIES, Door, Sample
from .world import Walker, World, belongs_to

FREE = ("django_session", "access_account")
"""Tables that a look may write: the session, and the last sign-in."""

DONE = (200, 302, 303, 204)
UNDERSTOOD = (*DONE, 400, 422)
"""What a door answers to those who may: done, or said what is wrong with what was sent."""


@dataclass
class Answer:
    """What came back, and what was written meanwhile."""

    status: int
    text: str = ""
    wrote: list[str] = field(default_factory=list)
    location: str = ""


@contextmanager
def watched() -> Iterator[list[str]]:
    """The statements inside that change a table other than the free ones."""
    seen: list[str] = []

    def look(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if _WRITES.match(sql) and not any(f'"{table}"' in sql[:80] for table in FREE):
            seen.append(sql[:100])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield seen


def plain(response: Any) -> str:
    """All that a response shows: its text, its file's name, the parts of a workbook."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            body = b"\n".join(parts.read(name) for name in parts.namelist())
    return body.decode("utf-8", "replace") + unquote(response.headers.get("Content-Disposition", ""))


def ask(walker: Walker, method: str, url: str, body: dict[str, str] | None = None) -> Answer:
    """Ask once; whatever it did is taken back."""
    cookies = walker.client.cookies.copy()
    with transaction.atomic(), watched() as wrote:
        try:
            response = getattr(walker.client, method.lower())(url, body or {})
            answer = Answer(response.status_code, plain(response), wrote, response.headers.get("Location", ""))
        except Exception as fault:  # what a browser would see as 500 is told with its kind
            answer = Answer(500, f"{type(fault).__name__}: {fault}", wrote)
        transaction.set_rollback(True)
    walker.client.cookies = cookies
    return answer


def only_looks(walker: Walker, door: Door) -> bool:
    """Whether all rights of a role, in the package of a door with a right, are to see something or to take it out."""
    rights = walker.context.rights if walker.context else ()
    package = "" if door.right in (PUBLIC, SIGNED_IN) else f"{door.right.code.partition('.')[0]}."
    return all(code.partition(".")[2].startswith(("see", "export")) for code in rights if code.startswith(package))


def expected(walker: Walker, door: Door, method: str, sample: Sample) -> tuple[int, ...]:
    """The statuses that right, method and scope allow."""
    if door.right is PUBLIC:
        return (*UNDERSTOOD, *(() if door.methods else (405,))) if method in (door.methods or (method,)) else (405,)
    if walker.person is None or walker.context is None:  # with the last post the session has ended
        return (302,) if method == "GET" else (403,)
    if door.right is not SIGNED_IN and not walker.may(door.right):
        return (403,)
    if door.methods and method not in door.methods:
        return (405,)
    if not all(map(walker.reaches, sample.rows)):
        return (404,)
    return UNDERSTOOD if method == "GET" else (*UNDERSTOOD, 403)


def leaks(world: World, walker: Walker, url: str, text: str) -> list[str]:
    """Words of places and people outside her scope that a text shows; what she herself sent is no leak."""
    sent = unquote(url)
    text = text.replace("&amp;", "&").replace(url, "").replace(url.replace("&", "&amp;"), "")
    return sorted(
        word
        for word in world.foreign_words(walker)
        if word in text and word not in sent and re.search(rf"(?<![0-9A-Za-z]){re.escape(word)}(?![0-9A-Za-z])", text)
    )


def tried(world: World, walker: Walker, door: Door, method: str, sample: Sample) -> Iterator[str]:
    """The faults of one door for one walker."""
    wanted = expected(walker, door, method, sample)
    body = BODIES[door.name](walker) if method == "POST" and door.name in BODIES else None
    answer = ask(walker, method, sample.url, body)
    who = f"{walker.name}: {method} {sample.url}"
    if answer.status not in wanted:
        told = answer.text[:200] if answer.status == 500 else ""
        yield f"{who}: {answer.status} instead of {' or '.join(map(str, wanted))} {told}"
    if walker.person is None and wanted == (302,) and not answer.location.startswith("/accounts/login/"):
        yield f"{who}: sent to {answer.location!r} instead of the sign-in"
    if answer.wrote and only_looks(walker, door) and not door.name.startswith("account_") and not _own(sample):
        yield f"{who}: changed something though the role may only look: {answer.wrote[0]}"
    if answer.wrote and (method == "GET" or answer.status not in DONE):
        yield f"{who}: changed something though it answered {answer.status}: {answer.wrote[0]}"
    if found := leaks(world, walker, sample.url, answer.text):
        yield f"{who}: shows {', '.join(found)}"


def _own(sample: Sample) -> bool:
    """Whether an address names somebody's own things alone, as her jobs."""
    return bool(sample.rows) and all(belongs_to(row)[0] is None for row in sample.rows)


def methods(door: Door, sample: Sample, first: Sample) -> tuple[str, ...]:
    """What is tried at an address: the door's own methods at each, the wrong one at the first alone."""
    own = door.methods or ("GET", "POST")
    return ("GET", "POST") if sample is first else own


def chosen(walker: Walker, door: Door) -> list[Sample]:
    """Up to two addresses within her reach and two without, of those that the door has."""
    inside = [s for s in door.samples if all(map(walker.reaches, s.rows))]
    outside = [s for s in door.samples if s not in inside]
    return [*inside[:1], *inside[1:][-1:], *outside[:1], *outside[1:][-1:]]


def faces(world: World, walker: Walker, door: Door, sample: Sample) -> Iterator[Sample]:
    """The address with each word that its package reads from a query: friendly, and naming a foreign place."""
    foreign = world.foreign_places(walker)
    joint = "&" if "?" in sample.url else "?"
    for word in door.query_words:
        values = list(ASKS.get(word, ()))
        if not values:
            places = (foreign[0], foreign[-1]) if word == "place" else foreign[-1:]
            values = [place.name if word == "q" else place.code for place in places]
        yield from (Sample(f"{sample.url}{joint}{word}={value}", sample.rows) for value in values)


def asked(world: World, walker: Walker, door: Door) -> Iterator[str]:
    """The faults of a door whose address asks, word by word, for another face or for a foreign place."""
    if "GET" not in (door.methods or ("GET",)) or not (door.right is SIGNED_IN or walker.may(door.right)):
        return
    sample = chosen(walker, door)[0]
    for face in faces(world, walker, door, sample):
        answer = ask(walker, "GET", face.url)
        if answer.status not in (*UNDERSTOOD, 404):
            told = answer.text[:200] if answer.status == 500 else ""
            yield f"{walker.name}: GET {face.url}: {answer.status} {told}"
        if answer.wrote:
            yield f"{walker.name}: GET {face.url}: changed something: {answer.wrote[0]}"
        if found := leaks(world, walker, face.url, answer.text):
            yield f"{walker.name}: GET {face.url}: shows {', '.join(found)}"
