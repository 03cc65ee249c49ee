"""``tenfold programme``: check a file, hold it against what stands, load it, write it out again.

Exit 0: done; 1: faults, nothing written; 2: not understood; 3: out of scope.
"""

from __future__ import annotations

import json
import sys
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
    from tenfold.foundation.organisations.models import Organisation
    from tenfold.foundation.scope import as_system

    from . import queries, services
    from .services.sharing import ShareFault

    with as_system("command line"):
        where = Organisation.objects.filter(code=place) if place else Organisation.objects.filter(depth=1)
        city = where.first() or _end(f"--place {place}", 3)
        try:
            found = queries.from_file(name)
            seen = services.preview(found, city)
            if not dry_run:
                services.apply(found, city, source=f"{found.code}.toml", keep_unknown=keep_unknown, reason=reason)
        except (queries.ProgrammeFault, services.PlanFault, ShareFault) as fault:
            _end(fault)
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
def export(
    code: Annotated[str, typer.Argument(help="The code of a programme; the one in force where none is named.")] = "",
    write: Annotated[Path | None, typer.Option(help="The file to write.")] = None,
) -> None:
    """Write a programme out as it stands: loading it again changes nothing."""
    from tenfold.foundation.scope import as_system

    from . import queries
    from .content import toml_text
    from .models import Programme

    with as_system("command line"):
        row = Programme.objects.filter(code=code).first() if code else queries.in_force()
        if row is None:
            _end(code or "-", 3)
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
