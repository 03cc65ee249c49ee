"""任务分解表, the way an office goes it: last year's table is dropped, looked at, becomes the programme, is cascaded,
shows on the pages, and comes out again as it went in. Three layouts; and another city's file of five actions.
"""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from tenfold.engines.programme import queries, services
from tenfold.engines.programme.content import entries_of, toml_text
from tenfold.engines.programme.models import Assignment, Programme, TableDraft, Task
from tenfold.engines.programme.reading import read
from tenfold.engines.programme.tables.grid import Document, Line
from tenfold.engines.programme.tables.opening import open_table
from tenfold.foundation.scope import as_system
from tests.support.cast import SmallCounty

FILES = sorted((Path(__file__).parent / "files").glob("[123]-*"))

pytestmark = pytest.mark.usefixtures("empty_var")


@pytest.fixture
def empty_var(settings: Any, tmp_path: Path) -> None:
    """A folder of files and facts of its own."""
    settings.TENFOLD = {**settings.TENFOLD, "VAR": tmp_path, "TODAY": "2024-03-04"}


def told(document: Document) -> list[object]:
    """What a document says, cell by cell."""
    return [
        block.text if isinstance(block, Line) else [(c.row, c.column, c.rows, c.columns, c.text) for c in block.cells]
        for block in document.blocks
    ]


def draft() -> TableDraft:
    with as_system("tests"):
        return TableDraft.objects.select_related("organisation", "programme__organisation").latest("pk")


def decide_all(client: Any, url: str) -> None:
    """She keeps what was not understood as words."""
    with as_system("tests"):
        found = queries.understood_draft(draft())
        doubts, units = found.doubts, found.unknown
    for _row, cell in doubts:
        client.post(f"{url}settle", {"act": "keep", "place": str(cell.place)})
    for unit in units:
        client.post(f"{url}settle", {"act": "unit", "unit": unit.text, "text": ""})


@pytest.mark.parametrize("path", FILES, ids=["merged", "word", "flat"])
def test_a_table_becomes_the_programme_and_comes_out_again(
    path: Path, small_county: SmallCounty, client_as: Any
) -> None:
    client = client_as(small_county.city_officer)
    with path.open("rb") as file:
        answer = client.post("/programme/table/", {"file": file})
    page = client.get(answer.url).content.decode()
    with as_system("tests"):
        found = queries.understood_draft(draft())
        waits = [cell.text.replace("\n", "") for _row, cell in found.doubts] + [unit.text for unit in found.unknown]
    assert waits, "each of the files holds something that a person has to decide"
    plain = re.sub(r"<[^>]+>|\s", "", page)
    assert [text for text in waits if re.sub(r"\s", "", text) not in plain] == []
    assert client.post(f"{answer.url}apply").status_code == 422, "nothing is written while something waits"
    with as_system("tests"):
        assert not Programme.objects.exists()
    decide_all(client, answer.url)
    assert client.post(f"{answer.url}apply", {"reason": "年度重点"}).status_code == 302
    with as_system("tests"):
        row = queries.in_force()
        assert row is not None
        assert [task.name for task in Task.objects.all()] == [each.name for each in found.rows]
        actions = [action.menu for action in queries.programme(row).actions]
        counties = {small_county.county_a.pk, small_county.county_b.pk}
        assert counties <= set(Assignment.objects.values_list("organisation", flat=True)), "各县市区 is every county"
    cockpit = re.sub(r"<[^>]+>", "", client.get("/actions/").content.decode())
    assert [name for name in actions if name not in cockpit] == []
    assert client.get("/tasks/").status_code == 200
    sent = open_table(path.read_bytes())
    for ending in ("xlsx", "docx"):
        back = open_table(BytesIO(client.get(f"/programme/table.{ending}").content))
        if ending == ("docx" if sent.kind == "docx" else "xlsx"):
            assert told(back) == told(sent)
    assert_nothing_new(client, path)


def assert_nothing_new(client: Any, path: Path) -> None:
    """The same table once more: its decisions are known, and it would change nothing."""
    with path.open("rb") as file:
        again = client.post("/programme/table/", {"file": file, "into": "in_force"})
    page = client.get(again.url).content.decode()
    assert "没有变化" in page
    with as_system("tests"):
        found = queries.understood_draft(draft())
        assert found.open == 0
        assert not services.preview(found.planning.programme, found.place).differences


def test_another_citys_file_loads_cascades_and_comes_out_equal(small_county: SmallCounty, client_as: Any) -> None:
    with as_system("tests"):
        found = queries.from_file("yunze-2024")
        row = services.apply(found, small_county.city, source="yunze-2024.toml", keep_unknown=True)
        assert entries_of(read("again.toml", toml_text(queries.planned(row)))) == entries_of(found)
        assert Assignment.objects.exists()
    page = client_as(small_county.city_officer).get("/actions/")
    assert [each.menu for each in found.actions if each.menu not in page.content.decode()] == []
    client = client_as(small_county.city_officer)
    file = BytesIO(client.get("/programme/table.xlsx").content)
    file.name = "任务分解表.xlsx"
    answer = client.post("/programme/table/", {"file": file, "into": "in_force"})
    decide_all(client, answer.url)
    with as_system("tests"):
        seen = queries.understood_draft(draft())
        differences = services.preview(seen.planning.programme, seen.place).differences
        assert {name for d in differences for name, _before, _after in d.altered} <= {"cells"}
