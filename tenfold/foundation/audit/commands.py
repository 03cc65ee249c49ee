"""``tenfold audit``."""

from __future__ import annotations

import json
from dataclasses import asdict

import typer

app = typer.Typer(help="The audit: verify that it is whole.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """The audit."""


@app.command()
def verify(as_json: bool = typer.Option(False, "--json")) -> None:
    """Recount every digest and the chain of seals. Exit 0 when whole, 1 when broken."""
    from . import queries

    verdict = queries.verify()
    if as_json:
        print(json.dumps(asdict(verdict)))
    else:
        print(f"{verdict.entries} entries, {verdict.seals} seals, {verdict.unsealed} not yet sealed")
    if verdict.broken:
        typer.echo(f"broken at {verdict.broken}", err=True)
        raise typer.Exit(1)
