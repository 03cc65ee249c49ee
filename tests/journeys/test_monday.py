"""A Monday of the bureau: the table becomes the programme, the sheet is printed, decisions are tasks on the phones of
those who owe them, a county says why before its light is frozen; on Friday the bulletin is there.

``SHOTS=docs/guides/monday`` draws the pictures of the guide.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tenfold.engines.programme import services as programme
from tenfold.engines.programme.models import Assignment, FrozenLight
from tenfold.foundation.exchange.tests.making import work
from tenfold.foundation.papers import pdf
from tenfold.foundation.papers.tests.making import text_of
from tenfold.foundation.scope import as_system
from tests.support.browser import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("few_indicators")]

FILE = Path(__file__).parent / "files" / "1-清渠市五项行动任务分解表.xlsx"
MONDAY, FRIDAY = "2024-05-20", "2024-05-24"
SAID = "两所学校的协议已送审，本周内盖章。"
DECISIONS = """1. 安禾县教育局牵头，5月31日前报送教联体成员校名单，柳塘县教育局配合。
2. 各县（市、区）教育局于6月14日前核对学位底数。
3. 东岭小学6月7日前报送课后服务安排。"""
OnDay = Callable[[str], None]


@pytest.fixture
def on_day(settings: Any, tmp_path: Path, monkeypatch: Any) -> OnDay:
    """Sets the day of the house; files go to a folder of their own. LibreOffice is tried elsewhere."""
    monkeypatch.setattr(pdf, "office", lambda: "")

    def set_day(day: str) -> None:
        settings.TENFOLD = {**settings.TENFOLD, "VAR": tmp_path, "TODAY": day}

    set_day(MONDAY)
    return set_day


@pytest.fixture
def phone(chromium: Any, live_server: Any) -> Any:
    """The phone of somebody in a county."""
    context = chromium.new_context(viewport={"width": 375, "height": 812}, has_touch=True, locale="zh-CN")
    context.set_default_timeout(10_000)
    context.set_default_navigation_timeout(30_000)  # the first page of a fresh server on a busy machine
    visitor = Visitor(context, live_server.url)
    yield visitor
    context.close()
    visitor.check()


def shot(visitor: Visitor, name: str) -> None:
    """A picture for the guide, where somebody wants it; axe finds nothing, and nothing scrolls sideways."""
    page = visitor.page
    assert visitor.axe() == [], name
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    folder = os.environ.get("SHOTS")
    if folder:
        height = min(1400, page.evaluate("document.documentElement.scrollHeight"))
        clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 0.6}
        asked = {"format": "webp", "quality": 50, "clip": clip, "captureBeyondViewport": True}
        drawn = page.context.new_cdp_session(page).send("Page.captureScreenshot", asked)["data"]
        Path(folder).mkdir(parents=True, exist_ok=True)
        (Path(folder) / f"{name}.webp").write_bytes(base64.b64decode(drawn))


def made(visitor: Visitor, title: str) -> bytes:
    """The Word file of a paper, made by one press."""
    page = visitor.page
    visitor.go("/papers/")
    page.locator("tr", has_text=title).first.get_by_role("button").click()
    work()
    visitor.go("/papers/")
    with page.expect_download() as download:
        page.locator("tr", has_text=title).first.get_by_role("link", name="Word").click()
    return Path(download.value.path()).read_bytes()


def test_a_monday(browser: Visitor, phone: Visitor, small_county: Any, on_day: OnDay) -> None:
    clerk = browser.sign_in(small_county.city_officer)
    the_table_becomes_the_programme(clerk)
    sheet = text_of(made(clerk, "工作周报"))
    assert {word for word in ("清渠市", "逾期") if word in sheet} == {"清渠市", "逾期"}
    clerk.go("/papers/")
    shot(clerk, "2-papers")
    decisions_become_tasks(clerk)
    on_the_phone(phone.sign_in(small_county.county_officer_a))
    a_county_says_why(phone)
    on_day(FRIDAY)
    with as_system("tests"):
        programme.keep_periods()  # the worker's round of the evening before
        assert FrozenLight.objects.filter(frozen__period="2024-05").exists()
    assert SAID in text_of(made(clerk, "月调度通报"))


def the_table_becomes_the_programme(clerk: Visitor) -> None:
    """8:20: last year's table is dropped; what was not understood is decided; it is the programme."""
    page = clerk.page
    clerk.go("/programme/table/")
    page.set_input_files("input[name=file]", FILE)
    page.get_by_role("button", name="核对这张表").click()
    page.wait_for_url("**/programme/table/*/")
    shot(clerk, "1-table")
    while page.get_by_role("button", name="照原文保留").count():
        page.get_by_role("button", name="照原文保留").first.click()
        page.wait_for_load_state()
    if page.locator("#reason").count():
        page.fill("#reason", "年度重点工作")
    page.locator("#effect .tf-btn-primary").click()
    page.wait_for_load_state()
    with as_system("tests"):
        assert Assignment.objects.exists()
        programme.keep_periods()  # the worker's round: the hearing of the month is open
    assert clerk.go("/actions/").status == 200
    shot(clerk, "1-actions")


def decisions_become_tasks(clerk: Visitor) -> None:
    """9:30: three lines of the director's meeting."""
    page = clerk.page
    clerk.go("/meetings/new")
    page.fill("[name=name]", "局长办公会")
    page.fill("[name=on]", MONDAY)
    page.fill("[name=lines]", DECISIONS)
    page.get_by_role("button", name="识别并核对").click()
    page.wait_for_load_state()
    shot(clerk, "3-decisions")
    page.locator("button", has_text="列为督办任务").click()
    page.wait_for_url("**/meetings/*/")
    shot(clerk, "3-meeting")


def on_the_phone(county: Visitor) -> None:
    """Who owes a decision finds it on her phone: told, on her desk, accepted with one press."""
    county.go("/")
    shot(county, "3-desk")
    assert county.page.get_by_text("签收任务").count()
    county.go("/notices/")
    assert county.page.locator("a", has_text="局长办公会").count()
    shot(county, "3-notices")
    county.go("/")
    county.page.get_by_role("link", name="打开清单").first.click()
    county.page.wait_for_url("**/tasks/**")
    county.page.get_by_role("link", name="报送教联体成员校名单").first.click()
    county.page.wait_for_url("**/tasks/*/")
    county.page.get_by_role("button", name="签收").first.click()
    county.page.wait_for_load_state()
    shot(county, "3-task")


def a_county_says_why(county: Visitor) -> None:
    """16:00: a light of its own is about to be frozen; the county says why."""
    page = county.page
    county.go("/periods/2024-05/")
    page.locator("summary", has_text="说明原因").first.click()
    page.locator("textarea[name=text]:visible").fill(SAID)
    page.locator("button:visible", has_text="提交说明").click()
    page.wait_for_load_state()
    assert page.get_by_text(SAID).count()
    shot(county, "4-hearing")
