"""Where pupils are not kept: no page, no kind of import, and no table that holds a child."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys

from django.apps import apps
from django.db import connection

from tenfold.foundation.exchange.tests.making import xlsx
from tenfold.foundation.fields import class_of
from tests.support.fixtures import ROOT
from tests.support.installation import Installation

from .test_pupil_imports import CHILD, HEADS

PROBE = """
import django; django.setup()
import json
from django.urls import NoReverseMatch, resolve, Resolver404
from tenfold.foundation.declare import house
def there(path):
    try:
        return bool(resolve(path))
    except Resolver404:
        return False
print(json.dumps({"readers": sorted(house().readers), "menu": [item.url for item in house().menu],
    "pages": [p for p in ("/pupils/", "/pupils/1/", "/my-child/", "/my-enrolment/", "/people/") if there(p)]}))
"""


def tables_of_children() -> list[str]:
    """The tables with a column of the class ``child``, and those that hang on them."""
    own = [m for m in apps.get_models() if any(class_of(f) == "child" for f in m._meta.local_fields)]
    below = [m for m in apps.get_models() if any(f.related_model in own for f in m._meta.local_fields if f.is_relation)]
    return sorted({m._meta.db_table for m in (*own, *below)})


def test_without_the_option_no_table_holds_a_child(tmp_path, django_db_setup):
    house = Installation(tmp_path)
    file = tmp_path / "学籍.xlsx"
    file.write_bytes(xlsx(HEADS, CHILD))
    refused = house.run("import", "pupils", str(file), "--period", "2023-24", code=2)
    assert "no such kind of import" in refused.stderr
    environment = {**house.environment, "DJANGO_SETTINGS_MODULE": "tenfold.site.settings"}
    probe = subprocess.run([sys.executable, "-c", PROBE], env=environment, cwd=ROOT, capture_output=True, text=True)
    told = json.loads(probe.stdout)
    assert "pupils" not in told["readers"]
    assert told["pages"] == ["/people/"]
    assert not {"/pupils/", "/my-child/"} & set(told["menu"])
    assert tables_of_children() == ["people_enrolment", "people_guardianship", "people_pupil"]
    if connection.vendor != "sqlite":
        return
    with sqlite3.connect(tmp_path / "tenfold.sqlite3") as store:
        assert [store.execute(f"SELECT COUNT(*) FROM {t}").fetchone()[0] for t in tables_of_children()] == [0, 0, 0]


def test_with_the_option_the_kind_and_the_pages_are_there():
    from tenfold.foundation.declare import house

    assert "pupils" in house().readers
    assert "/pupils/" in [item.url for item in house().menu]
