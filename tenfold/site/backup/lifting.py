"""A backup of an older version is lifted to this one: in a scratch database beside, before anything is touched.

The scratch is SQLite whatever the house stands on, for rows know no store: it is migrated to where the backup stood,
filled, migrated to the end, and its rows take the place of the older ones. All of it in a process of its own, in the
folder of the unpacked backup and under the backup's own keys (``python -m tenfold.site.backup.lifting``).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from .archive import BadBackup, Unpacked, lines

TOLD = "lifted.json"


def lift(backup: Unpacked) -> Unpacked:
    """The same backup with rows of this version's tables. Raises BadBackup where its rows cannot be carried over."""
    own = backup.folder / "scratch"
    own.mkdir(mode=0o700)
    for name, member in (("data.keys", "keys/data.key"), ("secret.key", "keys/secret.key")):
        shutil.copyfile(backup.folder / member, own / name)
        os.chmod(own / name, 0o600)
    scratch = {"TENFOLD_VAR": str(own), "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "tenfold.site.settings"}
    done = subprocess.run(  # noqa: S603 (our own Python)
        [sys.executable, "-m", "tenfold.site.backup.lifting", str(backup.folder)],
        env={**os.environ, **scratch}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        told = (done.stderr.strip().splitlines() or [""])[-1][:200]
        version = backup.header["version"]
        raise BadBackup(
            f"this backup of an older version ({version}) could not be carried over ({told}); restore it with that"
            " version, then upgrade"
        )
    rows = json.loads((backup.folder / TOLD).read_bytes())
    shutil.rmtree(backup.folder / "database", ignore_errors=True)
    (own / "database").rename(backup.folder / "database")
    shutil.rmtree(own)
    members = {name: told for name, told in backup.manifest["members"].items() if not name.startswith("database/")}
    pieces = (str(piece.relative_to(backup.folder)) for piece in (backup.folder / "database").glob("*/*.jsonl"))
    members |= {piece: {} for piece in pieces}
    return Unpacked(backup.folder, backup.header, {**backup.manifest, "rows": rows, "members": members})


def _carry(folder: Path) -> dict[str, int]:
    from django.core.management import call_command
    from django.db import connection, transaction
    from django.db.migrations.executor import MigrationExecutor

    from . import tables

    header = json.loads((folder / "header.json").read_bytes())
    theirs = {(app, name) for app, name in header["migrations"]}
    executor = MigrationExecutor(connection)
    graph = executor.loader.graph
    if any(parent.key not in theirs for key in theirs for parent in graph.node_map[key].parents):
        raise ValueError("its migrations are no earlier state of this version")
    whole = executor.migration_plan(graph.leaf_nodes(), clean_start=True)
    plan = [step for step in whole if (step[0].app_label, step[0].name) in theirs]
    state = executor.migrate(list(theirs), plan=plan)
    former = [model for model in state.apps.get_models(include_auto_created=True) if model._meta.managed]
    with transaction.atomic():
        tables.wipe(former)
        for model in former:
            _fill(model, folder, header["columns"].get(model._meta.db_table))
    connection.check_constraints()
    call_command("migrate", interactive=False, verbosity=0)
    rows = {}
    for model in tables.models():
        name, rows[model._meta.db_table] = model._meta.db_table, 0
        place = folder / "scratch" / "database" / name
        place.mkdir(parents=True)
        for number, (count, piece) in enumerate(tables.dump(model, connection)):
            (place / f"{number:06}.jsonl").write_bytes(piece)
            rows[name] += count
    return rows


def _fill(model: Any, folder: Path, columns: list[str] | None) -> None:
    from . import tables

    pieces = sorted((folder / "database" / model._meta.db_table).glob("*.jsonl"))
    if pieces and columns is None:
        raise ValueError(f"{model._meta.db_table}: its columns are not told")
    for piece in pieces:
        tables.load(model, lines(piece), columns)


def main(folder: Path) -> None:
    """In the process of its own."""
    import django

    django.setup()
    from tenfold.foundation.acts import permitted
    from tenfold.foundation.scope import as_system

    with as_system("restore"), permitted("migrations"):
        rows = _carry(folder)
    (folder / TOLD).write_text(json.dumps(rows))


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]))
    except Exception as fault:
        raise SystemExit(str(fault).splitlines()[0] if str(fault) else type(fault).__name__) from None
