"""What officials do with the programme."""

from .periods import PeriodFault, announce, closes_on, due_periods, explain, freeze, keep_periods
from .plan import PlanFault, alter, apply, preview, share_out

__all__ = [
    "PeriodFault",
    "PlanFault",
    "alter",
    "announce",
    "apply",
    "closes_on",
    "due_periods",
    "explain",
    "freeze",
    "keep_periods",
    "preview",
    "share_out",
]
