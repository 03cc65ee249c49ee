"""A page names its right where it is registered; one without does not start."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from .words import Right

PUBLIC = Right("public", "")
"""Anybody, signed in or not: sign-in, the accessibility statement, static papers."""
SIGNED_IN = Right("signed_in", "")
"""Everybody who has signed in and holds a post."""


def page(
    route: str,
    view: Callable[..., Any],
    *,
    right: Right,
    name: str,
    methods: tuple[str, ...] = ("GET",),
) -> URLPattern:
    """Register a page: its route, the right that opens it, and the methods it answers.

    The right is enforced by the middleware of ``access`` before the view runs; the mark on the view
    is what the start-up check and the permission walk read.
    """
    if not isinstance(right, Right):
        raise TypeError(f"{route}: a page names its right")

    def door(request: Any, *args: Any, **kwargs: Any) -> Any:
        return view(request, *args, **kwargs)

    door.__name__ = getattr(view, "__name__", name)
    door.__doc__ = view.__doc__
    door.__module__ = view.__module__
    door.tenfold_right = right  # type: ignore[attr-defined]
    door.tenfold_methods = methods  # type: ignore[attr-defined]
    return path(route, door, name=name)
