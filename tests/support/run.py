"""The passes of the tests, one after another: ``python -m tests.support.run test|quick|browser``.

Every pass runs, whatever became of the one before; the exit code is 1 where any failed. The last lines name what
did not run because the real data are missing.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from . import cluster

PYTEST = [sys.executable, "-m", "pytest"]
WORKERS = ["-n", "2", "--dist", "worksteal"]

PASSES: dict[str, dict[str, list[str]]] = {
    "quick": {"SQLite, quick": [*WORKERS, "-m", "not browser and not slow"]},
    "browser": {"Chromium": [*WORKERS, "-m", "browser"]},
    "test": {
        "SQLite": [*WORKERS, "-m", "not browser"],
        "PostgreSQL": [*WORKERS, "-m", "store and not browser"],
        "Chromium": [*WORKERS, "-m", "browser"],
    },
}
NOT_RUN = "TENFOLD_TEST_NOT_RUN"
"""Names the file to which pytest adds what was skipped for want of the real data."""


def run(name: str, more: list[str]) -> int:
    """Run the passes of a target; returns the exit code."""
    failed = []
    with tempfile.TemporaryDirectory() as folder:
        os.environ[NOT_RUN] = str(Path(folder) / "not-run")
        for title, arguments in PASSES[name].items():
            began = time.monotonic()
            print(f"\n== {title} ==", flush=True)
            command = [*PYTEST, *arguments, *more]
            code = cluster.run(command) if title == "PostgreSQL" else subprocess.run(command).returncode
            print(f"== {title}: {'passed' if code == 0 else 'FAILED'} in {time.monotonic() - began:.0f} s", flush=True)
            if code:
                failed.append(title)
        left = Path(os.environ[NOT_RUN])
        missed = sorted(set(left.read_text("utf-8").splitlines())) if left.exists() else []
    if failed:
        print(f"\nfailed: {', '.join(failed)}")
    if missed:
        print("\nNot run, since the real data are not here (TENFOLD_REAL_DATA; see README):")
        print("\n".join(f"  {line}" for line in missed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1], sys.argv[2:]))
