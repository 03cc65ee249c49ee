"""Every write of the importer: a file is received, checked, repaired, written, or dropped."""

from .receiving import OPEN, confirm_columns, drop, receive, start
from .repairing import LARGE, keep_value, leave_out, put_back, replace_value, take_suggestions
from .staging import Progress, check
from .writing import Conflict, NotReady, note_conflict, write

__all__ = [
    "LARGE",
    "OPEN",
    "Conflict",
    "NotReady",
    "Progress",
    "check",
    "confirm_columns",
    "drop",
    "keep_value",
    "leave_out",
    "note_conflict",
    "put_back",
    "receive",
    "replace_value",
    "start",
    "take_suggestions",
    "write",
]
