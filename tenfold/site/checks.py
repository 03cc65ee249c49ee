"""What stops the start: a route without a right, a right that nobody declared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.checks import Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from tenfold.foundation.access.routes import right_of
from tenfold.foundation.declare import PUBLIC, SIGNED_IN, house


def routes(resolver: Any = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every route of the site with its full pattern."""
    for entry in (resolver or get_resolver()).url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, pattern)
        else:
            yield pattern, entry


@register()
def every_route_names_its_right(app_configs: Any, **kwargs: Any) -> list[Error]:
    """A page without a right, or with one that no manifest declares, does not start."""
    faults = []
    for pattern, entry in routes():
        right = right_of(entry.callback, entry.name or "")
        if right is None:
            faults.append(Error(f"the route {pattern} names no right", id="tenfold.E001"))
        elif right not in (PUBLIC, SIGNED_IN) and right.code not in house().rights:
            faults.append(
                Error(
                    f"the route {pattern} names {right.code}, which nobody declares",
                    id="tenfold.E002",
                )
            )
    return faults
