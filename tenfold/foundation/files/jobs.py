"""Sweeping, every six hours."""

from __future__ import annotations

from typing import Any


def sweep(run: Any) -> None:
    """Take away what broke off."""
    from . import services

    services.sweep()
