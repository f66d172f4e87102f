"""Every chapter opens in Binder and in Colab, from the repository whose book it is."""

import re
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, expect

from tests.conftest import PUBLISHED
from tools import launch
from tools.address import CONFIG, Address, of_actions, of_config

ROOT = CONFIG.parent
CHAPTERS = sorted(path.stem for path in (ROOT / "chapters").glob("*.ipynb"))
BUTTONS = {"binderhub_url": "https://mybinder.org", "colab_url": "https://colab.research.google.com"}


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_opens_in_binder_and_in_colab(book: Path, chapter: str) -> None:
    """The book of the tests is built as GitHub Actions would build it for `ada/book`."""
    page = BeautifulSoup((book / "chapters" / f"{chapter}.html").read_text(encoding="utf-8"), "html.parser")
    links = [str(link["href"]) for link in page.select(".dropdown-launch-buttons a")]
    assert links == [
        f"https://mybinder.org/v2/gh/ada/book/main?urlpath=lab/tree/chapters/{chapter}.ipynb",
        f"https://colab.research.google.com/github/ada/book/blob/main/chapters/{chapter}.ipynb",
    ]
    for link in links:
        name = re.search(r"chapters/[^/]+$", link)
        assert name
        assert (ROOT / name[0]).is_file()


def test_a_page_that_is_no_notebook_has_no_button(book: Path) -> None:
    assert "dropdown-launch-buttons" not in (book / "search.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_buttons_are_reached_by_keyboard_and_say_where_they_lead(
    browser: Browser, served: str, width: int, scheme: str
) -> None:
    with browser.new_context(viewport={"width": width, "height": 740}, color_scheme=scheme) as context:  # type: ignore[arg-type]
        tab = context.new_page()
        tab.goto(f"{served}/chapters/02-mse.html")
        opener = tab.get_by_role("button", name="Launch interactive content")
        expect(opener).to_be_visible()
        for _ in range(40):
            tab.keyboard.press("Tab")
            if opener.evaluate("button => button === document.activeElement"):
                break
        expect(opener).to_be_focused()
        tab.keyboard.press("Enter")
        for name, host in [("Binder", "mybinder.org"), ("Colab", "colab.research.google.com")]:
            tab.keyboard.press("ArrowDown")
            link = tab.get_by_role("link", name=name)
            expect(link).to_be_visible()
            expect(link).to_be_focused()
            box = link.bounding_box()
            assert box
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
            assert urlsplit(str(link.get_attribute("href"))).hostname == host


def test_the_run_counts_for_more_than_the_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    config = SimpleNamespace(html_theme_options={"repository_url": "https://github.com/old/one"})
    for name, value in {**PUBLISHED, "GITHUB_REPOSITORY": "fork/book"}.items():
        monkeypatch.setenv(name, value)
    launch.aim(None, config)  # type: ignore[arg-type]
    assert config.html_theme_options["repository_url"] == "https://github.com/fork/book"


def test_where_no_address_is_known_there_is_no_button(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_REPOSITORY", raising=False)
    monkeypatch.setattr(launch, "of_config", lambda: None)
    config = SimpleNamespace(html_theme_options={"launch_buttons": dict(BUTTONS)})
    launch.aim(None, config)  # type: ignore[arg-type]
    assert config.html_theme_options["launch_buttons"] == {}


def test_colab_opens_no_notebook_from_another_host_than_github() -> None:
    options = launch.theme_options(Address("https://gitlab.com/ada/book", "main"), BUTTONS)
    assert options["launch_buttons"] == {"binderhub_url": "https://mybinder.org"}


def test_the_address_stands_in_one_place() -> None:
    """A fork changes `_config.yml` alone; `make notebooks` carries it into the chapters."""
    address = of_config()
    assert of_config(CONFIG.read_text(encoding="utf-8")) == address
    assert of_actions({}) is None
    if address is not None:
        tracked = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "pyproject.toml", "Makefile")]
        assert [path for path in tracked if address.url in path.read_text(encoding="utf-8")] == []
