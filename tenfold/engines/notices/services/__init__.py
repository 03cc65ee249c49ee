"""Writes of notices. Other engines call :func:`tell`; the rest is asked for by this package's own pages."""

from ..addressing import HEADS, Posts
from .marking import NotFound, enter_paper, mark_read, sign
from .sending import NobodyFits, TooSoon, remind, save_settings, write_notice
from .telling import LONGEST, TellFault, Told, tell

__all__ = [
    "HEADS",
    "LONGEST",
    "NobodyFits",
    "NotFound",
    "Posts",
    "TellFault",
    "Told",
    "TooSoon",
    "enter_paper",
    "mark_read",
    "remind",
    "save_settings",
    "sign",
    "tell",
    "write_notice",
]
