"""The gallery in a browser: no violation of the policy, nothing against WCAG, figures that open by the keyboard."""

from __future__ import annotations

import threading
from socketserver import ThreadingMixIn
from types import SimpleNamespace
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import WSGIHandler
from django.test import override_settings

from tenfold.foundation.declare import SIGNED_IN, House, MenuItem, house, install
from tenfold.foundation.ui import assets
from tenfold.foundation.ui.tests.watching import DESK, PHONE, watched

HERE = "tenfold.foundation.ui.tests"
pytestmark = pytest.mark.browser
PAGES = ["/gallery/", "/mine/", "/accessibility/", "/nowhere/"]


class Somebody:
    """Stands for the access middleware, which lies above the look."""

    def __init__(self, answer):
        self.answer = answer

    def __call__(self, request):
        request.access = SimpleNamespace(may=lambda right: True)
        request.user = SimpleNamespace(person="陈立新")
        return self.answer(request)


def posts(request):
    return [
        SimpleNamespace(id=1, title="副科长", organisation="市教育局", role="", chosen=True),
        SimpleNamespace(id=2, title="督学", organisation="市督导委员会", role="", chosen=False),
    ]


def places(request):
    return [SimpleNamespace(code="421200", name="全市"), SimpleNamespace(code="421223", name="崇阳县")]


def count(request):
    return 3


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        """Say nothing."""


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


@pytest.fixture(scope="module")
def site():
    """A server of the look alone, with the policy of the house."""
    from django.conf import settings

    if not (assets.ROOT / "build" / "static" / "vendor" / "tabler.min.css").exists():
        pytest.fail("the web assets are missing: npm ci --ignore-scripts; python -m tenfold.foundation.ui.assets")
    before, new = house(), House()
    new.menu.append(MenuItem("我的待办", "/", SIGNED_IN, "top"))
    new.menu.append(MenuItem("教联体", "/rooms/alliances/", SIGNED_IN, "rooms", numeral="二"))
    install(new)
    parts = {"posts": f"{HERE}.test_browser.posts", "places": f"{HERE}.test_browser.places"}
    parts["todo_count"] = f"{HERE}.test_browser.count"
    changed = override_settings(
        ROOT_URLCONF=f"{HERE}.urls_for_browser",
        MIDDLEWARE=[
            "csp.middleware.CSPMiddleware",
            f"{HERE}.test_browser.Somebody",
            "django.middleware.csrf.CsrfViewMiddleware",
        ],
        STORAGES={
            **settings.STORAGES,
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
        TENFOLD={**settings.TENFOLD, "DEMO": True, "PAGE_PARTS": parts},
        ALLOWED_HOSTS=["127.0.0.1"],
    )
    with changed:
        server = make_server(
            "127.0.0.1", 0, StaticFilesHandler(WSGIHandler()), server_class=Server, handler_class=Quiet
        )
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
    install(before)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("path", PAGES)
def test_pages_keep_the_policy_and_are_open_to_everybody(site, chromium, path, size):
    with watched(chromium, size, allow=(404,)) as seen:
        seen.page.goto(site + path)
        assert seen.violations() == []
        assert not seen.wider_than_the_screen()
        assert [w for w in seen.wrong if "404" not in w] == []


@pytest.mark.parametrize("size", [DESK, (1366, 768), PHONE], ids=["desk", "office", "phone"])
def test_large_print_stays_within_the_screen_and_is_kept(site, chromium, size):
    with watched(chromium, size) as seen:
        seen.page.goto(site + "/gallery/")
        seen.page.click("[data-tf-large] button")
        seen.page.reload()
        assert seen.page.evaluate("getComputedStyle(document.documentElement).fontSize") == "20px"
        assert not seen.wider_than_the_screen()
        assert seen.wrong == []


def test_large_print_needs_no_script(site, chromium):
    with watched(chromium, java_script_enabled=False) as seen:
        seen.page.goto(site + "/gallery/")
        seen.page.click("[data-tf-large] button")
        assert "tf-large" in seen.page.locator("html").get_attribute("class")


def test_a_planted_violation_is_seen(site, chromium):
    with watched(chromium) as seen:
        seen.page.goto(site + "/accessibility/")
        seen.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color:red\">x</p>')")
        seen.page.wait_for_timeout(100)
        assert any("CSP style-src" in w for w in seen.wrong)
        seen.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<button></button>')")
        assert any(v.startswith("button-name") for v in seen.violations())


def test_a_figure_opens_and_closes_by_the_keyboard(site, chromium):
    with watched(chromium) as seen:
        page = seen.page
        page.goto(site + "/gallery/")
        figure = page.locator("a[data-tf-figure]").first
        figure.focus()
        page.keyboard.press("Enter")
        page.wait_for_selector("body > .tf-popover")
        assert seen.violations("body > .tf-popover") == []
        page.keyboard.press("Escape")
        assert page.locator("body > .tf-popover").count() == 0
        assert figure.evaluate("e => e === document.activeElement")
        figure.click()
        page.click("body > .tf-popover a[data-tf-source]")
        drawer = page.locator("[data-tf-drawer]")
        drawer.wait_for(state="visible")
        assert seen.violations("[data-tf-drawer]") == []
        assert not seen.wider_than_the_screen()
        page.keyboard.press("Escape")
        assert drawer.is_hidden()
        assert figure.evaluate("e => e === document.activeElement")
        assert seen.wrong == []


def test_a_figure_whose_fragment_cannot_be_had_leads_to_its_page(site, chromium):
    with watched(chromium, allow=(500,)) as seen:
        seen.page.goto(site + "/gallery/")
        figure = seen.page.locator("a[data-tf-figure]").first
        figure.evaluate("e => { e.href = '/indicators/lost/source'; }")
        figure.click()
        seen.page.wait_for_url("**/indicators/lost/source")


def test_a_figure_is_a_link_where_there_is_no_script(site, chromium):
    with watched(chromium, java_script_enabled=False) as seen:
        seen.page.goto(site + "/gallery/")
        seen.page.locator("a[data-tf-figure]").first.click()
        assert "/source" in seen.page.url


def test_every_chart_has_its_table(site, chromium):
    with watched(chromium) as seen:
        seen.page.goto(site + "/gallery/")
        for chart in seen.page.locator("figure.tf-chart").all():
            chart.locator("summary").click()
            assert chart.locator("table").is_visible()


def test_a_fault_on_our_side_still_shows_a_page_of_the_house(site, chromium):
    with watched(chromium, allow=(500,)) as seen:
        answer = seen.page.goto(site + "/broken/")
        assert answer.status == 500
        assert "没有写入" in seen.page.inner_text("main")
