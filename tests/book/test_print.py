"""A chapter as it is printed: pictures for figures, nothing to press, nothing given away, nothing cut off."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

CHAPTERS = Path(__file__).parents[2] / "chapters"
NAMES = sorted(path.stem for path in CHAPTERS.glob("*.ipynb"))
PAPER = 643  # CSS pixels between the margins of A4, and fewer than on Letter

WIDEST = """
() => Math.max(...[...document.querySelectorAll("body *")]
    .filter((element) => element.checkVisibility() && !element.closest("mjx-assistive-mml, .visually-hidden"))
    .map((element) => element.getBoundingClientRect().right))
"""


@pytest.fixture(scope="module")
def in_the_dark(browser: Browser) -> Iterator[Page]:
    """A window as wide as the text on paper, of a reader who has chosen the dark theme."""
    with browser.new_context(viewport={"width": PAPER, "height": 900}) as context:
        context.add_init_script("localStorage.mode = localStorage.theme = 'dark'")
        yield context.new_page()


@pytest.mark.parametrize("name", NAMES)
def test_a_chapter_on_paper(book: Path, in_the_dark: Page, name: str) -> None:
    page = in_the_dark
    page.emulate_media(media="screen")
    page.goto((book / "chapters" / f"{name}.html").as_uri())
    page.locator(".anywidget-alive").first.wait_for()
    page.evaluate("globalThis.MathJax?.startup?.promise")
    assert page.locator(".anywidget-live:visible").count() > 0

    page.emulate_media(media="print")
    pictures = page.locator(".anywidget-still img").all()
    assert pictures
    assert all(picture.is_visible() for picture in pictures)
    for gone in (
        ".anywidget-live", "article details", "button", "input", ".bd-sidebar", ".headerlink",
        ".prev-next-footer", ".bd-header-article", "[role=status]",
    ):  # fmt: skip
        assert page.locator(f"{gone}:visible").count() == 0, gone
    assert page.locator("h1:visible").count() == 1
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    assert page.evaluate(WIDEST) <= PAPER
    # What is announced is there: each formula, and each cell but the folded ones.
    assert page.locator("mjx-container:not(details *):visible").count() == page.locator(
        "mjx-container:not(details *)"
    ).count()  # fmt: skip

    page.emulate_media(media="screen")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
