"""Today."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """Today in the city's time zone, or the day that ``TENFOLD_TODAY`` names."""
    fixed = settings.TENFOLD["TODAY"]
    return date.fromisoformat(fixed) if fixed else timezone.localdate()


def now() -> datetime:
    """The real clock, for time stamps of the audit and of jobs; never for what day it is."""
    return timezone.now()
