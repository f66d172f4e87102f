"""Fixtures of the browser tests; how a test uses them is told in figures.py."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.figures import write_quick_pages

expect.set_options(timeout=20_000)  # ms until a state that does not come is an error: a busy machine is none

WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 360, "height": 740}


@pytest.fixture(scope="session", autouse=True)
def quick_pages(book: Path) -> None:
    """What `open_figure` opens stands in the book."""
    write_quick_pages(book)


@pytest.fixture(scope="session")
def only_tab(browser: Browser) -> Iterator[Page]:
    """The window of a laptop, for all tests."""
    with browser.new_context(viewport=WIDE) as context:
        yield context.new_page()


@pytest.fixture(scope="session")
def only_phone(browser: Browser) -> Iterator[Page]:
    """A phone, for all tests."""
    with browser.new_context(viewport=NARROW, has_touch=True, is_mobile=True) as context:
        yield context.new_page()


@pytest.fixture
def tab(only_tab: Page) -> Iterator[Page]:
    """The window of a laptop, as new."""
    yield only_tab
    clear(only_tab, WIDE)


@pytest.fixture
def phone(only_phone: Page) -> Iterator[Page]:
    """A phone, as new."""
    yield only_phone
    clear(only_phone, NARROW)


def clear(page: Page, size: ViewportSize) -> None:
    """Leave nothing of a test: no figure, no pressed button, no other size."""
    page.goto("about:blank")
    page.mouse.up()
    page.mouse.move(0, 0)
    page.set_viewport_size(size)
    page.emulate_media(media="null", color_scheme="null", reduced_motion="null", forced_colors="null")
