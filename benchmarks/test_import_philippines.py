"""42,346 real schools of the Philippines (DepEd 2015) as organisations and with their return, under one county.

Must reach: under 60 s and 1 GB, outliers flagged. Each command is a process of its own, as an operator runs it.
"""

from __future__ import annotations

import json
import resource
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.support.installation import TENFOLD

MAPPINGS = Path(__file__).resolve().parents[1] / "tests" / "mappings"
ROWS = 42_346
SECONDS, MEGABYTES = 60, 1024


def measured(installation: Any, *arguments: str | Path) -> tuple[dict[str, Any], float, float]:
    """The report of an import, its seconds, and the largest memory of any child so far in MB."""
    begun, used = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    done = subprocess.run(
        [TENFOLD, *arguments, "--json"], env=installation.environment, capture_output=True, text=True, check=True
    )
    seconds, usage = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"{usage.ru_utime - used:.1f} s of the processor", end=" ")
    return json.loads(done.stdout), seconds, usage.ru_maxrss / 1024


def test_the_philippines_file(installation: Any, real_data: Callable[[str], Path], capsys: Any) -> None:
    file = real_data("schools/philippines_2015_teachers_rooms_mooe.csv.gz")
    county = installation.folder / "county.csv"
    county.write_text("code,name,kind\n990100,County,county\n", encoding="utf-8")
    installation.run("init", "--code", "990000")
    installation.run("import", "organisations", county)
    total = peak = 0.0
    for kind in ("organisations", "school-return"):
        mapping = MAPPINGS / f"philippines-{kind}.toml"
        report, seconds, peak = measured(
            installation, "import", kind, file, "--under", "990100", "--period", "2015-16", "--mapping", mapping
        )
        total += seconds
        flagged = [fault for fault in report["faults"] if fault["level"] == "warning"]
        with capsys.disabled():
            print(f"\n{kind}: {report['rows_written']} rows in {seconds:.1f} s, {len(flagged)} flagged", end="")
        assert report["rows_written"] == ROWS
    with capsys.disabled():
        print(f"\ntogether {total:.1f} s, peak {peak:.0f} MB")
    assert flagged, "ratios of up to 1,570 pupils per teacher are flagged"
    assert any("1570" in fault["text"] for fault in flagged)
    assert total < SECONDS
    assert peak < MEGABYTES
