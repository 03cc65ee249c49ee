"""Every route of the site with what may stand in its address, found from converters, declarations and models."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice, product
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import transaction
from django.urls import URLPattern, reverse
from django.urls.resolvers import RegexPattern

import tenfold
from tenfold.foundation.access.routes import right_of
from tenfold.foundation.declare import Right, house
from tenfold.foundation.scope import as_system
from tenfold.site.checks import routes

from .world import PERIOD, Walker, World, belongs_to

OTHERS: dict[str, tuple[str, ...]] = {
    "uidb36": ("1",),
    "key": ("set-password",),
    "standard": ("balanced-compulsory-2017", "basic-balanced-2012"),
    "period": ("2023-09", "2023Q3"),
    "item": ("special_funds", "rotation", "left_behind_migrant", "grave_events"),
    "number": ("2",),
}
"""Values of an address that neither a declaration nor a unique field of a model holds. THE one table to add to."""

BODIES: dict[str, Callable[[Walker], dict[str, Any]]] = {
    "import_fix": lambda walker: {"act": "skip_all"},
    "switch_post": lambda walker: {"post": walker.context.post if walker.context else 0},
}
"""What a POST route needs to be understood at all; nothing, for most."""

ASKS: dict[str, tuple[str, ...]] = {"part": ("popover", "drawer"), "as": ("csv",), "step": ("columns",), "all": ("1",)}
"""Friendly words of an address's query, where a page has another face behind them."""

MOST = 4
"""So many rows of a kind are tried at a door."""

PLACEHOLDER = re.compile(r"<(?:(?P<converter>\w+):)?(?P<name>\w+)>")


class Unwalkable(AssertionError):
    """No value is known for an address."""


@dataclass(frozen=True)
class Sample:
    """One address of a door and the rows that it names."""

    url: str
    rows: tuple[Any, ...] = ()


@dataclass
class Door:
    """One route: its right, its methods, its package, and addresses that open it."""

    pattern: str
    entry: URLPattern
    right: Right | None
    methods: tuple[str, ...]
    samples: list[Sample] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What the walk calls it."""
        return self.entry.name or self.pattern

    @property
    def package(self) -> str:
        """The package of its view, as ``exchange``."""
        parts = getattr(self.entry.callback, "__module__", "").split(".")
        return parts[2] if parts[0] == "tenfold" and len(parts) > 2 else ""

    @property
    def names(self) -> list[str]:
        """The parts of its address that vary."""
        if isinstance(self.entry.pattern, RegexPattern):
            return list(self.entry.pattern.regex.groupindex)
        return [m["name"] for m in PLACEHOLDER.finditer(self.pattern)]

    @cached_property
    def query_words(self) -> list[str]:
        """The words that its package reads from an address's query."""
        folder = next(Path(tenfold.__path__[0]).glob(f"*/{self.package}"), None) if self.package else None
        text = "".join(f.read_text("utf-8") for f in folder.rglob("*.py")) if folder else ""
        found = re.findall(r"GET\.(?:get|getlist)\(\s*\"(\w+)\"|\bquery\.get\(\s*\"(\w+)\"", text)
        return sorted({a or b for a, b in found} | {"place", "q"})

    def url(self, values: dict[str, Any]) -> str:
        """Its address with values in their places."""
        if isinstance(self.entry.pattern, RegexPattern):
            return reverse(self.name, kwargs=values)
        return "/" + PLACEHOLDER.sub(lambda m: str(values[m["name"]]), self.pattern)


def doors() -> list[Door]:
    """All routes of the site."""
    return [
        Door(pattern, entry, right_of(entry.callback, entry.name or ""), getattr(entry.callback, "tenfold_methods", ()))
        for pattern, entry in routes()
    ]


def _fits(door: Door, name: str, value: Any) -> bool:
    converter = getattr(door.entry.pattern, "converters", {}).get(name)
    return converter is None or re.fullmatch(converter.regex, str(value)) is not None


def _declared() -> Iterator[str]:
    assembled = house()
    kinds = (assembled.indicators, assembled.readers, assembled.rooms, assembled.facts, assembled.duties)
    for kind in (*kinds, assembled.papers):
        yield from islice(kind, MOST)


def _rows(name: str, package: str) -> Iterator[tuple[Any, Any]]:
    """(value, row) of every model that the name may mean: its key, or a unique field so called; own package first."""
    mine = [m for m in apps.get_models() if m.__module__.startswith("tenfold.")]
    for model in sorted(mine, key=lambda m: m._meta.app_label != package):
        meta = model._meta
        if name in ("pk", "id", meta.model_name, f"{meta.model_name}_pk", f"{meta.model_name}_id"):
            attribute = "pk"
        elif any(f.name == name and f.unique for f in meta.local_fields):
            attribute = name
        else:
            continue
        with as_system("tests"):
            for row in model._default_manager.order_by("pk"):
                yield getattr(row, attribute), row


