"""The programme's own work, repeated: periods are announced, heard and frozen; units reminded of what falls due."""

from __future__ import annotations

from typing import Any

from . import services


def keep_periods(run: Any) -> None:
    """End the parts of who was closed, announce the hearings that begin, freeze the periods that have closed."""
    services.follow_trees()
    services.keep_periods()


def remind_due(run: Any) -> None:
    """Remind the units of what falls due or is overdue, by the rules."""
    services.remind_due()
