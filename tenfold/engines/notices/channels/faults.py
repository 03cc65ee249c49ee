"""What goes out, and why it could not."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Message:
    """What leaves the house: a title and where to read more. ``key`` is the same at every try of one message."""

    title: str
    text: str
    key: str


class Down(Exception):
    """The channel as a whole does not work now. It rests."""


class NotThere(Exception):
    """The channel knows no such person."""


class Unclear(Exception):
    """The channel refused this message, and nobody knows whether it always will."""
