"""The access context: set by the middleware for a request, by name for a job or a command."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")


class NoAccessContext(RuntimeError):
    """Scoped data were asked for without saying who asks."""


@dataclass(frozen=True)
class AccessContext:
    """Who asks, in which post, and what she reaches.

    ``places`` are path prefixes of the organisation tree; ``persons`` ids that are her own;
    ``rights`` codes of roles.toml. ``everywhere`` is for named system contexts alone.
    """

    name: str
    person: int | None = None
    post: int | None = None
    organisation: int | None = None
    role: str = ""
    rights: frozenset[str] = field(default_factory=frozenset)
    places: tuple[str, ...] = ()
    persons: frozenset[int] = field(default_factory=frozenset)
    everywhere: bool = False

    def may(self, right: object) -> bool:
        """Whether she holds a right (a Right or its code)."""
        return self.everywhere or str(right) in self.rights

    def reaches(self, path: str) -> bool:
        """Whether a place lies within her scope."""
        return self.everywhere or any(path.startswith(prefix) for prefix in self.places)


_current: ContextVar[AccessContext | None] = ContextVar("tenfold_access", default=None)


def current() -> AccessContext | None:
    """The access context, or None."""
    return _current.get()


def require() -> AccessContext:
    """The access context; raises :class:`NoAccessContext` where there is none."""
    context = _current.get()
    if context is None:
        raise NoAccessContext("no access context: who is asking?")
    return context


@contextmanager
def acting(context: AccessContext | None) -> Iterator[AccessContext | None]:
    """Act as ``context`` inside the block."""
    token = _current.set(context)
    try:
        yield context
    finally:
        _current.reset(token)


@contextmanager
def as_system(name: str) -> Iterator[AccessContext]:
    """A named system context that reaches everywhere; its name stands in the audit."""
    context = AccessContext(name=f"system:{name}", everywhere=True)
    with acting(context):
        yield context


_looked: ContextVar[dict[Hashable, Any] | None] = ContextVar("tenfold_looked", default=None)


@contextmanager
def only_looking(really: bool = True) -> Iterator[None]:
    """While a page is only looked at nothing is written: what :func:`once` asks is kept until the block ends."""
    token = _looked.set({} if really else None)
    try:
        yield
    finally:
        _looked.reset(token)


def once(key: Hashable, ask: Callable[[], T]) -> T:
    """What ``ask`` tells; asked once while a page is looked at, every time elsewhere. Say in ``key`` who asks."""
    kept = _looked.get()
    if kept is None:
        return ask()
    if key not in kept:
        kept[key] = ask()
    return kept[key]
