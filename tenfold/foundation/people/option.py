"""Whether this installation keeps pupils. Everything else runs without a single one."""

from __future__ import annotations

from django.conf import settings


def keeps_pupils() -> bool:
    """What ``TENFOLD_PUPILS`` says; off unless it was turned on."""
    return bool(settings.TENFOLD["PUPILS"])
