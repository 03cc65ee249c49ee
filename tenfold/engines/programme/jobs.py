"""The programme's own work, repeated: periods are announced, heard and frozen on their days."""

from __future__ import annotations

from typing import Any

from . import services


def keep_periods(run: Any) -> None:
    """Announce the hearings that begin, freeze the periods that have closed."""
    services.keep_periods()
