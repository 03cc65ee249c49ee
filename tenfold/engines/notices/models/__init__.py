"""Notices, to whom they are addressed, and what goes out of the house."""

from .notices import Addressed, Notice, Receipt, Settings
from .outgoing import ChannelRest, OutboxMail, Sending, State

__all__ = [
    "Addressed",
    "ChannelRest",
    "Notice",
    "OutboxMail",
    "Receipt",
    "Sending",
    "Settings",
    "State",
]
