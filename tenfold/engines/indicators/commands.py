"""``tenfold indicator``: the catalogue, a value, and what it rests on. Exit 2: not understood, 3: out of scope."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer

app = typer.Typer(help="Indicators: the catalogue, a value, its source.", no_args_is_help=True)

PLACE = typer.Option(..., "--place", help="Code of a place: a school, township, county, city.")
PERIOD = typer.Option(..., "--period", help="A school year, as 2023-24.")
SPLIT = typer.Option("", "--split", help="As stage=primary or stage=primary,locale=rural.")
AS = typer.Option("", "--as", help="Staff number of the person in whose scope to ask; the operator's own without.")
JSON = typer.Option(False, "--json", help="Print JSON.")


class _NotReached(LookupError):
    """The person named has no running post."""


@contextmanager
def _asking(number: str) -> Iterator[None]:
    """In the scope of a person by staff number; the operator of the machine reaches everywhere."""
    from tenfold.foundation.access.queries import context_of_post
    from tenfold.foundation.people.models import Person
    from tenfold.foundation.scope import acting, as_system

    with as_system("command line"):
        if not number:
            yield
            return
        person = Person.objects.filter(number=number).first()
        context = context_of_post(person.pk) if person else None
    if context is None:
        raise _NotReached(f"{number}: no such person, or no running post")
    with acting(context):
        yield


def _up_to_date() -> None:
    """Count what has changed since the last sync: whoever asks at the machine waits for no worker."""
    from tenfold.foundation.scope import as_system

    from . import queries, services

    with as_system("command line"):
        if queries.updating():
            services.sync()


@contextmanager
def _told() -> Iterator[None]:
    """One line on standard error for what could not be answered."""
    from . import queries

    try:
        yield
    except (queries.OutOfScope, _NotReached) as fault:
        _end(fault, 3)
    except (queries.UnknownIndicator, queries.UnknownPeriod, queries.UnknownSplit) as fault:
        _end(fault, 2)


def _end(fault: Exception, code: int) -> None:
    print(str(fault.args[0]), file=sys.stderr)
    raise typer.Exit(code)


@app.command("list")
def list_(as_json: bool = JSON) -> None:
    """Print the catalogue."""
    from tenfold.foundation.scope import as_system

    from . import queries

    with as_system("command line"):
        entries = queries.catalogue()
    if not as_json:
        for e in entries:
            print(f"{e.indicator.code:40} {e.indicator.title}  {e.indicator.unit}")
        return
    print(json.dumps([_entry(e) for e in entries], ensure_ascii=False, indent=1))


def _entry(e: Any) -> dict[str, Any]:
    i = e.indicator
    return {
        "code": i.code,
        "title": str(i.title),
        "unit": str(i.unit),
        "package": e.package,
        "formula": e.formula,
        "better": i.better,
        "splits": [s for s in e.splits if s],
        "lowest": i.lowest,
        "highest": i.highest or "province",
        "source": i.source,
        "definition": e.digest,
    }


@app.command()
def value(
    code: str, place: str = PLACE, period: str = PERIOD, split: str = SPLIT, number: str = AS, as_json: bool = JSON
) -> None:
    """Print one value."""
    from . import queries

    _up_to_date()
    with _told(), _asking(number):
        found = queries.value(code, place, period, split)
    if as_json:
        print(json.dumps(_value(found), ensure_ascii=False))
    else:
        print(f"{found.place_name} {found.period} {found.split} {_plain(found.value)} {found.indicator.unit}")


def _plain(number: float | None) -> str:
    return "-" if number is None else f"{number:.10g}"


def _number(number: float | None) -> float | int | None:
    """Whole numbers without a point."""
    return int(number) if number is not None and number == int(number) else number


def _value(found: Any) -> dict[str, Any]:
    return {
        "code": found.code,
        "place": found.place,
        "period": found.period,
        "split": found.split,
        "value": _number(found.value),
        "numerator": _number(found.numerator),
        "denominator": _number(found.denominator),
        "schools_counted": found.counted,
        "schools_missing": found.missing,
        "state": found.state,
    }


@app.command()
def source(
    code: str,
    place: str = PLACE,
    period: str = PERIOD,
    split: str = SPLIT,
    school: str = typer.Option("", "--school", help="Code of the one school to open."),
    offset: int = typer.Option(0, "--offset", min=0),
    limit: int = typer.Option(100, "--limit", min=1, help="How many schools are opened to their cells."),
    number: str = AS,
    as_json: bool = JSON,
) -> None:
    """Print the rows behind a value, with the file, row and column each was read from."""
    from . import queries

    _up_to_date()
    with _told(), _asking(number):
        found = queries.source(code, place, period, split, offset, limit, school)
        opened = {row.code: queries.cells_of(row, found.value.split) for row in found.rows}
    rows: list[dict[str, Any]] = [
        {
            "school": row.code,
            "name": row.name,
            "numerator": _number(row.numerator),
            "denominator": _number(row.denominator),
            "value": _number(row.value.value),
            "state": row.value.state,
            "records": list(row.records),
            "cells": [_cell(cell) for cell in opened.get(row.code, [])],
        }
        for row in (*found.rows, *found.folded)
    ]
    if as_json:
        print(json.dumps({**_value(found.value), "total": found.total, "rows": rows}, ensure_ascii=False))
        return
    for row in rows:
        print(f"{row['school']} {row['name']} {row['numerator']} {row['denominator']} {row['value']}")
        for cell in row["cells"]:
            print(f"    {cell['file']} {cell['sheet']} {cell['row']}{cell['column']} {cell['field']} {cell['value']}")


def _cell(cell: Any) -> dict[str, Any]:
    shown = cell.shown
    return {
        "field": cell.field,
        "file": shown.file,
        "sheet": shown.sheet,
        "row": shown.row,
        "column": shown.column,
        "value": shown.raw,
    }
