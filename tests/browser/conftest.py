"""Fixtures of the browser tests; how a test uses them is told in figures.py."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Playwright, ViewportSize, expect

from tests.browser.figures import write_quick_pages
from tools.firefox import launch_firefox

expect.set_options(timeout=20_000)  # ms until a state that does not come is an error: a busy machine is none

WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 360, "height": 740}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run each test of a browser in Chromium, and with the rest of `everywhere` in Firefox too."""
    if "engine" not in metafunc.fixturenames:
        return
    engines: list[Any] = ["chromium"]
    # Playwright has a finger in Chromium alone.
    if "phone" not in metafunc.fixturenames and not metafunc.definition.get_closest_marker("chromium_only"):
        engines.append(pytest.param("firefox", marks=pytest.mark.everywhere))
    metafunc.parametrize("engine", engines, indirect=True, scope="session")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run a test that opens the book from a server and from the disk only from the disk in Firefox."""
    twice = [item for item in items if {"firefox", "http"} <= params_of(item)]
    config.hook.pytest_deselected(items=twice)
    items[:] = [item for item in items if item not in twice]


def params_of(item: pytest.Item) -> set[Any]:
    """With which engine, and by which kind of address, a test is run."""
    params = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
    return {params.get("engine"), params.get("address")}


@pytest.fixture(scope="session")
def quick_pages(book: Path) -> None:
    """What `open_figure` opens stands in the book."""
    write_quick_pages(book)


@pytest.fixture
def served(served: str, quick_pages: None) -> str:
    """Address of the book from a server, with these pages."""
    return served


@pytest.fixture
def address(address: str, quick_pages: None) -> str:
    """Address of the book from a server and from the disk, with these pages."""
    return address


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


@pytest.fixture(scope="session")
def only_still(playwright: Playwright) -> Iterator[Page]:
    """A Firefox in which nothing moves: one is told so when it starts."""
    with launch_firefox(playwright.firefox, still=True) as browser:
        yield browser.new_page(viewport=WIDE)


@pytest.fixture
def tab(only_tab: Page) -> Iterator[Page]:
    """The window of a laptop, as new."""
    with no_errors(only_tab):
        yield only_tab
    clear(only_tab, WIDE)


@pytest.fixture
def still(request: pytest.FixtureRequest, engine: str) -> Iterator[Page]:
    """The window of a reader who wants nothing to move."""
    page: Page = request.getfixturevalue("only_still" if engine == "firefox" else "only_tab")
    page.emulate_media(reduced_motion="reduce")
    with no_errors(page):
        yield page
    clear(page, WIDE)


@pytest.fixture
def phone(only_phone: Page) -> Iterator[Page]:
    """A phone, as new."""
    with no_errors(only_phone):
        yield only_phone
    clear(only_phone, NARROW)


@contextmanager
def no_errors(page: Page) -> Iterator[None]:
    """Whatever a test does, its page throws and logs no error."""
    errors: list[str] = []

    def thrown(error: Error) -> None:
        errors.append(str(error))

    def logged(message: ConsoleMessage) -> None:
        if message.type == "error":
            errors.append(message.text)

    page.on("pageerror", thrown)
    page.on("console", logged)
    yield
    page.remove_listener("pageerror", thrown)
    page.remove_listener("console", logged)
    assert errors == []


def clear(page: Page, size: ViewportSize) -> None:
    """Leave nothing of a test: no figure, no pressed button, no other size."""
    page.goto("about:blank")
    page.mouse.up()
    page.mouse.move(0, 0)
    page.set_viewport_size(size)
    page.emulate_media(media="null", color_scheme="null", reduced_motion="null", forced_colors="null")
