"""A county's officer brings the year's return: columns, faults, repairs, writing, all in the browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tenfold.foundation.exchange.tests.making import work, xlsx
from tenfold.foundation.holdings.models import GradeYear, SchoolYear
from tenfold.foundation.scope import as_system

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = ["安禾县2023学年学校年报（小学）"]
HEADS = "序号 学校标识码 学校名称 在校学生数 教学班 专任教师 县骨干以上".split()
HEADS += "教学用房（㎡） 仪器设备值（万元） 多媒体教室 建校日期 备注".split()


def the_return(folder: Path) -> Path:
    """A table as a county sends it: title, totals, notes, and five kinds of faults."""
    rows: list[list[Any]] = [
        [1, "9900000001", "东岭小学", "三百一十四", 8, 20, 3, 2294, 53, 6, "1987-09-01", None],
        [2, "9900000003", "东岭九年一贯制学校", 590, 14, 37, 40, 4141, 164.3, 14, None, "待核"],
        [3, "9900000004", "石桥教学点", 187, 6, 12, 3, 1431, 48.7, 6, None, None],
        [4, "9900000004", "石桥教学点", 187, 6, 12, 3, 1431, 48.7, 6, None, None],
        [5, "9900000007", "石城镇中心小学", 700, 17, 44, 9, 4008, 150.3, 15, None, None],
    ]
    heads = [f"小学/{text}" if 3 <= place <= 6 else text for place, text in enumerate(HEADS)]
    path = folder / "安禾县2023学年学校年报（小学）.xlsx"
    upper = [text.split("/")[0] for text in heads]
    lower = [text.split("/")[-1] if "/" in text else None for text in heads]
    path.write_bytes(xlsx(TITLE, upper, lower, *rows, ["合计", None, None, 1977, 51], ["填表人：张三"]))
    return path


@pytest.fixture(autouse=True)
def _today(settings: Any) -> None:
    settings.TENFOLD = {**settings.TENFOLD, "TODAY": "2023-10-16"}


def shot(browser: Any, shots: Path | None, name: str) -> None:
    if shots:
        browser.shot(shots / f"{name}.png")


def story(browser: Any, person: Any, folder: Path, shots: Path | None) -> None:
    """From the empty page to the school's page."""
    browser.sign_in(person).go("/imports/")
    page = browser.page
    shot(browser, shots, "import-1-bring")
    assert not browser.axe()
    page.set_input_files("input[name=file]", the_return(folder))
    page.get_by_role("button", name="检查这张表").click()
    page.wait_for_url("**/imports/*/")
    work()
    page.wait_for_selector("text=需要处理的", timeout=20_000)
    shot(browser, shots, "import-3-check")
    assert not browser.axe()
    assert page.get_by_role("button", name="写入5行").is_disabled()
    page.get_by_role("button", name="采用", exact=True).first.click()
    row = page.locator("tr", has_text="县级以上骨干教师").first
    row.get_by_role("button", name="记为待填").click()
    page.get_by_role("link", name="修改").click()
    shot(browser, shots, "import-2-columns")
    assert not browser.axe()
    page.go_back()
    page.get_by_role("button", name="跳过").last.click()
    page.get_by_role("button", name="写入3行").click()
    work()
    page.wait_for_selector("text=已写入3行", timeout=20_000)
    shot(browser, shots, "import-4-written")
    assert not browser.axe()
    with as_system("tests"):
        assert SchoolYear.objects.count() == 3
        year = SchoolYear.objects.get(organisation__code="9900000001")
        assert GradeYear.objects.get(year=year).pupils == 314


def test_at_the_desk(browser: Any, small_county: Any, tmp_path: Path, shots: Path | None) -> None:
    story(browser, small_county.county_officer_a, tmp_path, shots)


@pytest.mark.phone
def test_on_the_phone(browser: Any, small_county: Any, tmp_path: Path, shots: Path | None) -> None:
    story(browser, small_county.county_officer_a, tmp_path, shots)


@pytest.fixture
def shots(request: Any) -> Path | None:
    """Where pictures go when somebody wants to look (``SHOTS``)."""
    import os

    phone = request.node.get_closest_marker("phone") is not None
    folder = os.environ.get("SHOTS")
    if not folder:
        return None
    path = Path(folder) / ("375" if phone else "1440")
    path.mkdir(parents=True, exist_ok=True)
    return path
