"""Masks: what a page shows of a sensitive value."""

from __future__ import annotations

SHORT = 4
"""Up to this length a value shows its first character alone: a name shows the surname."""


def mask(value: str) -> str:
    """A value with its middle hidden: 张*, 13****34. At least half of it is never shown; unknown stays empty."""
    length = len(value)
    if length <= 1:
        return "*" * length
    if length <= SHORT:
        return value[0] + "*" * (length - 1)
    left, right = min(3, length // 4), min(4, length // 4)
    return f"{value[:left]}****{value[-right:]}"
