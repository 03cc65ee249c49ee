"""任务分解表: dropped, looked at, decided cell by cell, applied as a whole; the same once more changes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tenfold.engines.programme import queries, services
from tenfold.engines.programme.models import Assignment, Programme, TableDraft, Task
from tenfold.foundation.scope import as_system
from tests.support.cast import SmallCounty

FILES = Path(__file__).resolve().parents[4] / "tests" / "journeys" / "files"
MERGED, WORD, FLAT = sorted(FILES.glob("[123]-*"))


def brought(client: Any, path: Path, **more: str) -> Any:
    """The answer to a file that is dropped on the page."""
    with path.open("rb") as file:
        return client.post("/programme/table/", {"file": file, **more})


def all_decided(client: Any, url: str) -> None:
    """Keep every doubtful cell and unit as words."""
    pk = int(url.rstrip("/").rsplit("/", 1)[-1])
    with as_system("tests"):
        found = queries.understood_draft(TableDraft.objects.get(pk=pk))
        doubts, unknown = found.doubts, found.unknown
    for _row, cell in doubts:
        client.post(f"{url}settle", {"act": "keep", "place": str(cell.place)})
    for unit in unknown:
        client.post(f"{url}settle", {"act": "unit", "unit": unit.text, "text": ""})


@pytest.mark.parametrize("path", [MERGED, WORD, FLAT], ids=["merged", "word", "flat"])
@pytest.mark.usefixtures("empty_store")
def test_a_table_becomes_the_programme(path: Path, small_county: SmallCounty, client_as: Any) -> None:
    client = client_as(small_county.city_officer)
    answer = brought(client, path)
    assert answer.status_code == 302
    page = client.get(answer.url)
    assert page.status_code == 200
    with as_system("tests"):
        found = queries.understood_draft(TableDraft.objects.get())
        assert found.rows
        assert found.open == len(found.doubts) + len(found.unknown)
    text = page.content.decode()
    for _row, cell in found.doubts:
        assert cell.doubt in text.replace("<span", "")
    assert client.post(f"{answer.url}apply").status_code == 422
    with as_system("tests"):
        assert not Programme.objects.exists()
    all_decided(client, answer.url)
    assert client.post(f"{answer.url}apply", {"reason": "年度重点"}).status_code == 302
    with as_system("tests"):
        row = Programme.objects.get()
        assert row.in_force
        tasks = list(Task.objects.filter(ended_on=None))
        assert [t.name for t in tasks] == [r.name for r in found.rows]
        assert Assignment.objects.filter(task__in=tasks).exists()
    again = brought(client, path, into="in_force")
    all_decided(client, again.url)
    assert "没有变化" in client.get(again.url).content.decode()
    with as_system("tests"):
        seen = queries.understood_draft(TableDraft.objects.first())
        assert not services.preview(seen.planning.programme, seen.place).differences
    for page in ("/actions/", "/tasks/"):
        assert client.get(page).status_code == 200
