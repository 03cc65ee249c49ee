"""``tenfold standard``: the standards, and a place held against one. Exit 2: not understood, 3: out of scope."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

app = typer.Typer(help="Standards, and a place held against one.", no_args_is_help=True)

JSON = typer.Option(False, "--json", help="Print JSON.")


def _end(fault: Exception, code: int) -> None:
    print(str(fault.args[0] if fault.args else fault), file=sys.stderr)
    raise typer.Exit(code)


@contextmanager
def _told() -> Iterator[None]:
    """One line on standard error for what could not be answered."""
    from tenfold.engines.indicators import queries as values
    from tenfold.pure.balance import StandardFault

    from . import queries

    try:
        yield
    except values.OutOfScope as fault:
        _end(fault, 3)
    except (queries.UnknownStandard, queries.NotCounted, values.UnknownPeriod, StandardFault) as fault:
        _end(fault, 2)


@app.command("list")
def list_(as_json: bool = JSON) -> None:
    """Print the standards and how many items each has."""
    from . import queries

    with _told():
        found = queries.standards()
    if as_json:
        rows = [
            {
                "code": s.code, "document": s.document, "name": s.name, "effective": s.effective.isoformat(),
                "resources": [r.code for r in s.resources],
                "items": [{"code": d.code, "part": d.part, "number": d.number, "name": d.name, "decided": d.decided}
                          for d in s.demands],
                "local": sorted(s.local),
            }
            for s in found
        ]  # fmt: skip
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for s in found:
        print(f"{s.code:28} {s.document}  {s.name}  {len(s.resources)} + {len(s.demands)}")


@app.command()
def assess(
    name: str = typer.Argument(help="A file of standards/, as balanced-compulsory-2017."),
    place: str = typer.Option(..., "--place", help="Code of a place: a school, township, county, city."),
    period: str = typer.Option(..., "--period", help="A school year, as 2023-24."),
    as_json: bool = JSON,
) -> None:
    """Hold a place against a standard."""
    from tenfold.engines.indicators import services
    from tenfold.engines.indicators.queries import updating
    from tenfold.foundation.scope import as_system

    from . import queries, telling

    with as_system("command line"), _told():
        queries.choose_standard(name)
        if updating():
            services.sync()
        held = queries.assessed(place, period, name)
        items = queries.items_of(held, queries.entries(held.place, period, name))
    told = telling.whole(held, items)
    if as_json:
        print(json.dumps(told, ensure_ascii=False))
        return
    print("\n".join(telling.lines(held, items)))
