"""The book works under a strict policy of content, as the header of a careful server states it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

from tests.browser.figures import open_chapter
from tests.conftest import QuietHandler, serving

CHAPTERS = sorted(path.stem for path in (Path(__file__).parents[2] / "chapters").glob("*.ipynb"))
POLICY = (
    "default-src 'self'; script-src 'self' blob: 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self'"
)


class StrictHandler(QuietHandler):
    """Serves files with the policy."""

    def end_headers(self) -> None:
        """Add the policy to each answer."""
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()


@pytest.fixture(scope="module")
def strict(book: Path) -> Iterator[str]:
    """Address of the book on a server that states the policy."""
    with serving(book, StrictHandler) as address:
        yield address


@pytest.fixture
def complaints(tab: Page) -> Iterator[list[str]]:
    """What the browser logs as an error meanwhile: what the policy forbids is one."""
    found: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error":
            found.append(message.text)

    tab.on("console", hear)
    yield found
    tab.remove_listener("console", hear)


@pytest.mark.parametrize("page", CHAPTERS)
def test_a_chapter_is_whole_under_the_policy(
    tab: Page, strict: str, complaints: list[str], page: str
) -> None:
    open_chapter(tab, strict, page)
    assert tab.locator(".anywidget-host").count() > 0
    assert tab.locator(".anywidget-host:not(.anywidget-alive)").count() == 0
    assert tab.locator("span.math, div.math").count() == tab.locator("mjx-container").count()
    fonts = tab.evaluate("[...document.fonts].filter(font => font.status === 'error').length")
    assert fonts == 0
    assert complaints == []


def test_the_search_works_under_the_policy(tab: Page, strict: str, complaints: list[str]) -> None:
    tab.goto(f"{strict}/search.html?q=outlier")
    expect(tab.locator("#search-results li a").first).to_be_visible()
    assert complaints == []
