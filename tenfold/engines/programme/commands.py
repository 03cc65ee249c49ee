"""``tenfold programme``: check the programme's file, write the page that tells what is counted."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="The year's programme.", no_args_is_help=True)


@app.command()
def check() -> None:
    """Read the programme; exit 1 with one line where it cannot be read."""
    from . import queries

    try:
        found = queries.from_file()
    except queries.ProgrammeFault as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(1) from fault
    typer.echo(f"{found.name}: {len(found.actions)} / {len(found.threads)} / {found.countable}")


@app.command()
def coverage(write: Annotated[Path | None, typer.Option(help="The file to write.")] = None) -> None:
    """Print, or write, which thread is counted by which record and indicator."""
    from .coverage import document

    if write:
        write.write_text(document(), "utf-8")
    else:
        typer.echo(document(), nl=False)
