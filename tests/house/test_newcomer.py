"""A newcomer follows CONTRIBUTING.md: ten lines in a copy of the house, and the indicator is everywhere it belongs."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.fixtures import ROOT

pytestmark = pytest.mark.slow

CODE = "research.pupils_per_english_teacher"
SCHOOLS = """学校标识码,学校名称,办学类型,城乡分类
9900000001,东岭小学,小学,镇中心区
9900000002,石桥小学,小学,村庄
"""
RETURN = """学校标识码,学校名称,小学在校生数,小学英语教师
9900000001,东岭小学,600,4
9900000002,石桥小学,150,1
"""
LOOK = """
import django; django.setup()
from django.conf import settings; settings.STORAGES["staticfiles"]["BACKEND"] = \
    "django.contrib.staticfiles.storage.StaticFilesStorage"
from django.test import Client
from tenfold.foundation.access.models import Account
from tenfold.foundation.access.services import invite
from tenfold.foundation.acts import permitted
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.people.services import appoint
from tenfold.foundation.scope import as_system
from datetime import date
with as_system("test"):
    city = Organisation.objects.get(code="990000")
    post = appoint("T1", "某人", city, "科员", since=date(2020, 9, 1), role="section_officer")
    account = invite(post.person, "t1", "a-good-password-of-tests", must_change=False)
client = Client(HTTP_HOST="127.0.0.1")
with permitted("sign-in"):
    client.force_login(account)
for path in ("/rooms/research/", "/indicators/CODE/"):
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    print(answer.content.decode())
""".replace("CODE", CODE)


def lines_of_the_guide() -> str:
    """The block that CONTRIBUTING.md tells the newcomer to write."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    found = re.search(r"<!-- the newcomer's indicator.*?-->\n```python\n(.*?)```", text, re.DOTALL)
    assert found, "CONTRIBUTING.md no longer holds the newcomer's indicator"
    return found[1]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the house, without what was built or stored."""
    for name in ("tenfold", "programmes", "standards", "docs"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
    for name in ("roles.toml", "pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def run(copy: Path, *arguments: str) -> str:
    """Run ``tenfold …`` (or ``-c code``) of the copy."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("TENFOLD_", "DJANGO_", "DATABASE"))
    }
    command = [sys.executable, "-c", "from tenfold.site.cli import main; main()", *arguments]
    if arguments[0] == "-c":
        command = [sys.executable, *arguments]
    done = subprocess.run(
        command, cwd=copy, text=True, capture_output=True, timeout=120,
        env={**kept, "PYTHONPATH": str(copy), "TENFOLD_VAR": str(copy / "var"), "TENFOLD_TODAY": "2023-10-16",
             "DJANGO_SETTINGS_MODULE": "tenfold.site.settings"},
    )  # fmt: skip
    assert done.returncode == 0, f"{arguments}: {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def test_the_guide_says_ten_lines():
    assert len(lines_of_the_guide().strip().splitlines()) == 10


def test_ten_lines_are_an_indicator(copy):
    before = {entry["code"] for entry in json.loads(run(copy, "indicator", "list", "--json"))}
    file = copy / "tenfold" / "rooms" / "research" / "indicators.py"
    file.write_text(file.read_text("utf-8") + "\n" + lines_of_the_guide(), "utf-8")

    after = {entry["code"] for entry in json.loads(run(copy, "indicator", "list", "--json"))}
    assert after - before == {CODE}

    run(copy, "init", "--code", "990000", "--city", "清渠市")
    for kind, text, more in (("organisations", SCHOOLS, ()), ("school-return", RETURN, ("--period", "2023-24"))):
        table = copy / f"{kind}.csv"
        table.write_text(text, "utf-8")
        run(copy, "import", kind, str(table), "--under", "990000", *more)
    asked = ("--place", "990000", "--period", "2023-24", "--split", "stage=primary", "--json")
    value = json.loads(run(copy, "indicator", "value", CODE, *asked))
    assert (value["value"], value["numerator"], value["denominator"]) == (150, 750, 5)
    rows = json.loads(run(copy, "indicator", "source", CODE, *asked))["rows"]
    assert {cell["value"] for row in rows for cell in row["cells"]} >= {"600", "4", "150", "1"}

    page = run(copy, "-c", LOOK)
    assert page.count("Pupils per English teacher") >= 2
    assert "150" in page

    changed = run(copy, "house", "--map", "--write")
    assert "catalogue.md" in changed
    assert f"`{CODE}`" in (copy / "docs" / "catalogue.md").read_text("utf-8")
