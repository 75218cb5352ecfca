"""Every page in a real browser, wide and narrow, light and dark: quiet, and with nobody else."""

import os
import shutil
from collections.abc import Iterator

import pytest

pytest.importorskip("starlette", reason="needs the extra `server`")
pytest.importorskip("jinja2", reason="needs the extra `server`")
pytest.importorskip("playwright.sync_api", reason="needs the extra `dev-browser` (Playwright)")

from playwright.sync_api import sync_playwright

from tests.explored import Served, filled_memory, note_saying, served

BROWSER = os.environ.get("GRAPHMEM_TEST_BROWSER") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
pytestmark = pytest.mark.skipif(
    BROWSER is None, reason="needs Chromium on the path, or GRAPHMEM_TEST_BROWSER"
)

PATHS = (
    "/", "/search", "/search?q=Where+does+Ben+Olsen+live%3F&as_of=2023-12", "/sessions", "/names",
    "/name?called=Bergen", "/name?called=Ana", "/note/nasty", "/changes", "/review",
)  # fmt: skip


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    with filled_memory() as memory, served(memory) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with sync_playwright() as started:
        opened = started.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield opened
        opened.close()


class Visit:
    """A page of a browser that has entered, and what went wrong since."""

    def __init__(self, browser, server, **options):
        self.server, self.faults = server, []
        self.page = browser.new_context(**options).new_page()
        self.page.set_default_timeout(120_000)
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("request", self._asked)
        self.page.goto(server.entrance)
        self.page.wait_for_url(f"{server.base}/")

    def go(self, path):
        self.page.goto(self.server.base + path)
        self.page.wait_for_load_state("networkidle")

    def _heard(self, message):
        if message.type in ("error", "warning"):
            self.faults.append(message.text)

    def _asked(self, request):
        if not request.url.startswith(self.server.base):
            self.faults.append(f"asked {request.url}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_errs_asks_elsewhere_or_is_wider_than_the_window(browser, server, width, scheme):
    size = {"width": width, "height": 800}
    visit = Visit(browser, server, viewport=size, color_scheme=scheme)
    for path in PATHS:
        visit.go(path)
        over = visit.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert (path, over, visit.faults) == (path, 0, [])
        colors = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)"
        assert (sum(visit.page.evaluate(colors)[:3]) < 380) == (scheme == "dark")


def test_a_narrow_window_shows_the_whole_menu_a_word_a_line(browser, server):
    visit = Visit(browser, server, viewport={"width": 390, "height": 800})
    visit.go("/")
    ends = """[...document.querySelectorAll("nav a")].map(a =>
        [a.getClientRects()[0].right <= innerWidth, a.offsetHeight < 40])"""
    assert visit.page.evaluate(ends) == [[True, True]] * 6


def test_a_turn_that_is_a_script_runs_nothing_and_is_read_as_it_was_said(browser, server):
    visit = Visit(browser, server)
    dialogs = []
    visit.page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    visit.go("/note/nasty")
    shown = visit.page.locator(".whole").inner_text()
    assert "<script>alert('in a turn')</script> \\u202eturned <b>bold</b>" in shown
    assert (dialogs, visit.faults) == ([], [])


def test_the_past_comes_beside_the_present_by_itself(browser, server):
    visit = Visit(browser, server)
    visit.go("/search?q=Where+does+Ben+Olsen+live%3F&as_of=2023-12")
    visit.page.locator(".hits").nth(1).wait_for()
    now, then = visit.page.locator(".hits").all()
    assert "Bergen" in now.inner_text()
    assert "Leeds" in then.inner_text()


def test_the_graph_is_drawn_and_a_name_in_it_leads_on(browser, server):
    visit = Visit(browser, server)
    visit.go("/name?called=Bergen")
    visit.page.wait_for_selector("#graph.drawn canvas", state="attached")
    visit.page.locator(".near a", has_text="Ben Olsen").first.click()
    visit.page.wait_for_selector("h1:has-text('Ben Olsen')")
    assert visit.faults == []


def test_a_key_answers_the_first_doubt_and_one_click_takes_it_back(browser):
    with filled_memory() as memory, served(memory) as server:
        visit = Visit(browser, server)
        visit.go("/review")
        visit.page.keyboard.press("4")
        visit.page.wait_for_selector(".doubt", state="hidden")
        visit.go("/review")
        visit.page.keyboard.press("1")
        visit.page.wait_for_selector(".done")
        assert note_saying(memory, "I work at Havn Pipes.").superseded_by
        visit.page.locator(".done button").click()
        visit.page.wait_for_url(f"{server.base}/changes")
        assert note_saying(memory, "I work at Havn Pipes.").superseded_by is None
        assert visit.faults == []


def test_more_of_a_list_comes_in_its_place(browser):
    with filled_memory() as memory:
        memory.add(
            [{"role": "user", "content": f"Turn number {n}."} for n in range(60)],
            said_at="2024-08-01T10:00",
            session="long",
        )
        session = next(one for one in memory.sessions() if one.session.name == "long").session.id
        with served(memory) as server:
            visit = Visit(browser, server)
            visit.go(f"/session/{session}")
            assert visit.page.locator(".turn").count() == 40
            visit.page.locator(".more a").click()
            visit.page.locator(".turn").nth(59).wait_for()
            assert visit.page.locator(".more").count() == 0
            assert visit.faults == []
