"""From a file that was sent to a draft."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from tenfold.foundation.exchange.reading import ReadingFault
from tenfold.foundation.files import services as files
from tenfold.foundation.organisations.models import Organisation

from .. import queries, services
from ..models import TableDraft
from ..tables.opening import LIMITS, open_table


def receive(file: Any, place: Organisation, into: str) -> TableDraft:
    """Keep a file that was sent. Raises :class:`ReadingFault`, or ``PlanFault`` where it holds no task."""
    if file.size > LIMITS.file:
        raise ReadingFault("too_large", megabytes=round(file.size / 2**20), limit=round(LIMITS.file / 2**20))
    document = open_table(file.file)
    row = queries.in_force() if into == "in_force" else None
    where = row.organisation if row else place
    if not queries.understood(document, where, row).read.rows:
        raise services.PlanFault(
            _(
                "No task was found in the file. A task table has a row of headings, such as "
                "序号, 工作任务, 责任单位, 完成时限, and below it one task a row."
            )
        )
    file.file.seek(0)
    return services.receive_table(files.arrive(file.chunks()), file.name, document, where, row)
