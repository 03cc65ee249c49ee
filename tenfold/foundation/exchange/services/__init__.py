"""Every write of the importer: a file is received, checked, repaired, written, undone, or dropped."""

from .receiving import OPEN, confirm_columns, drop, receive, start
from .repairing import LARGE, keep_value, leave_out, put_back, replace_value, take_suggestions
from .staging import Progress, check
from .undoing import CannotUndo, Since, ask_undo, grow_old, is_large, note_hindrance, undo
from .writing import Conflict, NotReady, note_conflict, write

__all__ = [
    "LARGE",
    "OPEN",
    "CannotUndo",
    "Conflict",
    "NotReady",
    "Progress",
    "Since",
    "ask_undo",
    "check",
    "confirm_columns",
    "drop",
    "grow_old",
    "is_large",
    "keep_value",
    "leave_out",
    "note_conflict",
    "note_hindrance",
    "put_back",
    "receive",
    "replace_value",
    "start",
    "take_suggestions",
    "undo",
    "write",
]
