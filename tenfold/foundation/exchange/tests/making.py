"""Tables for tests, and the way through the importer in one call."""

from __future__ import annotations

import csv
import io
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

from tenfold.foundation.exchange import services
from tenfold.foundation.exchange.models import Batch
from tenfold.foundation.exchange.queries import FaultRow, faults

PERIOD = "2023-24"
HEADS = ["学校标识码", "学校名称", "小学在校生数", "小学班数", "小学专任教师", "小学骨干教师", "教学仪器设备值（万元）"]
GOOD = [
    ["9900000001", "东岭小学", 240, 6, 15, 3, 52.5],
    ["9900000004", "石桥教学点", 30, 3, 4, 0, 6.1],
]


def xlsx(*rows: Sequence[Any], sheet: str = "学校表") -> bytes:
    """A workbook of one sheet."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime(2023, 10, 16, tzinfo=UTC)})  # the same table is the same file
    page = book.add_worksheet(sheet)
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell is not None:
                page.write(number, column, cell)
    book.close()
    return out.getvalue()


def table(*rows: Sequence[Any], heads: Sequence[str] = HEADS) -> bytes:
    """A workbook of a heading and some rows; the two good ones when none are given."""
    return xlsx(heads, *(rows or GOOD))


def as_csv(*rows: Sequence[Any]) -> bytes:
    """The same as csv."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def received(data: bytes, kind: str = "school-return", *, under: str = "", period: str = PERIOD, mapping: str = "",
             name: str = "table.xlsx") -> Batch:  # fmt: skip
    """A file as it arrives."""
    return services.receive([data], name, kind, under=under, period=period, mapping=mapping)


def checked(data: bytes, kind: str = "school-return", **more: Any) -> Batch:
    """A file received and checked, without questions."""
    return services.check(received(data, kind, **more), ask=False)


def written(data: bytes, kind: str = "school-return", **more: Any) -> Batch:
    """A file received, checked and written."""
    return services.write(checked(data, kind, **more))


def codes(batch: Batch) -> list[tuple[int, str, str]]:
    """The faults as (row, column letters, code)."""
    return [(f.row, f.column, f.code) for f in faults(batch)]


def fault(batch: Batch, code: str) -> FaultRow:
    """The one fault with a code."""
    (found,) = [f for f in faults(batch) if f.code == code]
    return found


def work() -> None:
    """Carry out the jobs that wait."""
    from tenfold.foundation.jobs.worker import Worker

    Worker().run(threading.Event(), once=True)


def faults_of(batch: Batch) -> list[str]:
    """The faults in words, for a message that tells what went wrong."""
    return [f.text for f in faults(batch)] + ([str(batch.problem)] if batch.problem else [])
