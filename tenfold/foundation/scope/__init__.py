"""Who is asking, in which post, and which places she reaches: scope by construction.

A query on a scoped model raises when its SQL is compiled without an access context.
"""

from .context import AccessContext, NoAccessContext, acting, as_system, current, once, only_looking, require

__all__ = [
    "AccessContext",
    "NoAccessContext",
    "acting",
    "as_system",
    "current",
    "once",
    "only_looking",
    "require",
]
