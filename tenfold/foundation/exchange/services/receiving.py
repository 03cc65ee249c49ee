"""A file arrives, its columns are confirmed, or it is dropped."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from tenfold.foundation.acts import Refused, note, service
from tenfold.foundation.calendar import BadPeriod, Period
from tenfold.foundation.declare import Reader
from tenfold.foundation.files import services as files
from tenfold.foundation.jobs import enqueue
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.scope import require

from ..kinds import reader_of, vocabulary_of
from ..mappings import read_mapping
from ..models import ENDED, Batch, StagedRow, State
from ..reading import ReadingFault
from ..rights import SEE_IMPORTS

OPEN = (State.RECEIVED, State.REFUSED, State.COLUMNS, State.CHECKING, State.CHECKED)


def receive(
    chunks: Iterable[bytes],
    filename: str,
    kind: str,
    *,
    under: str = "",
    period: str = "",
    mapping: str = "",
    job: str = "",
) -> Batch:
    """Keep a file and open an import of it; nothing is read yet.

    ``under``: code of the place below which rows are matched and made (one's own when empty). ``job`` is
    asked for in the same transaction, so that no import is ever received and then forgotten. Raises
    :class:`ReadingFault` too_large, bad_mapping, no_period, unknown_place; ``Refused`` without the right.
    """
    reader = may_import(kind)
    organisation = _place(under)
    if mapping:
        read_mapping(mapping, vocabulary_of(kind), kind)
    period = _period(period, needed=reader.needs_period)
    try:
        arrived = files.arrive(chunks)
    except files.TooLarge as fault:
        most = round(fault.limit / 2**20)
        raise ReadingFault("too_large", megabytes=f"> {most}", limit=most) from fault
    told = "|".join([kind, arrived.digest, organisation.code, period, hashlib.sha256(mapping.encode()).hexdigest()])
    return _open(
        job,
        arrived,
        kind=kind,
        organisation=organisation,
        period=period,
        filename=filename.replace("\\", "/").rsplit("/", 1)[-1][:200],
        digest=arrived.digest,
        key=hashlib.sha256(told.encode()).hexdigest(),
        size=arrived.size,
        mapping=mapping,
    )


def may_import(kind: str) -> Reader:
    """The declared kind; raises ``Refused`` unless the one who acts may import it."""
    reader = reader_of(kind)
    if not require().may(reader.right):
        raise Refused(str(reader.right))
    return reader


def _period(text: str, *, needed: bool) -> str:
    if not text and not needed:
        return ""
    try:
        return Period.parse(text, "school_year").code
    except BadPeriod as fault:
        raise ReadingFault("no_period") from fault


def _place(code: str) -> Organisation:
    context = require()
    found = Organisation.objects.all()
    if code:
        place = found.filter(code=code).first()
    elif context.organisation is not None:
        place = found.filter(pk=context.organisation).first()
    else:
        place = found.order_by("depth", "pk").first()
    if place is None:
        raise ReadingFault("unknown_place" if code else "empty_tree", code=code)
    return place


@service(right=SEE_IMPORTS)
def _open(job: str, arrived: files.Arrived, **values: Any) -> Batch:
    context = require()
    kept = files.keep(arrived, name=values["filename"], place=values["organisation"])
    batch = Batch(file=kept, uploader=context.person, uploader_name=context.name[:60], post=context.post, **values)
    batch.save()
    note(
        subject=f"import:{batch.pk}",
        place=batch.organisation.path,
        after={"kind": batch.kind, "digest": batch.digest, "period": batch.period},
    )
    if job:
        start(batch, job)
    return batch


@service(right=SEE_IMPORTS)
def start(batch: Batch, job: str) -> None:
    """Ask for the check or the writing of an import; asked twice, it is done once."""
    may_import(batch.kind)
    asked = enqueue(job, key=f"{job}:{batch.pk}", batch=batch.pk)
    batch.job = str(asked.pk)
    batch.state = State.WRITING if job == "exchange.write" else State.CHECKING
    batch.save(update_fields=["job", "state"])
    note(subject=f"import:{batch.pk}", place=batch.organisation.path, after={"job": job})


@service(right=SEE_IMPORTS)
def confirm_columns(batch: Batch, choices: Mapping[int, Mapping[int, tuple[str, str]]], *, job: str = "") -> Batch:
    """Say what columns mean. ``choices``: by sheet and column, the address ('' for not imported) and the unit.

    Columns that are not named keep their meaning. The rows are to be checked anew; ``job`` is asked for in the
    same transaction. Raises Batch.DoesNotExist where the import has meanwhile been written or dropped.
    """
    may_import(batch.kind)
    batch = Batch.objects.select_for_update().get(pk=batch.pk, state__in=OPEN)
    vocabulary = vocabulary_of(batch.kind)
    for sheet, columns in choices.items():
        layout = batch.tables[sheet]
        for column, (address, unit) in columns.items():
            layout["sources"] = [s for s in layout["sources"] if s["columns"] != [column]]
            if not address or vocabulary.at(address) is None:
                continue
            layout["sources"] = [s for s in layout["sources"] if s["address"] != address]
            layout["sources"].append(
                {"address": address, "columns": [column], "signs": [1], "basis": "confirmed", "unit": unit}
            )
        layout["sources"].sort(key=lambda s: s["columns"])
        layout["issues"] = [i for i in layout["issues"] if i["column"] not in columns]
    batch.state = State.RECEIVED
    batch.save()
    note(subject=f"import:{batch.pk}", place=batch.organisation.path, after={"columns": "confirmed"})
    if job:
        start(batch, job)
    return batch


@service(right=SEE_IMPORTS)
def drop(batch: Batch) -> None:
    """Drop an import that was not written: its rows and its file go, its entry stays."""
    may_import(batch.kind)
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.state in ENDED:
        return
    StagedRow.objects.filter(batch=batch).delete()
    batch.state = State.DROPPED
    batch.save()
    forget_file(batch)
    note(subject=f"import:{batch.pk}", place=batch.organisation.path)


def forget_file(batch: Batch) -> None:
    """Let go of the file as it was sent: it may hold what is private."""
    kept, batch.file = batch.file, None
    batch.save()
    if kept is not None:
        files.forget(kept)
