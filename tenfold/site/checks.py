"""What stops the start: a route without a right, a right nobody declares or holds, a field without a class."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.checks import Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from tenfold.engines.programme import evidence
from tenfold.foundation.access.roles import roles
from tenfold.foundation.access.routes import right_of
from tenfold.foundation.declare import PUBLIC, SIGNED_IN, house
from tenfold.foundation.fields import unclassed_fields


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


@register()
def every_right_is_declared_and_held(app_configs: Any, **kwargs: Any) -> list[Error]:
    """roles.toml and the manifests speak of the same rights."""
    declared = set(house().rights)
    named = {right: role.code for role in roles().values() for right in role.rights}
    unknown = [
        Error(f"roles.toml: {named[right]} holds {right}, which nobody declares", id="tenfold.E003")
        for right in sorted(set(named) - declared)
    ]
    idle = [
        Error(f"roles.toml: no role holds {right}, declared by {house().owner[f'rights:{right}']}", id="tenfold.E004")
        for right in sorted(declared - set(named))
    ]
    return unknown + idle


@register()
def every_field_has_a_class(app_configs: Any, **kwargs: Any) -> list[Error]:
    """A column of which nobody said how sensitive it is may not hold anything."""
    return [Error(f"the field {name} has no class", id="tenfold.E005") for name in unclassed_fields()]


@register()
def no_criterion_reads_what_may_not_decide(app_configs: Any, **kwargs: Any) -> list[Error]:
    """A task is decided by records: never by a trace of use, a file or a position."""
    criteria = house().criteria.values()
    return [Error(fault, id="tenfold.E006") for each in criteria for fault in evidence.faults(each)]
