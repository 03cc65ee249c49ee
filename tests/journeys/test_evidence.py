"""Two hundred figures of the sample city are followed to their rows and to the cell of the file."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings

from tenfold.foundation.declare import Total, house
from tenfold.foundation.scope import as_system
from tenfold.site.demo import load
from tenfold.site.demo.words import Plan

from .evidence import Seen, agrees, figures, recounted, sheets, wander

pytestmark = pytest.mark.slow

PLAN = Plan(counties=("421222", "421223"), scale=0.15, years=(2022, 2023))
STARTS = ["/", "/actions/", "/schools/", "/indicators/"]
WANTED = 200
CODE = r"(?:</?code[^>]*>)?"
PLACE = re.compile(rf"工作表“{CODE}(?P<sheet>[^”<]*){CODE}”，第{CODE}(?P<row>\d+){CODE}行，(?P<column>[A-Z]+)列")
FRAMED = re.compile(rf'tf-cell-framed">{CODE}([^<]*)<')
FILE = re.compile(rf"</svg>\s*{CODE}([^<>]+\.xlsx){CODE}\s*</p>")


@pytest.fixture(scope="module")
def readers(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[dict[str, Client]]:
    """Everybody who signs in to a small sample city."""
    words = {**settings.TENFOLD, "DEMO": True, "VAR": tmp_path_factory.mktemp("var"), "TODAY": "2023-11-20"}
    with django_db_blocker.unblock(), override_settings(TENFOLD=words), transaction.atomic():
        with as_system("tests"):
            found = load.load(lambda line: None, PLAN)
        clients = {}
        for one in found:
            client = Client()
            client.post("/accounts/login/", {"login": one.username, "password": one.password})
            clients[one.username] = client
        yield clients
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def seen(readers: dict[str, Client]) -> list[Seen]:
    """Every figure that they meet."""
    found: dict[tuple[str, str], Seen] = {}
    for name, client in readers.items():
        for url, html in wander(name, client, STARTS, limit=30):
            for one in figures(name, url, html):
                found.setdefault((one.href, one.shown), one)
    return list(found.values())


def chosen(seen: list[Seen]) -> list[Seen]:
    """Two hundred of them, of as many indicators as there are."""
    seed = int(os.environ.get("TENFOLD_TEST_SEED") or random.SystemRandom().randrange(10**6))
    print(f"TENFOLD_TEST_SEED={seed}")
    dice = random.Random(seed)
    return dice.sample(seen, min(WANTED, len(seen)))


def test_figures_add_up_from_their_rows_and_rows_from_their_cells(readers, seen):
    assert len(seen) > WANTED
    faults, cells, opened = [], 0, {}
    for one in chosen(seen):
        client = readers[one.reader]
        rows = rows_of(client, one)
        if isinstance(rows, str):
            faults.append(f"{one}: {rows}")
            continue
        value = recounted(house().indicators[one.code].value, [row[2:5] for row in rows])
        if value is not None and not agrees(one, value):
            faults.append(f"{one}: its rows give {value}")
        whole = [row for row in rows if row[1] and row[2] is not None]
        if whole:
            fault, found = followed(client, one, whole[len(one.href) % len(whole)], opened)
            cells += found
            faults += [f"{one}: {fault}"] if fault else []
    assert not faults, f"{len(faults)} figures\n" + "\n".join(faults[:20])
    assert cells > WANTED / 3, f"only {cells} cells were compared with their files"


def rows_of(client: Client, one: Seen) -> list[list[Any]] | str:
    """School, code, above the line, below it, value of every row behind a figure; or what is wrong."""
    answer = client.get(one.href.replace("/source", "/source.xlsx", 1))
    if answer.status_code != 200:
        return f"its rows answer {answer.status_code}"
    (table,) = sheets(answer.content).values()
    head = next(i for i, row in enumerate(table) if row[0] == "学校")
    rows = table[head + 1 :]
    if odd := [row for row in rows if any(isinstance(cell, str) for cell in row[2:5])]:
        return f"no numbers in {odd[0]}"
    return rows


def followed(client: Client, one: Seen, row: list[Any], opened: dict[str, Any]) -> tuple[str, int]:
    """Opens a school's row: what is wrong with its cell, and whether one was compared with the file."""
    joint = "&" if "?" in one.href else "?"
    page = client.get(f"{one.href}{joint}school={row[1]}").content.decode()
    place, framed, file = PLACE.search(page), FRAMED.search(page), FILE.search(page)
    if not (place and framed and file):
        return "", 0
    name = unescape(file[1]).strip()
    if name not in opened:  # the invented files lie beside the data: nobody's right is needed to hold a page to them
        opened[name] = sheets((settings.TENFOLD["VAR"] / "demo" / name).read_bytes())
    number = 0
    for letter in place["column"]:
        number = number * 26 + ord(letter) - 64
    cell = opened[name][unescape(place["sheet"])][int(place["row"]) - 1][number - 1]
    shown = unescape(framed[1]).replace(",", "").strip()
    if shown != str(cell).removesuffix(".0") and not _same(shown, cell):
        return f"{row[0]}: the page shows {shown}, the file holds {cell} at {place[0]}", 1
    shape = house().indicators[one.code].value
    if isinstance(shape, Total) and isinstance(cell, (int, float)):
        fields = house().facts[shape.of.parts[0]].column(shape.of.parts[1]).fields if shape.of.op == "column" else ()
        graded = fields and "grade" in house().facts[shape.of.parts[0]].grain
        if len(fields) == 1 and not graded and "split" not in one.href and page.count("tf-cell-framed") == 1:
            money = house().indicators[one.code].in_wan
            if not any(abs(row[2] - cell * scale) < 0.01 for scale in ((1, 10**4) if money else (1,))):
                return f"{row[0]}: the row says {row[2]}, its only cell {cell}", 1
    return "", 1


def _same(shown: str, cell: Any) -> bool:
    try:
        return float(shown) == float(cell)
    except (TypeError, ValueError):
        return False


# --- planted faults -----------------------------------------------------------------------------------


def test_a_wrong_number_is_seen(readers, seen):
    one = next(s for s in seen if isinstance(house().indicators[s.code].value, Total) and len(s.shown) > 2)
    value = recounted(house().indicators[one.code].value, [r[2:5] for r in rows_of(readers[one.reader], one)])
    assert value is not None
    assert agrees(one, value)
    wrong = Seen(one.reader, one.page, one.href, one.shown[:-1] + str((int(one.shown[-1]) + 2) % 10), one.unit)
    assert not agrees(wrong, value)
