"""``tenfold backup`` and ``tenfold restore``."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path

import typer

from .archive import BadBackup, Key

PASSPHRASE = "TENFOLD_BACKUP_PASSPHRASE"  # noqa: S105  (the name of a variable)
TO = typer.Argument(..., help="The archive to write; it must not exist.")
FROM = typer.Argument(..., help="The archive to restore.")
KEY_FILE = typer.Option(None, "--key-file", help="A file of at least 32 characters; else a passphrase is asked for.")


def _key(file: Path | None, *, confirm: bool) -> Key:
    if file is not None:
        return Key.of_file(file)
    phrase = os.environ.get(PASSPHRASE) or typer.prompt("Passphrase", hide_input=True, confirmation_prompt=confirm)
    return Key.of_phrase(phrase)


def backup(
    file: Path = TO,
    key_file: Path | None = KEY_FILE,
    as_json: bool = typer.Option(False, "--json"),
) -> None:
    """Write one sealed archive of database, files and keys. The house may stay open."""
    from .making import make

    try:
        report = make(file, _key(key_file, confirm=True))
    except (BadBackup, OSError) as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(1) from None
    if as_json:
        print(json.dumps(asdict(report)))
    else:
        print(f"{file}: {report.rows} rows, {report.files} files, {report.size / 2**20:.1f} MB")
    if report.missing:
        typer.echo(f"{len(report.missing)} files are missing, of which records tell", err=True)


def restore(
    file: Path = FROM,
    key_file: Path | None = KEY_FILE,
    replace: bool = typer.Option(False, "--replace", help="Put it in the place of an installation that is not empty."),
    as_json: bool = typer.Option(False, "--json"),
) -> None:
    """Put a backup in place, whole or not at all. The house must be closed."""
    from tenfold.foundation.audit.queries import verify
    from tenfold.site.serving import migrate

    from .restoring import restore as run

    try:
        migrate()
        report = run(file, _key(key_file, confirm=False), replace=replace)
    except (BadBackup, OSError) as fault:
        typer.echo(f"{fault}; nothing was changed", err=True)
        raise typer.Exit(1) from None
    verdict = verify()
    if as_json:
        print(json.dumps({**asdict(report), "audit": asdict(verdict)}))
    else:
        print(f"{report.rows} rows and {report.files} files are back; facts are counted anew when the house opens")
    if report.missing:
        typer.echo(f"{len(report.missing)} files were missing already when the backup was made", err=True)
    if verdict.broken:
        typer.echo(f"the audit is not whole: broken at {verdict.broken}", err=True)
        raise typer.Exit(2)
