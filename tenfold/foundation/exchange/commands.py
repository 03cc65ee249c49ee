"""``tenfold import KIND FILE``: the importer without a browser, for operators and scripts.

``tenfold import undo BATCH`` takes an import back.

Exit 0: done; 1: faults, and nothing was written; 2: not understood; 3: out of scope.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import typer

KIND = typer.Argument(..., help="organisations, staff, pupils or school-return; or undo.")
FILE = typer.Argument(..., help="xlsx, xls or csv; of undo, the number of the import.")
PERIOD = typer.Option("", "--period", help="The school year of the figures, as 2017-18.")
UNDER = typer.Option("", "--under", help="Code of the place below which rows are matched and made.")
MAPPING = typer.Option(None, "--mapping", help="A mapping file (TOML).")
DRY_RUN = typer.Option(False, "--dry-run", help="Check only; write nothing.")
SKIP = typer.Option(False, "--skip-faulty", help="Leave faulty rows out and write the others.")
STRICT = typer.Option(False, "--strict", help="Let warnings stop the import too.")
AS = typer.Option("", "--as", help="Staff number of the person in whose scope to import.")
JSON = typer.Option(False, "--json", help="Print JSON.")


def import_table(
    kind: str = KIND,
    file: Path = FILE,
    period: str = PERIOD,
    under: str = UNDER,
    mapping: Path | None = MAPPING,
    dry_run: bool = DRY_RUN,
    skip_faulty: bool = SKIP,
    strict: bool = STRICT,
    acting_as: str = AS,
    as_json: bool = JSON,
) -> None:
    """Read a table into the house, or undo an import: all of it, or nothing."""
    from tenfold.foundation.acts import Refused
    from tenfold.foundation.scope.models import OutOfScope

    from .kinds import UnknownKind
    from .reading import ReadingFault

    if kind == "undo":
        _undo(str(file), acting_as, as_json)
        return
    try:
        with _acting(acting_as):
            told = _import(kind, file, period, under, mapping, dry_run, skip_faulty, strict, quiet=as_json)
    except UnknownKind:
        _end(f"{kind}: no such kind of import", 2)
    except OSError as fault:
        _end(f"{fault.filename or file}: {fault.strerror}", 2)
    except ReadingFault as fault:
        from .faults import file_text

        _end(file_text(fault.code, fault.params), 3 if fault.code == "unknown_place" else 2)
    except (Refused, OutOfScope, LookupError) as fault:
        _end(str(fault), 3)
    _print(told, as_json)
    raise typer.Exit(0 if _done(told, dry_run, strict) else 1)


def _undo(number: str, acting_as: str, as_json: bool) -> None:
    """Undo an import by its number, or name what has changed since."""
    from tenfold.foundation.acts import Refused

    from . import services
    from .models import Batch

    try:
        with _acting(acting_as):
            batch = services.undo(Batch.objects.get(pk=int(number)))
    except (ValueError, Batch.DoesNotExist):
        _end(f"{number}: no such import", 2)
    except (Refused, LookupError) as fault:
        _end(str(fault), 3)
    except services.CannotUndo as fault:
        _end(fault.text(), 1)
    told = {"batch": batch.pk, "state": batch.state, "undone": batch.counts["undone"]}
    print(json.dumps(told) if as_json else f"undone {told['undone']}")


def _done(told: dict[str, Any], dry_run: bool, strict: bool) -> bool:
    if told["state"] in ("written", "unchanged"):
        return True
    faulty = any(fault["level"] == "error" or strict for fault in told["faults"])
    return dry_run and told["state"] == "checked" and not faulty


@contextmanager
def _acting(number: str) -> Iterator[None]:
    """In the scope of a person by staff number; the operator of the machine reaches everywhere."""
    from django.conf import settings
    from django.utils.module_loading import import_string

    from tenfold.foundation.people.models import Person
    from tenfold.foundation.scope import acting, as_system

    with as_system("command line"):
        if not number:
            yield
            return
        person = Person.objects.filter(number=number).first()
        context = import_string(settings.TENFOLD["CONTEXT_OF_POST"])(person.pk) if person else None
    if context is None:
        raise LookupError(f"{number}: no such person, or no running post")
    with acting(context):
        yield


def _import(
    kind: str, file: Path, period: str, under: str, mapping: Path | None, dry_run: bool, skip_faulty: bool,
    strict: bool, *, quiet: bool,
) -> dict[str, Any]:  # fmt: skip
    from . import services
    from .kinds import reader_of
    from .models import State
    from .queries import same_written
    from .reports import report

    reader_of(kind)
    rules = mapping.read_text(encoding="utf-8") if mapping else ""
    with file.open("rb") as stream, _progress(quiet) as tell:
        chunks = iter(lambda: stream.read(2**20), b"")
        batch = services.receive(chunks, file.name, kind, under=under, period=period, mapping=rules)
        batch = services.check(batch, ask=False, progress=tell)
        doubts = any(
            issue["code"] != "column_unconfirmed" or strict for layout in batch.tables for issue in layout["issues"]
        )
        faults = report(batch)["faults"]  # of what is guarded no row is kept once it is written
        known = same_written(batch) is not None and not batch.counts.get("new", 0) + batch.counts.get("changed", 0)
        if batch.state == State.CHECKED and not dry_run and not doubts and not (known and not _faulty(batch)):
            try:
                batch = services.write(batch, skip_faulty=skip_faulty, warnings_seen=not strict, progress=tell)
            except services.NotReady:
                pass
            except services.Conflict as fault:
                print(fault.text(), file=sys.stderr)
    told = report(batch, dry_run=dry_run)
    told["faults"] = told["faults"] or faults
    if batch.state == State.CHECKED and known and not _faulty(batch):
        told["state"] = "unchanged"
    if batch.state != State.WRITTEN:
        services.drop(batch)
    return told


def _faulty(batch: Any) -> bool:
    return bool(batch.counts.get("errors"))


@contextmanager
def _progress(quiet: bool) -> Iterator[Any]:
    """A bar on standard error, where somebody looks at it."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def tell(done: int, total: int, text: str) -> None:
            if text not in tasks:
                tasks[text] = bar.add_task(text, total=total or None)
            bar.update(tasks[text], completed=done, total=total or None)

        yield tell


def _print(told: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return
    from django.utils.translation import gettext as _

    if told["state"] == "unchanged":
        print(_("This file was written on %(day)s. Nothing changes.") % {"day": told["same_file_written"]["at"][:10]})
    for fault in told["faults"]:
        print(f"{fault['sheet']}  {fault['text']}")
    keys = ("rows_read", "rows_written", "new", "changed", "unchanged", "skipped")
    print("  ".join(f"{key} {told[key]}" for key in keys))


def _end(text: str, code: int) -> None:
    print(text.replace("\n", " "), file=sys.stderr)
    raise typer.Exit(code)
