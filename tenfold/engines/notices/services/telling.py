"""``tell``: what every other package calls to let people know of something."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from tenfold.foundation.calendar import now
from tenfold.foundation.declare import NoticeKind, house
from tenfold.foundation.jobs import enqueue
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.people.models import Person
from tenfold.foundation.scope import as_system, require
from tenfold.foundation.scope.bulk import insert_rows

from ..addressing import CHUNK, Posts, recipients
from ..channels import configured, group_of
from ..models import Addressed, Notice, Sending, Settings, State
from ..timing import leaves_at, timing
from ..words import new_paper_code

LONGEST = 120


class TellFault(ValueError):
    """A notice that cannot stand: without a title or a key, or with a link out of the house."""


@dataclass(frozen=True)
class Told:
    """What :func:`tell` has done: the notice, and how many persons it reached who had not been told before."""

    notice: int
    addressed: int


def tell(
    kind: str | NoticeKind,
    *,
    to: Posts | Iterable[Person | int],
    title: str,
    key: str,
    body: str = "",
    link: str = "",
    due: date | None = None,
    receipt: bool | None = None,
    sender: Organisation | None = None,
) -> Told:
    """Let people know of something, inside the caller's own transaction. Call it within a ``@service``.

    ``kind``: a declared ``NoticeKind`` or its code (KeyError for one that no manifest declares). ``to``: persons (or
    their ids), or ``Posts(organisation ids, roles)``: whoever holds one of the roles there today; it does not
    matter whether the one who acts reaches them. ``key``: the same key tells the same thing once: a second call
    reaches only those who had not been addressed (``"supervision.late:421"``, at most 160 characters).
    ``title``: at most 120 characters; it is all that leaves the house, so **no child's name or data in it**.
    ``body``: read after signing in, plain text. ``link``: a path of the house, ``/actions/…``. ``due``: by when
    a receipt is asked. ``receipt``: as the kind says, unless given. ``sender``: the organisation that tells; the
    acting post's when left out, the house itself where a job tells.

    In the house the notice stands with the caller's commit; outside (e-mail, DingTalk, WeCom, text message) the
    worker sends what the house, the kind and the person allow. Five thousand addressees take a second or two.
    """
    declared = house().notices[kind if isinstance(kind, str) else kind.code]
    title, key = " ".join(title.split()), key.strip()
    if not title or len(title) > LONGEST or not key or len(key) > 160:
        raise TellFault("a notice has a title of at most 120 characters and a key of at most 160")
    if link and (not link.startswith("/") or link.startswith("//") or len(link) > 300):
        raise TellFault("a notice leads to a path of the house alone")
    context = require()
    words = {
        "kind": declared.code,
        "organisation_id": sender.pk if sender else context.organisation,
        "sender_id": context.person,
        "title": title,
        "body": body.strip(),
        "link": link,
        "due": due,
        "receipt": declared.receipt if receipt is None else receipt,
    }
    with as_system("notices"):
        notice, made = _notice(key, words)
        new = _address(notice, recipients(to), made)
        queue(declared, notice, new)
        if made:
            _tell_group(notice)
    return Told(notice.pk, len(new))


def _notice(key: str, words: dict[str, Any]) -> tuple[Notice, bool]:
    """The notice of that key, and whether it is new; two who tell at the same moment tell one."""
    found = Notice.objects.filter(key=key).first()
    if found is not None:
        return found, False
    try:
        with transaction.atomic():
            return Notice.objects.create(key=key, created_at=now(), **words), True
    except IntegrityError:
        return Notice.objects.get(key=key), False


def _address(notice: Notice, people: dict[int, int | None], new: bool) -> list[Addressed]:
    """A row for each who has none yet."""
    known = set() if new else set(Addressed.objects.filter(notice=notice).values_list("person", flat=True))
    rows = [
        Addressed(
            notice=notice,
            person_id=person,
            organisation_id=organisation,
            paper_code=new_paper_code() if notice.receipt else None,
        )
        for person, organisation in people.items()
        if person not in known
    ]
    made: list[Addressed] = Addressed.objects.bulk_create(rows, batch_size=1000)
    return made


def queue(kind: NoticeKind, notice: Notice, addressed: list[Addressed], turn: int = 0) -> None:
    """Put down what goes out of the house for some addressees, and ask the worker for the earliest of it."""
    ways = [way for way in kind.channels if way in configured()]
    if not ways or not addressed:
        return
    moment = now()
    wishes: dict[int, Settings] = {}
    people = [row.person_id for row in addressed]
    for start in range(0, len(people), CHUNK):
        some = Settings.objects.filter(person__in=people[start : start + CHUNK]).defer("identities")
        wishes.update((wish.person_id, wish) for wish in some)
    rows = []
    for row in addressed:
        wish = wishes.get(row.person_id)
        at = _leaves(kind, wish, moment)
        for way in chosen(kind, ways, wish):
            rows.append((f"{row.pk}.{way}.{turn}", row.pk, way, turn, State.WAITING, "", at, 0, ""))
    columns = ("key", "addressed", "channel", "round", "state", "claim", "run_after", "tries", "fault")
    insert_rows(Sending, columns, rows, checked=True)
    if rows:
        enqueue("notices.send", key="notices.send", after=min(row[6] for row in rows))


def chosen(kind: NoticeKind, ways: list[str], wish: Settings | None) -> list[str]:
    """The ways to one person. What she may not switch off keeps at least one way, whatever she has switched off."""
    if wish is None:
        return ways
    if kind.optional and kind.code in wish.off:
        return []
    left = [way for way in ways if way not in wish.channels_off]
    return left or ([] if kind.optional else ways)


def _leaves(kind: NoticeKind, wish: Settings | None, moment: datetime) -> datetime:
    if kind.urgent:
        return moment
    hours = timing()
    begin = wish.quiet_from if wish and wish.quiet_from else hours.quiet_from
    end = wish.quiet_until if wish and wish.quiet_until else hours.quiet_until
    gathered = kind.gathered or (wish is not None and wish.digest)
    return leaves_at(moment, begin, end, hours.digest_at if gathered else None)


def _tell_group(notice: Notice) -> None:
    """One line to the group of the sending organisation, where a robot is configured for it."""
    if notice.organisation is None or group_of(notice.organisation.code) is None:
        return
    hours = timing()
    at = now() if house().notices[notice.kind].urgent else leaves_at(now(), hours.quiet_from, hours.quiet_until)
    Sending.objects.create(key=f"group.{notice.pk}", notice=notice, channel="dingtalk_group", run_after=at)
    enqueue("notices.send", key="notices.send", after=at)
