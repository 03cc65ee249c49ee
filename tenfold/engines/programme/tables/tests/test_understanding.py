"""Task tables as offices make them: what each row comes to, and what is asked of a person."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenfold.engines.programme.parties import groups, normal
from tenfold.engines.programme.tables.grid import Cell, Document, Grid, Line, ordered
from tenfold.engines.programme.tables.opening import open_table
from tenfold.engines.programme.tables.understanding import understand
from tenfold.engines.programme.tables.understood import TableRead
from tenfold.engines.programme.tables.writing import word, workbook

FILES = Path(__file__).resolve().parents[5] / "tests" / "journeys" / "files"
MERGED, WORD, FLAT = sorted(FILES.glob("[123]-*"))


def known(name: str) -> bool:
    return any(normal(name) in group.words for group in groups()[0])


def read(source: Path | bytes | Document, **more: dict[str, str]) -> TableRead:
    data = source.read_bytes() if isinstance(source, Path) else source
    return understand(data if isinstance(data, Document) else open_table(data), 2023, known, **more)


def shape(table: TableRead) -> list[tuple[object, ...]]:
    return [
        (r.action.name, r.measure, r.number, r.name, r.lead, r.responsible, r.supporting, r.leader, r.begins, r.due,
         r.due_text, r.what, [(c.field, c.text) for c in r.doubts])
        for r in table.rows
    ]  # fmt: skip


def test_merged_actions_and_two_rows_of_headings() -> None:
    table = read(MERGED)
    assert (table.title, table.year) == ("清渠市教育局2024年“五项行动”任务分解表", 2024)
    assert [row.number for row in table.rows] == [str(n) for n in range(1, 12)]
    assert len({row.action.name for row in table.rows}) == 5
    second = table.rows[1]
    assert (second.lead, second.responsible) == (("教育科学研究院",), ("各县（市、区）教育局", "市直学校"))
    assert (second.due, second.due_text, second.leader) == (None, "每学期", ("周知远",))
    (row, cell) = table.doubts[0]
    assert len(table.doubts) == 1
    assert (row.number, cell.field, cell.suggested, str(cell.place)) == ("11", "due", "2024-09-30", "0.14.6")


def test_a_table_an_action_under_headings_that_word_numbers() -> None:
    table = read(WORD)
    assert [row.action.name for row in table.rows][::3] == [
        "乡村学校提质行动", "职业教育产教融合行动", "教科研提振行动", "校园安全守护行动",
    ]  # fmt: skip
    assert [row.measure for row in table.rows[:3]] == ["办好必要的乡村学校", "办好必要的乡村学校", "改善办学条件"]
    assert table.rows[1].leader == ("周知远",), "merged over two rows"
    assert table.rows[5].action.name == "职业教育产教融合行动", "goes on in a second table without a heading"
    assert (table.rows[-1].lead, table.rows[-1].responsible) == (("机关党委",), ("各科室",)), "named below the heading"
    assert [(cell.text, cell.suggested) for _row, cell in table.doubts] == [("立行立改", "")]
    assert [p.text for p in table.passed if p.reason == "note"][-1] == "联系人：办公室"


def test_a_flat_sheet_with_odd_headings() -> None:
    table = read(FLAT)
    assert [row.action.name for row in table.rows][::2] == [
        "提升质量行动", "公平保障行动", "师资强基行动", "放心校园行动", "便民服务行动",
    ]  # fmt: skip
    assert table.rows[0].leader == ("周知远", "唐景行")
    assert table.rows[2].leader == ("唐景", "林书宁")
    assert (table.rows[3].due_text, table.rows[3].supporting) == ("长期", ("各县市区",))
    assert table.rows[8].supporting == ("各县、市、区",)
    assert [title for _place, title in table.other] == ["督查室意见"]
    assert [(c.field, c.suggested) for _r, c in table.doubts] == [("due", ""), ("leader", ""), ("due", "2024-06-30")]
    explained = read(FLAT, headings={"督查室意见": "remark"})
    assert not explained.other


def test_a_fix_says_what_a_cell_means_and_leaves_it_as_it_was() -> None:
    before = read(FLAT)
    _row, cell = before.doubts[0]
    after = read(FLAT, fixes={str(cell.place): {"as": "2024-08-31"}, "0.9.2": {"keep": True}})
    fixed = next(row for row in after.rows if row.number == "3")
    assert (str(fixed.due), fixed.due_text) == ("2024-08-31", "秋季开学前")
    assert after.document == before.document
    assert len(after.doubts) == len(before.doubts) - 2


@pytest.mark.parametrize("path", [MERGED, WORD, FLAT], ids=["merged", "word", "flat"])
@pytest.mark.parametrize("write", [workbook, word])
def test_written_out_in_either_form_it_says_the_same(path: Path, write: object) -> None:
    first = read(path)
    assert shape(read(write(first.document))) == shape(first)


names = st.sampled_from(("制定方案并印发", "开展调研20次", "培训教师", "覆盖率达到95%"))
terms = st.sampled_from(("6月底", "长期", "2023年9月15日前", "每季度末", "暑假前", "", "上半年"))
parties = st.sampled_from(("基教科", "各县市区", "基教科牵头，人事科配合", "各县、市、区", ""))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.tuples(names, parties, terms), min_size=1, max_size=4), min_size=1, max_size=4), st.data())
def test_however_it_is_laid_out_the_tasks_are_the_same(
    actions: list[list[tuple[str, str, str]]], data: st.DataObject
) -> None:
    """Actions as a merged column, as rows over the width, as lines between tables: one programme."""
    head = ("序号", "工作任务", "责任单位", "完成时限")
    merged = [Cell(0, c, text) for c, text in enumerate(("行动", *head))]
    wide = [Cell(0, c, text) for c, text in enumerate(head)]
    lines: list[Line | Grid] = [Line("2023年任务分解表")]
    row = wide_row = n = 0
    for number, tasks in enumerate(actions):
        name = f"{'甲乙丙丁'[number]}提升行动"
        merged.append(Cell(row + 1, 0, name, len(tasks), 1))
        wide_row += 1
        wide.append(Cell(wide_row, 0, f"{'一二三四'[number]}、{name}", 1, 4))
        own = [Cell(0, c, text) for c, text in enumerate(head)]
        for k, task in enumerate(tasks):
            n += 1
            row, wide_row = row + 1, wide_row + 1
            told = [(c, text) for c, text in enumerate((str(n), *task)) if text]
            merged += [Cell(row, c + 1, text) for c, text in told]
            wide += [Cell(wide_row, c, text) for c, text in told]
            own += [Cell(k + 1, c, text) for c, text in told]
        lines += [Line(f"{'一二三四'[number]}、{name}"), Grid(ordered(own))]
    write = data.draw(st.sampled_from((workbook, word)))
    found = [
        shape(read(write(document)))
        for document in (
            Document("xlsx", (Grid(ordered(merged), "表"),)),
            Document("xlsx", (Grid(ordered(wide), "表"),)),
            Document("docx", tuple(lines)),
        )
    ]
    assert len(found[0]) == n
    assert found[0] == found[1] == found[2]
