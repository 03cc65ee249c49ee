"""What officials do with the programme."""

from .plan import PlanFault, alter, apply, preview, share_out

__all__ = ["PlanFault", "alter", "apply", "preview", "share_out"]
