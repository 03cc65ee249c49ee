"""``tenfold programme``: check a file, hold it against what stands, load it, write it out again.

Exit 0: done; 1: faults, nothing written; 2: not understood; 3: out of scope.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

app = typer.Typer(help="The year's programme.", no_args_is_help=True)

JSON = typer.Option(False, "--json", help="Print JSON.")


def _end(fault: object, code: int = 1) -> NoReturn:
    print(str(fault), file=sys.stderr)
    raise typer.Exit(code)


@app.command()
def check(name: Annotated[str, typer.Argument(help="A file of programmes/, without its ending.")] = "") -> None:
    """Read a programme; exit 1 with one line where it cannot be read."""
    from . import queries

    try:
        found = queries.from_file(name)
    except queries.ProgrammeFault as fault:
        _end(fault)
    typer.echo(f"{found.name}: {len(found.actions)} / {len(found.threads)} / {found.countable}")


@app.command()
def load(
    name: Annotated[str, typer.Argument(help="A file of programmes/, without its ending.")] = "",
    place: Annotated[str, typer.Option(help="The code of the place whose programme it is.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, write nothing.")] = False,
    keep_unknown: Annotated[bool, typer.Option(help="Keep units that are no organisation as words.")] = False,
    reason: Annotated[str, typer.Option(help="A leader's reason why schools may hold more than the cap.")] = "",
    as_json: bool = JSON,
) -> None:
    """Make a programme stand, or alter it to what its file says: all of it, or nothing."""
    from tenfold.foundation.scope import as_system

    from . import queries, services
    from .services.sharing import ShareFault

    with as_system("command line"):
        city = _place(place)
        try:
            found = queries.from_file(name)
            seen = services.preview(found, city)
            if not dry_run:
                services.apply(found, city, source=f"{found.code}.toml", keep_unknown=keep_unknown, reason=reason)
        except (queries.ProgrammeFault, ShareFault) as fault:
            _end(fault)
        except services.PlanFault as fault:
            _end(f"{queries.place_in_file(name, fault.key)}{fault}")
    if as_json:
        typer.echo(json.dumps(_told(seen, written=not dry_run), ensure_ascii=False, indent=1))
        return
    for each in seen.differences:
        typer.echo(f"{each.change:8} {each.kind:10} {each.key:12} {each.name}")
    for number, text in seen.unknown:
        typer.echo(f"{number}: {text} ?", err=True)
    typer.echo(f"{len(seen.differences)}")


def _told(seen: Any, *, written: bool) -> dict[str, Any]:
    return {
        "written": written,
        "changes": [
            {"change": d.change, "kind": d.kind, "key": d.key, "name": d.name, "altered": [list(a) for a in d.altered]}
            for d in seen.differences
        ],
        "unknown_units": [{"task": number, "unit": text} for number, text in seen.unknown],
        "assignments": dict(seen.owed),
        "over_cap": [{"school": o.code, "tasks": n} for o, n in seen.over],
    }


@app.command()
def table(
    file: Annotated[Path, typer.Argument(help="A task table (任务分解表): xlsx, xls, docx or csv.")],
    place: Annotated[str, typer.Option(help="The code of the place whose programme it is.")] = "",
    own: Annotated[bool, typer.Option("--own", help="A programme of its own, no part of that in force.")] = False,
    keep: Annotated[bool, typer.Option("--keep", help="Keep what was not understood as words.")] = False,
    end_rest: Annotated[bool, typer.Option("--end-rest", help="End the tasks that the table does not name.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, write nothing.")] = False,
    reason: Annotated[str, typer.Option(help="A leader's reason why schools may hold more than the cap.")] = "",
) -> None:
    """Make a task table the programme, or part of the one in force: all of it, or nothing."""
    from tenfold.foundation.exchange.faults import file_text
    from tenfold.foundation.exchange.reading import ReadingFault
    from tenfold.foundation.scope import as_system

    from . import queries, services
    from .tables.opening import open_table

    with as_system("command line"):
        city = _place(place)
        row = None if own else queries.in_force()
        try:
            with file.open("rb") as stream:
                document = open_table(stream)
            found = queries.understood(document, city, row, ends_rest=end_rest)
            told = [*_doubts(found)]
            if keep:
                found = queries.understood(document, city, row, queries.all_kept(found), ends_rest=end_rest)
            if not found.rows:
                _end(f"{file.name}: 0")
            seen = services.preview(found.planning.programme, found.place)
            if not dry_run and not found.open:
                services.apply_understood(found, file.name, reason)
        except OSError as fault:
            _end(f"{file}: {fault.strerror}", 2)
        except ReadingFault as fault:
            _end(f"{file.name}: {file_text(fault.code, fault.params)}", 2)
        except services.PlanFault as fault:
            _end(fault)
    for line in told:
        typer.echo(line, err=True)
    for each in seen.differences:
        typer.echo(f"{each.change:8} {each.kind:10} {each.key:12} {each.name}")
    typer.echo(f"{len(seen.differences)}")
    if found.open and not dry_run:
        raise typer.Exit(1)


def _doubts(found: Any) -> Iterator[str]:
    """What waits for a decision, a line each: the place, the text, what was not understood."""
    for _row, cell in found.doubts:
        yield f"{found.read.told(cell.place)}: “{cell.text}” {cell.doubt}"
    for unit in found.unknown:
        yield f"{found.read.told(unit.places[0])}: “{unit.text}” ?"


def _place(code: str) -> Any:
    from tenfold.foundation.organisations.models import Organisation

    where = Organisation.objects.filter(code=code) if code else Organisation.objects.filter(depth=1)
    return where.first() or _end(f"--place {code}", 3)


@app.command()
def export(
    code: Annotated[str, typer.Argument(help="The code of a programme; the one in force where none is named.")] = "",
    write: Annotated[Path | None, typer.Option(help="The file to write.")] = None,
) -> None:
    """Write a programme out as it stands: loading it again changes nothing. A file that ends in .xlsx or .docx is
    written as a task table, any other as TOML.
    """
    from tenfold.foundation.scope import as_system

    from . import queries
    from .content import toml_text
    from .models import Programme
    from .tables.writing import FORMS

    with as_system("command line"):
        row = Programme.objects.filter(code=code).first() if code else queries.in_force()
        if row is None:
            _end(code or "-", 3)
        form = FORMS.get(write.suffix.lower()) if write else None
        if write and form:
            write.write_bytes(form(queries.table_of(row)))
            return
        text = toml_text(queries.planned(row))
    if write:
        write.write_text(text, "utf-8")
    else:
        typer.echo(text, nl=False)


@app.command()
def coverage(write: Annotated[Path | None, typer.Option(help="The file to write.")] = None) -> None:
    """Print, or write, which thread is counted by which record and indicator."""
    from .coverage import document

    if write:
        write.write_text(document(), "utf-8")
    else:
        typer.echo(document(), nl=False)
