"""What the importer's pages show, put together from queries."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from tenfold.foundation.access.queries import place_choices
from tenfold.foundation.calendar import Period
from tenfold.foundation.jobs.models import Job
from tenfold.foundation.organisations import queries as organisations

from . import queries
from .forms import UploadForm, periods
from .kinds import reader_of
from .models import Batch, State
from .presets import presets
from .vocabulary import STAGES
from .wording import STAGE_TITLES

SHOWN = 50
"""Faulty rows on one page."""
STEP = {
    State.RECEIVED: 1, State.REFUSED: 1, State.COLUMNS: 2, State.CHECKING: 3, State.CHECKED: 3, State.WRITING: 4,
    State.WRITTEN: 5, State.DROPPED: 1, State.UNDONE: 5,
}  # fmt: skip


def period_title(batch: Batch) -> str:
    """The school year of an import in words, '' where it has none."""
    return Period.parse(batch.period, "school_year").title if batch.period else ""


def counts_of(batch: Batch) -> dict[str, int]:
    """An import's counts, zero where nothing was counted yet."""
    names = "rows skipped faulty good errors warnings new changed unchanged written".split()
    return {name: batch.counts.get(name, 0) for name in names}


def steps() -> list[str]:
    """The course of an import."""
    return [_("Choose the file"), _("Match the columns"), _("Check"), _("Write")]


def list_page(request: Any, form: UploadForm | None = None) -> dict[str, Any]:
    """数据导入: the imports of one's scope, and the drop zone."""
    kinds = queries.kinds()
    page = queries.batches(int(request.GET.get("page", "1")) if request.GET.get("page", "1").isdigit() else 1)
    home = organisations.home()
    broken = queries.broken_off(page)
    return {
        "crumbs": [*_trail(home), (_("Import of tables"), "")],
        "form": form or (UploadForm(kinds, place_choices(request)) if kinds else None),
        "page": page,
        "rows": [
            (batch, str(reader_of(batch.kind).title), period_title(batch), counts_of(batch), batch.pk in broken)
            for batch in page
        ],
        "kinds": kinds,
        "stages": [(stage, STAGE_TITLES[stage]) for stage in STAGES],
        "periods": periods(),
        "most": settings.TENFOLD["UPLOAD_LIMIT"],
        "most_words": settings.TENFOLD["UPLOAD_LIMIT"] // 2**20,
        "may_export": request.access.may("exchange.export_data"),
        "home": home,
    }


def _trail(home: Any) -> list[tuple[str, str]]:
    if home is None:
        return []
    return [(card.name, f"{reverse('schools')}?place={card.code}") for card in organisations.trail(home)]


def batch_page(request: Any, batch: Batch) -> dict[str, Any]:
    """What every page of one import shows."""
    trail = _trail(batch.organisation)
    return {
        "batch": batch,
        "kind": reader_of(batch.kind),
        "period": period_title(batch),
        "steps": steps(),
        "step": STEP[State(batch.state)],
        "counts": counts_of(batch),
        "crumbs": [*trail, (_("Import of tables"), reverse("imports")), (batch.filename, "")],
        "problem": queries.problem_text(batch),
        "same": queries.same_written(batch),
        "may_import": request.access.may(reader_of(batch.kind).right),
        "may_undo": batch.state == State.WRITTEN
        and counts_of(batch)["written"]
        and not batch.counts.get("aged")
        and request.access.may(reader_of(batch.kind).right),
        "aged": batch.counts.get("aged", False),
        "undo_days": settings.TENFOLD["UNDO_DAYS"],
        "undoing": is_undoing(batch),
        "preset": presets().get(batch.preset),
        "undone": batch.counts.get("undone", 0),
        "sheets": [layout.sheet for layout in queries.layouts(batch)],
    }


def columns_page(request: Any, batch: Batch) -> dict[str, Any]:
    """对应列: every column with its meaning, those in doubt first."""
    rows = queries.columns(batch)
    return batch_page(request, batch) | {
        "step": 2,
        "columns": sorted(rows, key=lambda row: row.state != "doubt"),
        "doubts": sum(row.state == "doubt" for row in rows),
        "choices": queries.choices(batch),
    }


def check_page(request: Any, batch: Batch) -> dict[str, Any]:
    """检查: the faults, the sheet around the chosen one, what writing would do."""
    everything = request.GET.get("all") == "1"
    faults = queries.faults(batch, None if everything else SHOWN)
    chosen = _chosen(request, faults)
    columns = queries.columns(batch)
    counts = counts_of(batch)
    return batch_page(request, batch) | {
        "faults": faults,
        "chosen": chosen,
        "window": _window(batch, faults, chosen),
        "columns": columns,
        "matched": sum(row.state == "certain" for row in columns),
        "unused": sum(row.state != "certain" for row in columns),
        "open": counts["errors"] + counts["warnings"],
        "writable": counts["rows"] - counts["skipped"],
        "faulty_rows": counts["faulty"],
        "all": everything,
        "hidden": max(counts["faulty"] - SHOWN, 0) if not everything else 0,
        "conflict": "conflict" in batch.counts,
    }


def _chosen(request: Any, faults: list[queries.FaultRow]) -> queries.FaultRow | None:
    wanted = request.GET.get("at", "")
    named = next((f for f in faults if f"{f.sheet_index}-{f.row}-{f.column_index}" == wanted), None)
    return named or (faults[0] if faults else None)


def _window(batch: Batch, faults: list[queries.FaultRow], chosen: queries.FaultRow | None) -> Any:
    if chosen is None:
        return None
    marked = [
        (f.row, f.column_index) for f in faults if f.sheet_index == chosen.sheet_index and f.column_index is not None
    ]
    return queries.window(batch, chosen.sheet_index, chosen.row, marked)


def is_undoing(batch: Batch) -> bool:
    """Whether a job is asked to undo it."""
    job = job_of(batch) if batch.state == State.WRITTEN else None
    return bool(job and job.name == "exchange.undo" and job.state in ("waiting", "running"))


def job_of(batch: Batch) -> Job | None:
    """The job that works on an import, if one was asked for."""
    return Job.objects.filter(pk=batch.job).first() if batch.job else None
