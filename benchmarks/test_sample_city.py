"""The sample city: loaded through the importer, started again, and its six years counted anew from an empty store.

Must reach: ready in under 60 s after installation, again within seconds, the whole catalogue in under 8 s, cold. Each
step is a process of its own, imports included; beside the seconds stands what the processor itself took.
"""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOADED, AGAIN, COUNTED = 60.0, 8.0, 8.0

COUNT = """
import json, django
django.setup()
from tenfold.engines.indicators.engine.keeping import definitions
from tenfold.engines.indicators.services import sync
report = sync()
print(json.dumps({"periods": report.periods, "partitions": len(report.partitions), "indicators": len(definitions())}))
"""


def timed(run: Any) -> tuple[str, dict[str, float]]:
    """What a process printed, and its seconds."""
    begun, used = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    printed = run()
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = ended.ru_utime + ended.ru_stime - used.ru_utime - used.ru_stime
    return printed, {"seconds": round(time.perf_counter() - begun, 1), "processor": round(processor, 1)}


def test_the_sample_city(installation: Any, capsys: Any) -> None:
    installation.environment |= {"TENFOLD_DEMO": "1", "TENFOLD_TODAY": "2023-11-20"}
    installation.environment["DJANGO_SETTINGS_MODULE"] = "tenfold.site.settings"
    installation.environment.pop("PYTHONDONTWRITEBYTECODE", None)  # byte code is on disk, as in any installation

    def demo() -> str:
        return str(installation.run("demo", "--load-only", timeout=600).stdout)

    def count() -> str:
        shutil.rmtree(installation.folder / "facts")
        command = [sys.executable, "-c", COUNT]
        done = subprocess.run(
            command, env=installation.environment, cwd=ROOT, check=True, capture_output=True, text=True
        )
        return done.stdout

    steps = {"load": timed(demo)[1], "again": timed(demo)[1]}
    printed, seconds = timed(count)
    told = json.loads(printed)
    with capsys.disabled():
        print(f"\n{json.dumps({**steps, 'count': seconds, **told})}")
    assert len(told["periods"]) == 6
    assert min(steps["load"].values()) < LOADED
    assert min(steps["again"].values()) < AGAIN
    assert min(seconds.values()) < COUNTED
