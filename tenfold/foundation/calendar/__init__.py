"""The only source of today."""
import os
from datetime import date

from django.conf import settings


def today() -> date:
    """Today, or TENFOLD_TODAY."""
    fixed = settings.TENFOLD["TODAY"]
    return date.fromisoformat(fixed) if fixed else date.today()
