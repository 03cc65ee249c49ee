"""``@service``: the only door to a write."""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.module_loading import import_string

from tenfold.foundation.declare import Right
from tenfold.foundation.scope import require
from tenfold.foundation.scope.guard import permitted

P = ParamSpec("P")
R = TypeVar("R")


class Refused(PermissionDenied):
    """The one who acts does not hold the right."""


@dataclass
class Act:
    """One running service: what it changed, for the audit and for the facts."""

    name: str
    touches: tuple[str, ...]
    subject: str = ""
    place: str = ""
    why: str = ""
    count: int | None = None
    before: Any = None
    after: Any = None
    periods: set[str] = field(default_factory=set)


_act: ContextVar[Act | None] = ContextVar("tenfold_act", default=None)


def note(**words: Any) -> None:
    """Say what the running service does: ``subject``, ``place`` (a path), ``before``, ``after``, ``why``, ``count``."""
    act = _act.get()
    if act is None:
        raise RuntimeError("note() belongs inside a service")
    for word, value in words.items():
        if word not in Act.__dataclass_fields__:
            raise TypeError(word)
        setattr(act, word, value)


def touch(*periods: str) -> None:
    """Say which periods' facts the running service changes."""
    act = _act.get()
    if act is None:
        raise RuntimeError("touch() belongs inside a service")
    act.periods.update(periods)


def service(*, right: Right | None, touches: tuple[str, ...] = ()) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function a service.

    ``right``: what the one who acts must hold (None: system contexts only). ``touches``: facts that
    become dirty for the periods said by :func:`touch`. The transaction is whole or not at all.
    """

    def wrap(function: Callable[P, R]) -> Callable[P, R]:
        name = f"{function.__module__.removeprefix('tenfold.').replace('.services', '')}.{function.__name__}"

        @functools.wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            from tenfold.foundation.audit import services as audit

            context = require()
            if not (context.everywhere or (right is not None and context.may(right))):
                raise Refused(name)
            act = Act(name, touches)
            token = _act.set(act)
            try:
                with transaction.atomic(), permitted("service"):
                    result = function(*args, **kwargs)
                    audit.record(
                        act.name,
                        subject=act.subject,
                        place=act.place,
                        before=act.before,
                        after=act.after,
                        why=act.why,
                        count=act.count,
                    )
                    _mark(act)
                return result
            finally:
                _act.reset(token)

        run.tenfold_service = (name, right, touches)  # type: ignore[attr-defined]
        return run

    return wrap


def _mark(act: Act) -> None:
    if not (act.periods and act.touches):
        return
    from .models import DirtyFact  # models load after the packages do

    DirtyFact.objects.bulk_create(
        DirtyFact(fact=fact, period=period) for fact in act.touches for period in sorted(act.periods)
    )
    hook = settings.TENFOLD.get("ON_TOUCHED")
    if hook:
        transaction.on_commit(import_string(hook))
