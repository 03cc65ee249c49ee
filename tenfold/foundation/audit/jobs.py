"""Sealing, every minute."""

from __future__ import annotations

from typing import Any


def seal(run: Any) -> None:
    """Seal what has settled."""
    from tenfold.foundation.audit import services

    services.seal()
