"""Few children are told by nothing that goes out: no page, drawer, sheet around a cell, workbook, export or command.

So that a count is seen wherever it stands, all below a thousand are small here, and no other number looks like them.
"""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator, Sequence
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings as given
from django.test import Client
from typer.testing import CliRunner

from tenfold.engines.indicators import services as indicators
from tenfold.engines.indicators.commands import app
from tenfold.foundation.declare import House, house, install
from tenfold.foundation.exchange.tests.making import PERIOD, table, written
from tenfold.foundation.scope import as_system

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

CODE = "holdings.pupils_disabled"
BESIDE = ("holdings.pupils_in_zone", "holdings.pupils")
HEADS = ["学校标识码", "学校名称", "小学在校生数", "初中在校生数", "小学随迁子女", "小学片区内就近入学", "小学残疾学生",
         "初中残疾学生"]  # fmt: skip
YEARS = ("2022-23", PERIOD)
SENT = {
    "990100": [["9900000001", "东岭小学", 20000, None, 11000, 19000, 773, None],
               ["9900000002", "安禾县初级中学", None, 30000, None, None, None, 1345],
               ["9900000003", "东岭九年一贯制学校", 40000, 50000, 12000, 39000, 691, 1587],
               ["9900000004", "石桥教学点", 10000, None, 1000, 9000, 0, None]],
    "990200": [["9900000005", "南浦小学", 60000, None, 13000, 59000, 4096, None]],
    "990000": [["9900000006", "清渠市实验学校", 70000, 80000, 14000, 69000, 587, 0]],
}  # fmt: skip
SECRET = (773, 691, 1587, 587, 691 + 1587, 1345)
"""The small counts, the stage and the schools beside them that would give them away."""
SHOWN = (4096, 773 + 691 + 1587, 773 + 1345 + 691 + 1587 + 587)
READERS = (
    ("bureau_leader", "city", ("990000", "990100")), ("county_officer", "county_a", ("990100", "9900000003")),
    ("principal", "whole_a", ("9900000003",)),
)  # fmt: skip


@pytest.fixture
def few() -> Iterator[None]:
    """Those indicators alone that are asked for: counting all takes seconds."""
    before = house()
    chosen = {code: before.indicators[code] for code in (CODE, *BESIDE)}
    install(House(**{**before.__dict__, "indicators": chosen}))
    yield
    install(before)


@pytest.fixture
def held(few: None, small_county: Any, settings: Any, tmp_path: Any) -> Any:
    """The returns of two years, read from files."""
    shutil.copytree(given.TENFOLD["STANDARDS"], folder := tmp_path / "standards")
    rules = folder / "rules" / "statistics.toml"
    rules.write_text(rules.read_text("utf-8").replace("fewer_than = 10\n", "fewer_than = 1000\n"), "utf-8")
    settings.TENFOLD = {**settings.TENFOLD, "VAR": tmp_path, "STANDARDS": folder, "ON_TOUCHED": ""}
    with as_system("tests"):
        for period in YEARS:
            for under, rows in SENT.items():
                written(table(*rows, heads=HEADS), under=under, period=period, name=f"{under}-{period}.xlsx")
        indicators.sync()
    return small_county


def addresses(place: str, schools: Sequence[str]) -> Iterator[str]:
    """All that may tell of a place: the indicator, its rows, the cells of those beside it in the sheet, files."""
    for split in ("", "stage=primary"):
        query = urlencode({k: v for k, v in {"place": place, "period": PERIOD, "split": split}.items() if v})
        yield from (f"/indicators/{CODE}/{page}?{query}" for page in ("", "table.xlsx", "source.xlsx"))
        yield from (f"/indicators/{CODE}/source?{query}{part}" for part in ("", "&part=popover", "&part=drawer"))
        for code in (CODE, *BESIDE):
            yield from (f"/indicators/{code}/source?{query}&school={school}&part=drawer" for school in schools)
    yield from (f"/overview/{page}?place={place}&indicator={CODE}" for page in ("", "tables.xlsx"))
    yield from (f"/schools/{place}/?period={period}" for period in YEARS)
    yield from (f"/exports/school-return/?place={place}&period={PERIOD}&as={kind}" for kind in ("csv", "xlsx"))


def words(content: bytes) -> str:
    """What an answer says: of a workbook, its parts."""
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            content = b"\n".join(parts.read(name) for name in parts.namelist())
    return unescape(content.decode("utf-8", "replace")).replace(",", "")


def told(text: str) -> set[int]:
    """Which of the secret counts a text holds, standing by themselves."""
    text = re.sub(r'(?:d|id|for|name|content|nonce|points|href|src)="[^"]*"', "", text)
    return {n for n in SECRET if re.search(rf"(?<![\d.]){n}(?:\.0)?(?![\d.])", text)}


def test_no_answer_tells_few_children(held: Any, client_as: Callable[..., Client]) -> None:
    faults, answered = [], 0
    for role, at, places in READERS:
        client = client_as(role, at=getattr(held, at))
        urls = [url for place in places for url in addresses(place, [row[0] for row in SENT["990100"][::2]])]
        for url in urls:
            answer = client.get(url)
            assert answer.status_code in (200, 302, 403, 404), (role, url, answer.status_code)
            if answer.status_code == 200:
                answered += 1
                content = b"".join(answer.streaming_content) if answer.streaming else answer.content
                faults += [f"{role}: {url}: {sorted(found)}"] if (found := told(words(content))) else []
    assert not faults, f"{len(faults)} of {answered}\n" + "\n".join(faults[:12])
    assert answered > 60


def test_the_command_tells_what_may_be_shown_and_no_more(held: Any) -> None:
    run = CliRunner()
    places = ["990000", "990100", "990200", "990101", *(row[0] for rows in SENT.values() for row in rows)]
    said = ""
    for place in places:
        for kind in ("value", "source"):
            result = run.invoke(app, [kind, CODE, "--place", place, "--period", PERIOD, "--json"])
            assert result.exit_code == 0, result.output
            said += result.stdout
    assert told(said) == set()
    assert {n for n in SHOWN if str(n) in said} == set(SHOWN), "what is large is told"
    assert (
        run.invoke(app, ["value", CODE, "--place", "990100", "--period", PERIOD, "--split", "stage=primary"]).exit_code
        == 2
    )


def test_a_leak_is_seen() -> None:
    assert told(">773<") == {773}
    assert told('"value": 773.0, 1,587'.replace(",", "")) == {773, 1587}
    assert told('<path d="M773 20">7730 1773 0.773') == set()
    assert CODE in house().indicators
