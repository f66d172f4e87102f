"""The book in one zip: unpacked anywhere, it is alive without a network."""

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.book.test_pages import PAGES, broken_links
from tools.offline import ZIP, contents
from tools.zips import pack


@pytest.fixture(scope="module")
def zipped(book: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pack(tmp_path_factory.mktemp("zip") / ZIP.name, contents(book))


@pytest.fixture(scope="module")
def unpacked(zipped: Path) -> Path:
    """The book where a reader may have put it."""
    place = zipped.with_name("Bücher & mehr")
    ZipFile(zipped).extractall(place)
    (folder,) = place.iterdir()
    return folder


@pytest.fixture(scope="module")
def without_network(browser: Browser) -> Iterator[Page]:
    with browser.new_context(offline=True) as context:
        yield context.new_page()


def test_it_is_small_and_the_same_every_time(book: Path, zipped: Path, tmp_path: Path) -> None:
    assert zipped.stat().st_size <= 15_000_000
    assert pack(tmp_path / "again.zip", contents(book)).read_bytes() == zipped.read_bytes()


def test_it_holds_all_that_a_page_links_to_and_nothing_of_the_workshop(unpacked: Path) -> None:
    names = {file.relative_to(unpacked).as_posix() for file in unpacked.rglob("*") if file.is_file()}
    assert {"index.html", "README.txt", *PAGES} <= names
    assert [name for name in names if name.endswith(".map") or Path(name).name.startswith(".")] == []
    for name in names:
        if name.endswith(".html"):
            assert broken_links(unpacked, name) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_figure_of_each_page_answers(unpacked: Path, without_network: Page, name: str) -> None:
    page = without_network
    missing: list[str] = []
    page.on("requestfailed", lambda request: missing.append(request.url))
    page.goto((unpacked / name).as_uri())
    expect(page.locator(".anywidget-host:not(.anywidget-alive)")).to_have_count(0, timeout=20_000)
    kinds = "input:is([type=radio], [type=range])"
    figure = page.locator(".lossviz").filter(has=page.locator(kinds)).first
    control = figure.locator(kinds).first
    before = figure.inner_text()
    if control.get_attribute("type") == "radio":
        control.check()
    else:
        control.press("ArrowRight")
    expect(figure).not_to_have_text(before, use_inner_text=True)
    assert missing == []


def test_the_first_page_leads_into_the_book(unpacked: Path, without_network: Page) -> None:
    page = without_network
    page.goto((unpacked / "index.html").as_uri())
    expect(page.locator("article h1")).to_contain_text("Loss Function Landscapes")