def candidates(door: Door, name: str) -> list[tuple[Any, Any]]:
    """What may stand for a part of an address, with the row that it names (None for what is declared)."""
    rows = list(_rows(name, door.package))
    own = [(value, row) for value, row in rows if row._meta.app_label == door.package]
    found = [*own, *((code, None) for code in (*_declared(), *OTHERS.get(name, ()))), *rows[len(own) :]]
    return [(value, row) for value, row in found if _fits(door, name, value)]


def _opens(world: World, walker: Walker, url: str) -> bool:
    with transaction.atomic():
        answer = walker.client.get(url)
        transaction.set_rollback(True)
    return answer.status_code not in (403, 404)


def find_samples(world: World, all_doors: list[Door]) -> None:
    """Give every door its addresses. Raises :class:`Unwalkable` where none is known.

    A door that reads is tried by the probe, who holds every right and reaches the whole city. One that only
    writes takes the values of the reading door whose address begins alike.
    """
    known: dict[tuple[str, ...], dict[str, list[Found]]] = {}
    reading = [d for d in all_doors if "GET" in (d.methods or ("GET",))]
    for door in [*reading, *(d for d in all_doors if d not in reading)]:
        names = tuple(door.names)
        if not names:
            door.samples = [Sample(door.url({}))]
            continue
        alike = known.get(names, {})
        found = _tried(world, door, alike) if door in reading else _alike(door, alike)
        if not found and door not in reading:
            found = _likely(door)
        if not found:
            raise Unwalkable(
                f"the walk knows no value for {', '.join(names)} of the route {door.pattern}: give the world of "
                f"tests/house/world.py a row that it opens, or add the word to OTHERS in tests/house/doors.py"
            )
        known.setdefault(names, {})[door.pattern] = found
        door.samples = [Sample(door.url(f.values) + f.query, f.rows) for f in found]


@dataclass(frozen=True)
class Found:
    """Values that open a door, the rows they name, and the query it wants."""

    values: dict[str, Any]
    rows: tuple[Any, ...] = ()
    query: str = ""


def _tried(world: World, door: Door, known: dict[str, list[Found]]) -> list[Found]:
    """First the values of a door whose address begins alike, then all that may stand there, kind by kind."""
    if isinstance(door.entry.pattern, RegexPattern):
        values = {name: OTHERS[name][0] for name in door.names if name in OTHERS}
        return [Found(values)] if len(values) == len(door.names) else []
    if found := [f for old in _alike(door, known) if (f := _opening(world, door, old))]:
        return found
    choices = [candidates(door, name) for name in door.names]
    found, kinds = [], set()
    for combination in product(*choices):
        rows = tuple(row for _value, row in combination if row is not None)
        kind = tuple(type(row) for row in rows)
        if (kinds and kind not in kinds) or len(found) >= (MOST * 4 if rows else 1):
            break
        values = {n: value for n, (value, _row) in zip(door.names, combination, strict=True)}
        if hit := _opening(world, door, Found(values, rows)):
            found.append(hit)
            kinds.add(kind)
    return [*found, *_of_others(choices, found)] if len(door.names) == 1 else found


def _opening(world: World, door: Door, found: Found) -> Found | None:
    for query in ("", f"?period={PERIOD}") if "period" in door.query_words else ("",):
        if _opens(world, world.probe, door.url(found.values) + query):
            return Found(found.values, found.rows, query)
    return None


def _likely(door: Door) -> list[Found]:
    """Rows of the first kind that an address may name: for what only writes and has no page beside it."""
    choices = [candidates(door, name)[: MOST * 4] for name in door.names]
    found = [
        Found(
            {n: value for n, (value, _row) in zip(door.names, combination, strict=True)},
            tuple(row for _value, row in combination if row is not None),
        )
        for combination in islice(product(*choices), MOST * 4)
    ]
    return [f for f in found if [*map(type, f.rows)] == [*map(type, found[0].rows)]]


def _of_others(choices: list[list[tuple[Any, Any]]], found: list[Found]) -> list[Found]:
    """Rows that are each person's own: the probe opens hers alone, the walk needs the others' too."""
    kinds = {type(f.rows[0]) for f in found if f.rows and belongs_to(f.rows[0])[0] is None and belongs_to(f.rows[0])[1]}
    opened = {f.rows for f in found}
    (name,) = {n for f in found for n in f.values} or {""}
    return [
        Found({name: value}, (row,)) for value, row in choices[0] if type(row) in kinds and (row,) not in opened
    ]  # fmt: skip


def _alike(door: Door, known: dict[str, list[Found]]) -> list[Found]:
    """The values of the reading door whose address begins alike, up to the part that varies at least."""

    def alike(pattern: str) -> int:
        return next((i for i, (a, b) in enumerate(zip(pattern, door.pattern, strict=False)) if a != b), len(pattern))

    best = max(known, key=alike, default="")
    head = door.pattern.partition("<")[0]
    return [Found(f.values, f.rows) for f in known[best]] if best and alike(best) >= len(head) else []
