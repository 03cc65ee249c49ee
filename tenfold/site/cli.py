"""The command line: ``tenfold``. Commands come from the manifests; these few are the site's own."""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from typing import Any

import typer

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


def _attach() -> None:
    """Add what the manifests declare: a function becomes a command, a Typer app a group."""
    from tenfold.foundation.declare import house

    for command in house().commands.values():
        module, name = command.run.split(":")
        run = getattr(import_module(module), name)
        if command.group:
            app.add_typer(run, name=command.name)
        else:
            app.command(command.name)(run)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def manage(context: typer.Context) -> None:
    """Django's own management commands."""
    from django.core.management import execute_from_command_line

    from tenfold.foundation.acts import permitted

    with permitted("migrations"):
        execute_from_command_line(["tenfold manage", *context.args])


@app.command("house")
def print_house(
    as_json: bool = typer.Option(False, "--json"),
    as_map: bool = typer.Option(False, "--map", help="Print the map of packages, drawn from the code."),
    write: bool = typer.Option(False, "--write", help="With --map: draw docs/architecture.md and catalogue.md anew."),
) -> None:
    """Print packages, rights, facts and indicators."""
    from tenfold.foundation.declare import house

    if as_map:
        from . import drawing

        print("\n".join(map(str, drawing.write())) if write else drawing.map_of_packages())
        return

    told: dict[str, Any] = {
        "packages": {m.name: str(m.title) for m in house().manifests.values()},
        "rights": {r.code: str(r.title) for r in house().rights.values()},
        "facts": {f.code: [c.name for c in f.columns] for f in house().facts.values()},
        "indicators": {i.code: str(i.title) for i in house().indicators.values()},
        "imports": {r.code: str(r.title) for r in house().readers.values()},
        "jobs": {j.name: str(j.title) for j in house().jobs.values()},
    }
    if as_json:
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for part, rows in told.items():
        print(f"\n{part}  {len(rows)}")
        for code, title in rows.items():
            print(f"  {code:44} {', '.join(title) if isinstance(title, list) else title}")


@app.command()
def serve(
    host: str = typer.Option("127.0.0.1", help="The address to listen at."),
    port: int = typer.Option(8000, help="The port; where it is taken, the next free one."),
) -> None:
    """Bring the database up to the code, then serve pages and carry out jobs in the foreground. Ctrl-C ends both."""
    from . import serving

    raise typer.Exit(serving.serve(host, port))


@app.command()
def demo(
    port: int = typer.Option(8000, help="The port; where it is taken, the next free one."),
    load_only: bool = typer.Option(False, "--load-only", help="Load the sample city, print the sign-ins, and end."),
    pupils: bool = typer.Option(False, "--pupils", envvar="DEMO_PUPILS", help="Load all pupils as people (minutes)."),
    anew: bool = typer.Option(False, "--reset", envvar="DEMO_RESET", help="Take the former demonstration away first."),
) -> None:
    """Serve the sample city (模拟数据): 1,253 invented schools, imported as files are. Only with TENFOLD_DEMO=1."""
    from . import serving
    from .demo.load import DemoRefused, check_mode, load, reset
    from .demo.signins import sign_in_file, table

    try:
        check_mode()
        if anew:
            reset()
        serving.migrate()
        sign_ins = load(all_pupils=pupils)
    except DemoRefused as refusal:
        typer.echo(str(refusal), err=True)
        raise typer.Exit(1) from None
    print("", *table(sign_ins), f"\n  {sign_in_file()}\n", sep="\n", flush=True)
    if not load_only:
        raise typer.Exit(serving.serve(port=port))


def main() -> None:
    """The entry point."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tenfold.site.settings")
    import django

    from tenfold.pure.balance import StandardFault

    if sys.argv[1:2] == ["manage"]:
        from tenfold.foundation.scope.guard import _writer

        _writer.set("migrations")
    try:
        django.setup()
    except StandardFault as fault:
        print(fault, file=sys.stderr)
        raise SystemExit(2) from None
    _attach()
    from .backup import commands as archives
    from .keys import app as keys

    app.command()(archives.backup)
    app.command()(archives.restore)
    app.add_typer(keys, name="keys")
    raise SystemExit(run())


def run(arguments: list[str] | None = None) -> int:
    """Carry out a command; a usage that is not understood is told in one line, and ends with 2."""
    try:
        done = app(arguments, standalone_mode=False)
    except typer.Abort:
        return 130
    except Exception as fault:
        if not hasattr(fault, "format_message"):  # no fault of usage
            raise
        words = fault.format_message()
        asked = type(fault).__name__ == "NoArgsIsHelpError"
        print(words if asked else " ".join(words.split()), file=sys.stderr)
        return int(getattr(fault, "exit_code", 2))
    return done if isinstance(done, int) else 0
