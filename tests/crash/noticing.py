"""The work of telling: notices to people who are reached by text message, queued while workers are killed.

Runs inside the installation under test. Every notice has people of its own, so that each message that the gateway
took can be told from every other.
"""

from __future__ import annotations

from typing import Any

from tenfold.engines.notices.models import Addressed, Sending, State
from tenfold.engines.notices.services import tell
from tenfold.foundation.acts import permitted, service
from tenfold.foundation.jobs import enqueue
from tenfold.foundation.jobs.models import Job
from tenfold.foundation.people.models import Person
from tenfold.foundation.scope import as_system

PEOPLE = 40
"""People of one notice."""


def prepare() -> None:
    """Nothing stands yet."""


def phone(notice: int, person: int) -> str:
    """The number of one of a notice's people."""
    return f"139{notice:04}{person:04}"


@service(right=None)
def queue(number: int) -> None:
    """One notice to people whom nobody has told of anything yet."""
    people = [
        Person(number=f"N-{number}-{i}", name=f"第{i}人", phone=phone(number, i)) for i in range(PEOPLE)
    ]  # fmt: skip
    with permitted("jobs"):
        made = Person.objects.bulk_create(people)
    tell("notices.urgent", to=made, title=f"停课通知第{number}号", key=f"crash.{number}")


@service(right=None)
def ask() -> None:
    """Ask the worker to send what is due."""
    enqueue("notices.send", key="notices.send")


def step(bring: int) -> dict[str, Any]:
    """See that every addressee of what was queued has one message of her own; queue more."""
    with as_system("tests"):
        faults = [] if Sending.objects.count() == Addressed.objects.count() else ["a message was lost or doubled"]
        faults += [f"{row.key} became {row.state}" for row in Sending.objects.exclude(state__in=GOOD)]
        told = Addressed.objects.count() // PEOPLE
        for number in range(bring):
            queue(told + number)
        open_ = Sending.objects.exclude(state=State.SENT)
        ask()  # the run that else comes once a minute
        return {
            "faults": faults,
            "held": Job.objects.filter(name="notices.send", state="running").count(),
            "open": -(-open_.count() // PEOPLE),
            "queued": Sending.objects.count(),
        }


GOOD = (State.WAITING, State.SENDING, State.SENT)


def settled() -> list[str]:
    """When all is done: every message is written down as sent, and no claim is left over."""
    faults: list[str] = list(step(0)["faults"])
    with as_system("tests"):
        left = Sending.objects.exclude(state=State.SENT, claim="", lease_until=None)
        faults += [f"{row.key} is {row.state} under {row.claim}" for row in left]
    return faults


def phones() -> list[str]:
    """Everybody whom the notices had to reach."""
    with as_system("tests"):
        return [row.person.phone or "" for row in Addressed.objects.select_related("person")]
