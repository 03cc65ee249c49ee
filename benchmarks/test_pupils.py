"""All pupils of the sample city as people: how long they take to load, and what they cost every page.

Must reach: the whole city with all its pupils loads in under 5 minutes; no page, those of people included, slows by
more than a fifth. The same pages are asked in turn of two houses, one with a village's pupils and one with all: the
machine's other work meets both alike, and the medians are compared as ratios.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.crash.house import House
from tests.crash.officer import Officer
from tests.support.installation import Installation

ROOT = Path(__file__).resolve().parents[1]
LOADED, SLOWER, TIMES = 300.0, 1.2, 60
PEOPLE = ("/people/?q=9", "/pupils/", "/pupils/?place={school}")


class Other(Installation):
    """The same installation in another folder."""

    def __init__(self, origin: Any, folder: Path) -> None:
        shutil.copytree(origin.folder, folder)
        self.folder = folder
        self.environment = {**origin.environment, "TENFOLD_VAR": str(folder)}


def loaded(installation: Any, *more: str) -> tuple[str, float]:
    """What ``tenfold demo`` printed, and its seconds."""
    begun = time.perf_counter()
    told = str(installation.run("demo", "--load-only", *more, timeout=900).stdout)
    return told, time.perf_counter() - begun


def seconds(officer: Officer, address: str) -> float:
    """How long a page took."""
    begun = time.perf_counter()
    status, _headers, _page = officer.ask(address)
    assert status == 200, (address, status)
    return time.perf_counter() - begun


def test_all_pupils(installation: Any, tmp_path_factory: Any, capsys: Any) -> None:
    installation.environment |= {"TENFOLD_DEMO": "1", "TENFOLD_TODAY": "2023-11-20", "TENFOLD_PUPILS": "1"}
    installation.environment["DJANGO_SETTINGS_MODULE"] = "tenfold.site.settings"
    told, city = loaded(installation)
    full = Other(installation, tmp_path_factory.mktemp("full") / "var")
    _told, pupils = loaded(full, "--pupils")
    name, password = next(line.split()[:2] for line in told.splitlines() if line.split()[:1] == ["demo-county"])
    listed = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "pages.py", name],
        env={**installation.environment, "PYTHONPATH": str(ROOT)}, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    pages = json.loads(listed.stdout.splitlines()[-1])
    school = pages["/schools/{school}/"]["address"].strip("/").rsplit("/", 1)[-1]
    addresses = [page["address"] for page in pages.values()] + [address.format(school=school) for address in PEOPLE]
    houses = [House(installation), House(full)]
    ratios = {}
    try:
        officers = []
        for house in houses:
            house.open()
            officers.append(Officer(house.address, name, password))
            officers[-1].sign_in()
        for address in dict.fromkeys(addresses):
            for officer in officers:
                officer.ask(address)
            few, all_of_them = zip(*[[seconds(one, address) for one in officers] for _ in range(TIMES)], strict=True)
            ratios[address] = round(statistics.median(all_of_them) / statistics.median(few), 2)
    finally:
        for house in houses:
            house.close()
    with capsys.disabled():
        print(f"\n{json.dumps({'city': round(city, 1), 'pupils': round(pupils, 1), 'ratios': ratios}, indent=1)}")
    assert city + pupils < LOADED
    assert not {address: ratio for address, ratio in ratios.items() if ratio > SLOWER}
