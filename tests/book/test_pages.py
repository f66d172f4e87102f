"""The built book: it asks no other host, its links resolve, and every picture says what it shows."""

import json
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser

from lossviz import LossCurve, mse

CHAPTERS = Path(__file__).parents[2] / "chapters"
PAGES = sorted(f"chapters/{path.stem}.html" for path in CHAPTERS.glob("*.ipynb"))
EVERY_PAGE = [*PAGES, "index.html", "search.html"]


class Tags(HTMLParser):
    """Every opening tag of a page, with its attributes."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.all: list[tuple[str, dict[str, str | None]]] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep it."""
        self.all.append((tag, dict(attrs)))


@cache  # many links point to the same page
def ids_of(path: Path) -> set[str]:
    """What a link to a page can point to."""
    return {str(attributes["id"]) for _, attributes in Tags(path).all if attributes.get("id")}


def figures_of(path: Path) -> list[str]:
    """Return the names of the figures of a page."""
    state = re.search(
        r'<script type="application/vnd.jupyter.widget-state\+json">(.*?)</script>',
        path.read_text(encoding="utf-8"),
        re.DOTALL,
    )
    models = json.loads(state[1])["state"].values() if state else []
    return [model["state"]["name"] for model in models if model["model_module"] == "anywidget"]


def resolves(target: Path, fragment: str) -> bool:
    """Tell whether a link leads to a file, and to a place in it, or to a figure that it sets."""
    if not target.exists():
        return False
    if "=" in fragment:
        return {part.split(".")[0] for part in fragment.split("&")} <= set(figures_of(target))
    return not fragment or target.suffix != ".html" or fragment in ids_of(target.resolve())


def test_every_chapter_is_in_the_table_of_contents(book: Path) -> None:
    assert [path for path in PAGES if not (book / path).exists()] == []


def broken_links(book: Path, page: str) -> list[tuple[str, str]]:
    """Return the links of a page that lead nowhere in the book."""
    broken = []
    for tag, attributes in Tags(book / page).all:
        link = attributes.get("href") or attributes.get("src")
        if not link or urlsplit(link).scheme:
            continue
        path, fragment = unquote(urlsplit(link).path), unquote(urlsplit(link).fragment)
        target = (book / page).parent / path if path else book / page
        if not resolves(target, fragment):
            broken.append((tag, link))
    return broken


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_links_inside_the_book_resolve(book: Path, page: str) -> None:
    assert broken_links(book, page) == []


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_page_names_no_other_host_but_in_links_to_click(book: Path, page: str) -> None:
    foreign = [
        (tag, value)
        for tag, attributes in Tags(book / page).all
        for name, value in attributes.items()
        if name in {"src", "href", "data", "poster"} and re.match(r"(https?:)?//", value or "") and tag != "a"
    ]
    assert foreign == []


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_page_requests_nothing_from_another_host_and_logs_no_error(
    browser: Browser, address: str, page: str
) -> None:
    context = browser.new_context()
    asked, errors = [], []
    context.on("request", lambda request: asked.append(request.url))
    tab = context.new_page()
    tab.on(
        "console",
        lambda message: errors.append(message.text) if message.type in {"error", "warning"} else None,
    )
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.goto(f"{address}/{page}")
    tab.wait_for_load_state("networkidle")
    context.close()
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []
    assert errors == []


@pytest.mark.parametrize("page", PAGES)
def test_every_picture_says_what_it_shows(book: Path, page: str) -> None:
    images = [attributes for tag, attributes in Tags(book / page).all if tag == "img"]
    assert images
    assert [image for image in images if not (image.get("alt") or "").strip()] == []
    assert [image for image in images if "_build" in (image["alt"] or "")] == []


def test_picture_says_the_sentence_of_its_figure(book: Path) -> None:
    curve = LossCurve(mse, name="mse-curve", range=(-60, 60), value=-30, show_slope=False)
    alts = [
        attributes.get("alt") for tag, attributes in Tags(book / "chapters/02-mse.html").all if tag == "img"
    ]
    assert alts.count(curve.describe()) == 1


@pytest.mark.parametrize("page", PAGES)
def test_figures_of_a_page_have_names_of_their_own(book: Path, page: str) -> None:
    names = figures_of(book / page)
    assert names
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("page", PAGES)
def test_without_javascript_the_pictures_are_there(browser: Browser, address: str, page: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"{address}/{page}")
    pictures = tab.locator(".anywidget-host img")
    assert pictures.count() > 0
    for picture in pictures.all():
        assert picture.is_visible()
        box = picture.bounding_box()
        assert box
        assert box["width"] > 250
    context.close()


def test_mathematics_is_set_with_fonts_of_the_book(browser: Browser, address: str) -> None:
    context = browser.new_context()
    tab = context.new_page()
    tab.goto(f"{address}/chapters/02-mse.html")
    tab.locator("mjx-container").first.wait_for()
    assert tab.locator("mjx-container").count() >= 8
    assert tab.locator("mjx-merror").count() == 0
    loaded = tab.evaluate(
        "async () => { await document.fonts.ready;"
        " return [...document.fonts].filter(f => f.family.includes('MJX') && f.status === 'loaded').length; }"
    )
    assert loaded > 0
    context.close()
