"""An installation of its own for tests that start processes: the command line, the server, the worker, kills."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.db import connection

from . import database

TENFOLD = Path(sys.executable).parent / "tenfold"


class Installation:
    """A folder with its own keys and a migrated database (of the vendor that the tests run on). Not a test's own."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("TENFOLD_", "DJANGO_"))}
        self.environment = {
            **kept, "TENFOLD_VAR": str(folder), "TENFOLD_TODAY": "2023-10-16", "PYTHONUNBUFFERED": "1", **settings,
        }  # fmt: skip
        if connection.vendor == "postgresql":
            self._on_the_cluster()
        else:
            self._beside()

    def _beside(self) -> None:
        cached = database._cached()
        if cached is not None and cached.exists():
            shutil.copyfile(cached, self.folder / "tenfold.sqlite3")
        else:
            self.run("manage", "migrate", "--verbosity=0")

    def _on_the_cluster(self) -> None:
        import psycopg

        url = urlsplit(os.environ["DATABASE_URL"])
        self._socket = url.query.removeprefix("host=")
        self._name = f"installation_{os.getpid()}_{self.folder.name.replace('-', '_')}"
        with psycopg.connect(host=self._socket, user="tenfold", dbname="postgres", autocommit=True) as postgres:
            postgres.execute(f'CREATE DATABASE "{self._name}" TEMPLATE "{os.environ["TENFOLD_TEST_TEMPLATE"]}"')
        self.environment["DATABASE_URL"] = url._replace(path=f"/{self._name}").geturl()

    def run(self, *arguments: str | Path, code: int | None = 0, **more: Any) -> subprocess.CompletedProcess[str]:
        """Run ``tenfold …`` to its end; fails where it does not end with ``code`` (None: any)."""
        done = subprocess.run(
            [TENFOLD, *arguments], env=self.environment, cwd=self.folder, text=True, capture_output=True,
            timeout=more.pop("timeout", 120), **more,
        )  # fmt: skip
        assert code is None or done.returncode == code, f"exit {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def told(self, *arguments: str | Path, code: int = 0) -> Any:
        """What ``tenfold … --json`` says."""
        return json.loads(self.run(*arguments, "--json", code=code).stdout)

    def start(self, *arguments: str | Path, **more: Any) -> subprocess.Popen[str]:
        """Start ``tenfold …``, to be ended or killed by its own id; its words come on ``stdout``."""
        return subprocess.Popen(
            [TENFOLD, *arguments], env=self.environment, cwd=self.folder, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **more,
        )  # fmt: skip
