"""Long work: enqueued by name in the caller's transaction, leased to a worker, taken over when that one dies.

A job ends in the transaction of its effect: a worker that has lost its lease cannot end it, and rolls back.
"""

from .running import Cancelled, InlineRun, LostLease, Released, Run
from .services import ask_cancel, enqueue

__all__ = ["Cancelled", "InlineRun", "LostLease", "Released", "Run", "ask_cancel", "enqueue"]
