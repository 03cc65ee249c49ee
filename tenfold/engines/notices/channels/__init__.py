"""The ways out of the house: each speaks one published protocol, and says in one of three faults why it could not.

``Down``: the channel did not answer, was busy, or does not know us: it rests, everything waits. ``NotThere``: it
knows no such person. ``Unclear``: it refused this one message for a reason not known here: tried again, not for ever.
"""

from __future__ import annotations

from typing import Any

from . import dingtalk, mail, sms, wecom
from .config import ChannelFault, configuration
from .faults import Down, Message, NotThere, Unclear

__all__ = ["ChannelFault", "Down", "Message", "NotThere", "Unclear", "configured", "deliver", "group_of"]

SENDERS: dict[str, Any] = {
    "email": mail.send,
    "dingtalk": dingtalk.send,
    "dingtalk_group": dingtalk.send_to_group,
    "wecom": wecom.send,
    "sms": sms.send,
}


def configured() -> frozenset[str]:
    """The ways to a person that this house has."""
    return frozenset(configuration()) - {"groups"}


def group_of(organisation: str) -> dict[str, Any] | None:
    """The robot of an organisation's group, by the organisation's code."""
    found: dict[str, Any] | None = configuration().get("groups", {}).get(organisation)
    return found


def deliver(channel: str, address: str, message: Message) -> None:
    """Send one message. Raises one of the three faults; silence means that the channel took it."""
    words = group_of(address) if channel == "dingtalk_group" else configuration().get(channel)
    if words is None:
        raise Down("not configured")
    SENDERS[channel](words, address, message)
