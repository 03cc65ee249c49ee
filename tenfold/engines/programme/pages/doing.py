"""From what a task's page sends to what a service is asked."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from tenfold.foundation.files import services as files
from tenfold.foundation.organisations.models import Organisation

from .. import services
from ..models import Assignment
from ..queries import material as materials
from .acts import Act, act

PLAIN = {
    "respond": services.respond, "pass_up": services.pass_up, "refuse": services.refuse, "review": services.review,
    "send_back": services.send_back, "conclude": services.conclude, "hand_out": services.hand_out,
    "remind": services.remind, "pass_on": services.pass_on, "extend": services.extend,
}  # fmt: skip
"""Acts that take a few words."""


class NotUnderstood(ValueError):
    """A form that is not filled rightly; ``act`` carries it with its faults."""

    def __init__(self, tried: Act, text: str = "") -> None:
        super().__init__(text)
        self.act = tried


def do(row: Assignment, door: str, sent: Any, sent_files: Any) -> None:
    """Do what was sent through a door. Raises :class:`NotUnderstood` with words where it cannot be done."""
    try:
        tried = act(sent.get("act", ""), row, sent, sent_files)
    except KeyError as fault:
        raise services.HandlingFault(_("Choose what is to be done.")) from fault
    if tried.kind.door != door:
        raise services.HandlingFault(_("Choose what is to be done."))
    if tried.form is not None and not tried.form.is_valid():
        raise NotUnderstood(tried)
    try:
        _done(row, tried, tried.form.cleaned_data if tried.form else {})
    except services.HandlingFault as fault:
        raise NotUnderstood(tried, str(fault)) from fault


def _done(row: Assignment, tried: Act, data: Any) -> None:
    code = tried.code
    if code in PLAIN:
        PLAIN[code](row, data["text"])
    elif code == "accept":
        services.accept(row)
    elif code == "ask":
        services.ask_extension(row, data["day"], data["text"])
    elif code == "name":
        services.name_handler(row, data["person"])
    elif code == "transfer":
        services.transfer(row, Organisation.objects.get(code=data["unit"]), data["text"])
    elif code == "submit":
        _submitted(row, data)


def _submitted(row: Assignment, data: Any) -> None:
    file = data.get("file")
    try:
        arrived = files.arrive(file.chunks()) if file else None
    except files.TooLarge as fault:
        raise services.HandlingFault(_("The file is too large.")) from fault
    services.submit(row, data["text"], file=arrived, name=file.name if file else "")


def decide(pk: int, sent: Any) -> Assignment | None:
    """Confirm Material or give it back; its assignment, None where it is not found."""
    found = materials.material(pk)
    if found is None:
        return None
    row = found.assignment
    code = "give_back" if sent.get("act") == "give_back" else "confirm"
    tried = act(code, row, sent, pk=pk)
    if tried.form is None or not tried.form.is_valid():
        raise NotUnderstood(tried)
    try:
        (services.give_back if code == "give_back" else services.confirm)(found, tried.form.cleaned_data["text"])
    except services.HandlingFault as fault:
        raise NotUnderstood(tried, str(fault)) from fault
    return row
