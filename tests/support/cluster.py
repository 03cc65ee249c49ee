"""A throw-away PostgreSQL cluster: in a temporary folder, on a Unix socket, ended by its own process id.

``python -m tests.support.cluster COMMAND…`` starts one, runs the command with ``DATABASE_URL`` on it, and takes it
away. ``TENFOLD_TEST_TEMPLATE`` names a migrated database, from which every worker of pytest makes its own in a moment.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = "tenfold_template"
UNSAFE_AND_FAST = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
}
"""Nothing of a cluster that lives for one run of the tests needs to outlive a power cut."""


def program(name: str) -> str:
    """The path of one of PostgreSQL's programs: Debian keeps the server's outside the PATH."""
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    found = shutil.which(name) or (str(installed[-1]) if installed else "")
    if not found:
        raise SystemExit(f"{name} is missing: apt-get install postgresql")
    return found


def _owner() -> dict[str, Any]:
    """initdb refuses root: it runs as ``postgres`` then, as oneself otherwise."""
    return {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}


@contextmanager
def cluster() -> Iterator[Path]:
    """A running cluster whose superuser is ``tenfold``; yields the folder of its socket."""
    folder = Path(tempfile.mkdtemp(prefix="tenfold-pg-"))
    owner = _owner()
    if owner:
        shutil.chown(folder, "postgres", "postgres")
    options = [part for name, value in UNSAFE_AND_FAST.items() for part in ("-c", f"{name}={value}")]
    try:
        made = subprocess.run(
            [program("initdb"), "-D", folder / "data", "-U", "tenfold", "-A", "trust", "-E", "UTF8",
             "--locale=C.UTF-8", "--no-sync"],
            cwd=folder, capture_output=True, text=True, **owner,
        )  # fmt: skip
        if made.returncode:
            raise SystemExit(made.stderr)
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [program("postgres"), "-D", folder / "data", "-k", folder, *options],
                cwd=folder, stdout=log, stderr=log, **owner,
            )  # fmt: skip
        try:
            _wait(server, folder)
            yield folder
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=60)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait(server: subprocess.Popen[bytes], folder: Path) -> None:
    import psycopg

    for _attempt in range(300):
        try:
            psycopg.connect(host=str(folder), user="tenfold", dbname="postgres").close()
        except psycopg.OperationalError:
            if server.poll() is not None:
                break
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"the PostgreSQL cluster did not start:\n{(folder / 'log').read_text()}")


def address(folder: Path, database: str) -> str:
    """``DATABASE_URL`` of a database of the cluster."""
    return f"postgresql://tenfold@/{database}?host={folder}"


def make_template(folder: Path) -> None:
    """A migrated database from which the tests' own are made."""
    import psycopg

    with psycopg.connect(host=str(folder), user="tenfold", dbname="postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {TEMPLATE}")
    with tempfile.TemporaryDirectory() as var:
        environment = {**os.environ, "DATABASE_URL": address(folder, TEMPLATE), "TENFOLD_VAR": var}
        tenfold = Path(sys.executable).parent / "tenfold"
        subprocess.run([tenfold, "manage", "migrate", "--verbosity=0"], check=True, cwd=ROOT, env=environment)


def run(command: list[str]) -> int:
    """Run a command on a cluster of its own; returns its exit code."""
    with cluster() as folder:
        make_template(folder)
        environment = {
            **os.environ,
            "DATABASE_URL": address(folder, "tenfold"),
            "TENFOLD_TEST_TEMPLATE": TEMPLATE,
        }
        return subprocess.run(command, env=environment).returncode


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
