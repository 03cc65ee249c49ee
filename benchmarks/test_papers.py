"""The papers of the sample city, from the records to Word and, where LibreOffice is found, PDF: under 15 s each."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 15
SCRIPT = """
import json, time, django
django.setup()
from tenfold.foundation.calendar import Period, today
from tenfold.foundation.declare import house
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.papers import pdf, services
from tenfold.foundation.scope import as_system
taken = {}
with as_system("benchmark"):
    for kind in sorted(house().papers.values(), key=lambda each: each.order):
        place = Organisation.objects.filter(kind=kind.levels[0] if kind.levels else "city").order_by("path").first()
        begun = time.perf_counter()
        word = services.written(kind, place, Period.of(today(), kind.period))
        if pdf.office():
            pdf.as_pdf(word)
        taken[kind.code] = round(time.perf_counter() - begun, 1)
print(json.dumps(taken))
"""


def test_papers(installation: Any, capsys: Any) -> None:
    installation.environment |= {"TENFOLD_DEMO": "1", "TENFOLD_TODAY": "2023-11-20"}
    installation.run("demo", "--load-only", timeout=600)
    told = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env={**installation.environment, "PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "tenfold.site.settings"},
        check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    taken = json.loads(told.stdout.splitlines()[-1])
    with capsys.disabled():
        print(f"\npapers, seconds each: {taken}")
    assert max(taken.values()) < SECONDS, taken
