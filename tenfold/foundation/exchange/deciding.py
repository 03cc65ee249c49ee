"""From what a page sends to what a service is asked."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.http import Http404

from tenfold.foundation.calendar import BadPeriod, Period
from tenfold.foundation.organisations import queries as organisations
from tenfold.foundation.organisations.models import Organisation

from . import services
from .faults import file_text
from .forms import UploadForm
from .kinds import reader_of
from .models import Batch, StagedRow
from .reading import ReadingFault
from .vocabulary import FACTORS


def receive(data: dict[str, Any]) -> Batch:
    """Keep the file of a valid form and ask for the check. Raises :class:`ReadingFault`."""
    reader = reader_of(data["kind"])
    return services.receive(
        data["file"].chunks(),
        data["file"].name,
        data["kind"],
        under=data["under"],
        period=data["period"] if reader.needs_period else "",
        mapping=data["mapping"],
        job="exchange.check",
    )


def undo(batch: Batch) -> None:
    """At once, or as a job where it is large. Raises :class:`services.CannotUndo`."""
    if services.is_large(batch):
        services.ask_undo(batch)
    else:
        services.undo(batch)


def tell(form: UploadForm, fault: ReadingFault) -> None:
    """Put what is wrong with a file beside the field it belongs to."""
    field = {"bad_mapping": "mapping", "no_period": "period", "unknown_place": "under"}.get(fault.code, "file")
    form.add_error(field, file_text(fault.code, fault.params))


def column_choices(sent: Any) -> dict[int, dict[int, tuple[str, str]]]:
    """What a person chose for columns: fields named ``c-<sheet>-<column>``, units ``u-<sheet>-<column>``."""
    found: dict[int, dict[int, tuple[str, str]]] = defaultdict(dict)
    for name, address in sent.items():
        mark, _dash, place = name.partition("-")
        sheet, _dash, column = place.partition("-")
        if mark == "c" and sheet.isdigit() and column.isdigit():
            unit = sent.get(f"u-{place}", "")
            found[int(sheet)][int(column)] = (address, unit if unit in FACTORS else "")
    return found


def decide(batch: Batch, sent: Any) -> None:
    """One decision about a fault: take, fill, unknown, keep, skip, back; or skip_all, take_all."""
    act = sent.get("act", "")
    if act == "skip_all":
        services.leave_out(batch)
    elif act == "take_all":
        services.take_suggestions(batch)
    else:
        _decide_one(batch, act, sent)
    if batch.counts.get("rows", 0) > services.LARGE:
        services.start(batch, "exchange.check")


def _decide_one(batch: Batch, act: str, sent: Any) -> None:
    sheet, row = _number(sent, "sheet"), _number(sent, "row")
    if not StagedRow.objects.filter(batch=batch, sheet=sheet, number=row).exists():
        raise Http404
    if act == "skip":
        services.leave_out(batch, sheet, row)
    elif act == "back":
        services.put_back(batch, sheet, row)
    elif act == "keep":
        services.keep_value(batch, sheet, row, sent.get("code", "")[:40], sent.get("address", "")[:60])
    elif act in ("take", "fill", "unknown"):
        value = None if act == "unknown" else sent.get("value", "")[:200]
        services.replace_value(batch, sheet, row, _number(sent, "column"), value)


def _number(sent: Any, name: str) -> int:
    text = sent.get(name, "")
    if not text.isdigit():
        raise Http404
    return int(text)


def place(request: Any) -> Organisation:
    """The place that a download is of: the one named, else one's own; out of scope is not found."""
    code = request.GET.get("place", "")
    found = Organisation.objects.filter(code=code).first() if code else organisations.home()
    if found is None:
        raise Http404
    return found


def period(kind: str, text: str) -> str:
    """The period of an export; raises ``UnknownKind``, ``no_period``."""
    if not reader_of(kind).needs_period:
        return ""
    try:
        return Period.parse(text, "school_year").code
    except BadPeriod as fault:
        raise ReadingFault("no_period") from fault
