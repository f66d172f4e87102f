"""What several kinds of tests share."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Error, Playwright, sync_playwright

from tools.chromium import CHROMIUM_FLAGS, find_chromium
from tools.firefox import launch_firefox
from tools.page import write_page

ROOT = Path(__file__).parents[1]
# What GitHub Actions tells a run: then the book has its buttons to Binder and Colab.
PUBLISHED = {
    "GITHUB_SERVER_URL": "https://github.com",
    "GITHUB_REPOSITORY": "ada/book",
    "GITHUB_REF_NAME": "main",
    "GITHUB_BASE_REF": "",
}

settings.register_profile("untimed", deadline=None)  # a busy machine is no error
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives the browsers."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest) -> str:
    """Name of the browser: Chromium, if a test is not run in others too."""
    return str(getattr(request, "param", "chromium"))


@pytest.fixture(scope="session")
def browser(playwright: Playwright, engine: str) -> Iterator[Browser]:
    """One browser for all tests. Without it the tests fail: they do not skip."""
    try:
        if engine == "firefox":
            browser = launch_firefox(playwright.firefox)
        else:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
    except (Error, FileNotFoundError) as error:
        command = "make test-all" if engine == "firefox" else "make test"
        pytest.fail(
            f"No {engine.title()} starts. `{command}` provides one, or says what to install.\n{error}"
        )
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the book's pages, built as `make book` builds them on GitHub Actions: a warning fails."""
    folder = tmp_path_factory.mktemp("book")
    command = [Path(sys.executable).with_name("jupyter-book"), "build", ROOT, "--path-output", folder]
    done = subprocess.run(
        [*map(str, command), "-W", "-n", "--keep-going"],
        env={**os.environ, **PUBLISHED},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return folder / "_build" / "html"


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files and keeps no log."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving(folder: Path, handler: type[QuietHandler] = QuietHandler) -> Iterator[str]:
    """Serve a folder on this machine; give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="session")
def served(book: Path) -> Iterator[str]:
    """Address of the book on a server of this machine."""
    with serving(book) as address:
        yield address


@pytest.fixture(params=["http", "file"])
def address(request: pytest.FixtureRequest) -> str:
    """Address of the book: from a server, and from the disk."""
    if request.param == "http":
        return str(request.getfixturevalue("served"))
    return Path(request.getfixturevalue("book")).as_uri()


@pytest.fixture
def page_of(tmp_path: Path) -> Callable[..., str]:
    """Write a page that holds nothing but these figures, and return its address: quicker than a book.

    With `shown=False` it holds their models alone, for a test that shows them itself.
    """
    return partial(write_page, tmp_path)
