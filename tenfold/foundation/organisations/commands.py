"""``tenfold map load FILE``: the outlines that maps are drawn from.

Exit 0: done; 1: faults, and nothing was written; 2: not understood; 3: out of scope.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import typer

app = typer.Typer(no_args_is_help=True, help="Outlines of counties, as maps are drawn from them.")

FILE = typer.Argument(..., help="GeoJSON; a shape is matched by its adcode, else by its name.")
SOURCE = typer.Option(..., "--source", help="Whose map it is; written under every map.")
REVIEW = typer.Option(
    "", "--review-number", help="审图号 of the map; without it the page says that it is to be filled."
)
CRS = typer.Option("GCJ02", "--crs", help="GCJ02, WGS84, CGCS2000 or BD09.")
DRY_RUN = typer.Option(False, "--dry-run", help="Check only; write nothing.")
SKIP = typer.Option(False, "--skip-faulty", help="Leave faulty shapes out and take the others.")
JSON = typer.Option(False, "--json", help="Print JSON.")


@app.callback()
def _map() -> None:
    """Outlines of counties, as maps are drawn from them."""


@app.command()
def load(
    file: Path = FILE,
    source: str = SOURCE,
    review_number: str = REVIEW,
    crs: str = CRS,
    dry_run: bool = DRY_RUN,
    skip_faulty: bool = SKIP,
    as_json: bool = JSON,
) -> None:
    """Take the outlines of a file: all that belong to a place here, or none where one is faulty."""
    from tenfold.foundation.scope import as_system
    from tenfold.pure.plane import SYSTEMS

    system = crs.upper().replace("-", "")
    if system not in SYSTEMS:
        _end(f"--crs {crs}: {', '.join(SYSTEMS)}", 2)
    if not source.strip():
        _end("--source: whose map is it?", 2)
    with as_system("command"):
        told = take(_bytes(file), source.strip(), review_number.strip(), system, dry_run, skip_faulty)
    _print(told, as_json)
    raise typer.Exit(0 if told["state"] != "faulty" else 1)


def take(
    content: bytes, source: str, review_number: str, system: str = "GCJ02", dry: bool = False, skip: bool = False
) -> dict[str, Any]:
    """Read, match and write; what came of it, as the command tells it."""
    from django.utils.translation import gettext as _

    from . import mapping, outlines, services

    try:
        reading = outlines.read(content, system)
    except outlines.OutlineFault as fault:
        return _told("faulty", [], [], [{"shape": 0, "name": "", "text": str(fault)}])
    matched, foreign, twice = mapping.match(reading.outlines)
    faults = [{"shape": number, "name": name, "text": text} for number, name, text in reading.faults]
    faults += [{"shape": o.number, "name": o.name, "text": _("its place has an outline already")} for o in twice]
    if not matched:
        text = _("no place within your scope has one of these codes or names")
        faults.append({"shape": 0, "name": "、".join(o.name for o in foreign[:6]), "text": text})
    if not matched or (faults and not skip):
        return _told("faulty", matched, foreign, faults)
    if not dry:
        services.draw_boundaries(matched, source, review_number)
    return _told("checked" if dry else "written", matched, foreign, faults)


def _told(state: str, matched: list[Any], foreign: list[Any], faults: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "state": state,
        "places": {m.organisation.code: m.organisation.name for m in matched},
        "of_no_place": [o.name or o.code for o in foreign],
        "faults": faults,
    }


def _bytes(file: Path) -> bytes:
    from .outlines import LARGEST

    try:
        with file.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except OSError as fault:
        _end(f"{file}: {fault.strerror}", 2)
        raise


def _print(told: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for fault in told["faults"]:
        print(f"{fault['shape'] or '-'}  {fault['name']}  {fault['text']}", file=sys.stderr)
    for code, name in told["places"].items():
        print(f"{code}  {name}")
    if told["of_no_place"]:
        print(f"-  {', '.join(told['of_no_place'][:20])}")
    print(told["state"])


def _end(text: str, code: int) -> None:
    print(text, file=sys.stderr)
    raise typer.Exit(code)
