"""The page in a real browser: on a desk, a phone, in the dark, on paper, and as a screen reader is told of it. Needs Debian's chromium."""

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from pypdf import PdfReader

from tests.report.test_page import LEVELS, TODAY
from tests.report.years import sessions
from voicecoach.messages.memory import Person
from voicecoach.report.page import as_html
from voicecoach.report.sheets import sheets

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
DESK, PHONE, PAPER = 1280, 360, 680
"""Widths in CSS pixels; that of A4 without its margins."""
A4_POINTS = (595, 842)
PEOPLE = [Person(1, "Anna"), Person(2, "Benedikt")]
VIEWS = [
    pytest.param(DESK, "light", id="desk"),
    pytest.param(PHONE, "light", id="phone"),
    pytest.param(PHONE, "dark", id="phone in the dark"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two people's page."""
    path = tmp_path_factory.mktemp("page") / "history.html"
    path.write_text(as_html(sheets([*sessions(30), *sessions(4, 2, "Benedikt")], PEOPLE), LEVELS, TODAY))
    return path


def opened(browser: Browser, file: Path, width: int = DESK, scheme: str = "light") -> Page:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme="dark" if scheme == "dark" else "light")
    page.goto(file.as_uri())
    return page


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")


def test_it_asks_for_nothing_and_the_console_stays_empty(browser: Browser, file: Path) -> None:
    page = browser.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(file.as_uri())
    unfold(page)
    page.close()
    assert asked == [file.as_uri()]
    assert said == []


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_it_is_no_wider_than_the_screen_with_all_unfolded(width: int, scheme: str, browser: Browser, file: Path, tmp_path: Path) -> None:
    page = opened(browser, file, width, scheme)
    page.screenshot(path=tmp_path / "folded.png", full_page=True)
    unfold(page)
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.screenshot(path=tmp_path / "top.png")
    page.close()
    assert wide == width
    assert (tmp_path / "folded.png").stat().st_size > 50_000


def test_in_the_dark_the_ground_is_dark(browser: Browser, file: Path) -> None:
    grounds = []
    for scheme in ("light", "dark"):
        page = opened(browser, file, PHONE, scheme)
        grounds.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        page.close()
    assert grounds == ["rgb(255, 255, 255)", "rgb(22, 25, 29)"]


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_axe_finds_no_barrier(width: int, scheme: str, browser: Browser, file: Path) -> None:
    page = opened(browser, file, width, scheme)
    found = Axe().run(page)
    page.close()
    assert found.violations_count == 0, found.generate_report()
    assert {"color-contrast", "document-title", "html-has-lang"} <= {rule["id"] for rule in found.response["passes"]}


def test_axe_would_find_one(browser: Browser, file: Path) -> None:
    page = opened(browser, file)
    page.evaluate("document.querySelector('.made').style.color = '#aaaaaa'")
    found = Axe().run(page)
    page.close()
    assert [rule["id"] for rule in found.response["violations"]] == ["color-contrast"]


def test_a_screen_reader_is_told_the_names_of_plots_tables_and_days(browser: Browser, file: Path) -> None:
    page = opened(browser, file)
    assert page.get_by_role("main").count() == 1
    assert page.get_by_role("navigation", name="People").count() == 1
    assert page.get_by_role("img", name="from 0, no pain, to 10").count() == len(PEOPLE)
    assert page.get_by_role("table", name="January 2024").count() == len(PEOPLE)
    assert page.get_by_role("cell", name=page.locator(".trained > .words").first.inner_text(), exact=True).count() == 1
    assert page.get_by_role("columnheader", name="Pain before").count() >= len(PEOPLE)
    page.close()


def test_what_happened_is_there_when_it_is_asked_for_by_the_keyboard(browser: Browser, file: Path) -> None:
    page = opened(browser, file)
    summary = page.locator("details:has(> .moments) > summary").first
    line = page.locator(".moments > li").first
    assert not line.is_visible()
    summary.focus()
    page.keyboard.press("Enter")
    line.wait_for(state="visible")
    page.close()


def test_on_paper_nothing_is_cut_off_at_the_side_and_no_row_in_two(browser: Browser, file: Path) -> None:
    page = opened(browser, file, PAPER, "dark")
    page.emulate_media(media="print", color_scheme="dark")
    wide = page.evaluate("Math.max(...[...document.querySelectorAll('table, svg, dl')].map(one => one.getBoundingClientRect().right))")
    breaks = page.evaluate(
        "[...new Set([...document.querySelectorAll('tr, figure, .month')].map(one => getComputedStyle(one).breakInside))]"
    )
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    page.close()
    assert wide <= PAPER
    assert breaks == ["avoid"]
    assert ground == "rgb(255, 255, 255)"
    assert (round(printed.pages[0].mediabox.width), round(printed.pages[0].mediabox.height)) == A4_POINTS
    first, *others = [paper.extract_text() for paper in printed.pages]
    assert "Anna" in first
    assert "Next morning" in first
    assert any(paper.startswith("Benedikt") for paper in others)
