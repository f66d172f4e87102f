"""Photograph the built book: `python -m tools.look` after `jupyter-book build .`.

Every page and every figure, at the width of a laptop and of a phone, light and dark, into _build/look, with
one contact sheet to open: _build/look/index.html. STATES adds figures after a reader has acted on them.
"""

import html
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tools.chromium import CHROMIUM_FLAGS, find_chromium

BUILD = Path(__file__).parents[1] / "_build"
BOOK = BUILD / "html"
LOOK = BUILD / "look"

SIZES = {1280: 800, 360: 740}  # width: height, in CSS pixels
THEMES = ["light", "dark"]
UNREAD = {"genindex", "search", "py-modindex"}  # pages that Sphinx makes


class State(NamedTuple):
    """A figure after `act`, which gets the figure's element."""

    page: str
    figure: str
    label: str
    act: Callable[[Locator], None]


def press(*keys: str, control: str = "input[type=range]") -> Callable[[Locator], None]:
    """Act by pressing keys on the first such control of a figure."""

    def act(figure: Locator) -> None:
        for key in keys:
            figure.locator(control).first.press(key)

    return act


def click(*controls: str) -> Callable[[Locator], None]:
    """Act by clicking the first such control of a figure, one after the other."""

    def act(figure: Locator) -> None:
        for control in controls:
            figure.locator(control).first.click()

    return act


# The telling states of each figure.
FIRST, MSE = "chapters/01-scorekeeper", "chapters/02-mse"
CROSS, HINGE = "chapters/03-cross-entropy", "chapters/04-hinge"
LANDSCAPES = "chapters/05-landscapes"
OPTIMISATION, CHOOSING = "chapters/06-optimization", "chapters/07-choosing"
STATES = [
    State("chapters/index", "two-rules", "at the corner of one", press(*["PageDown"] * 4)),
    State(FIRST, "four-points", "with the best line", click("text='best line'")),
    State(FIRST, "landscape", "after a press on the map", click(".lossviz-ground")),
    State(FIRST, "drive", "with the line's ring in focus", press("ArrowUp", control=".lossviz-handle")),
    State(MSE, "follow", "with the outlier moved", press(*["ArrowUp"] * 9, control=".lossviz-grip")),
    State(MSE, "mse-curve", "on a row of the table", click("button >> nth=2")),
    State(MSE, "mse-curve", "at its right end", press("End")),
    State(MSE, "mse-curve", "with the ring in focus", press("ArrowRight", control=".lossviz-handle")),
    State(MSE, "three-curves", "at its left end", press("Home")),
    State(MSE, "best-constant", "answered wrong", click("input >> nth=0")),
    State(MSE, "best-constant", "answered right", click("input >> nth=1")),
    State(CROSS, "three-classes", "with the correct class at its lowest", press("Home")),
    State(CROSS, "three-classes", "with all logits doubled", click("button >> text=×2")),
    State(HINGE, "separator", "trained", click("text='Train'")),
    State(HINGE, "separator", "trained without its silent points", click("text='Train'", "text=/^Remove/")),
    State(HINGE, "separator", "with an outlier", click("text='Add an outlier'")),
    State(HINGE, "separator", "turned by its handle", press(*["PageUp"] * 4, control=".lossviz-turn")),
    State(CROSS, "surprise", "at one in a hundred", click("button >> nth=2")),
    State(CROSS, "surprise", "at its infinite end", press("Home")),
    State(CROSS, "sigmoid-losses", "at its right end", press("End")),
    State(CROSS, "sigmoid-losses", "half right", press("Home", *["PageUp"] * 6)),
    State(HINGE, "four-losses", "at the jump", press("Home", *["PageUp"] * 6)),
    State(HINGE, "four-losses", "at the corner", press("End", *["PageDown"] * 4)),
    State(HINGE, "four-losses", "at its left end", press("Home")),
    State(LANDSCAPES, "bowl", "with every ball at rest", click("text='Roll'")),
    State(LANDSCAPES, "mountains", "with its basins", click("text='Basins'", "text='Roll'")),
    State(LANDSCAPES, "mountains", "with a start in focus", press("ArrowUp", control=".lossviz-start")),
    State(LANDSCAPES, "saddle", "at rest on it", click("text='Roll'")),
    State(LANDSCAPES, "network-path", "at its first step", press("Home")),
    State(OPTIMISATION, "three-terrains", "after a roll", click("text='Roll'")),
    State(OPTIMISATION, "three-terrains", "after thirty steps", click(*["text='Step'"] * 30)),
    State(
        OPTIMISATION, "three-terrains", "with its start in focus", press("ArrowUp", control=".lossviz-handle")
    ),
    State(OPTIMISATION, "valley", "after thirty steps", click(*["text='Step'"] * 30)),
    State(CHOOSING, "wrong-start", "after a roll", click("text='Roll'")),
    State(CHOOSING, "which-loss", "with one answer", click("text='a class'")),
    State(CHOOSING, "which-loss", "answered", click("text='a class'", "text='no'", "text='yes' >> nth=1")),
]


class Photo(NamedTuple):
    """One picture: what it shows and where it lies."""

    page: str
    what: str
    width: int
    theme: str

    @property
    def path(self) -> Path:
        """Path of the picture inside _build/look."""
        return Path(self.page) / f"{self.what.replace(' ', '-')}-{self.width}-{self.theme}.png"


def pages() -> list[str]:
    """Names of the book's pages, such as `chapters/02-mse`, without the page that only leads to the first."""
    found = []
    for path in sorted(BOOK.rglob("*.html")):
        name = path.relative_to(BOOK).with_suffix("").as_posix()
        redirect = 'http-equiv="refresh"' in path.read_text(encoding="utf-8").lower()
        if not name.startswith("_") and name not in UNREAD and not redirect:
            found.append(name)
    return found


def photographs(browser: Browser, width: int, theme: str) -> Iterator[Photo]:
    """Take every picture of one width and theme."""
    context = browser.new_context(
        viewport={"width": width, "height": SIZES[width]},
        color_scheme="dark" if theme == "dark" else "light",
        reduced_motion="reduce",
    )
    context.add_init_script(f"localStorage.mode = localStorage.theme = '{theme}'")
    page = context.new_page()
    for name in pages():
        open_page(page, name)
        whole = Photo(name, "page", width, theme)
        page.screenshot(path=LOOK / whole.path, full_page=True, animations="disabled")
        yield whole
        for figure, element in figures(page):
            yield take(element, Photo(name, figure, width, theme))
        for state in STATES:
            if state.page == name:
                open_page(page, name)  # each state starts from the page as it is opened
                element = dict(figures(page))[state.figure]
                state.act(element)
                yield take(element, Photo(name, f"{state.figure} {state.label}", width, theme))
    context.close()


def open_page(page: Page, name: str) -> None:
    """Open a page and wait until its figures, formulas and letters are there."""
    page.goto((BOOK / f"{name}.html").as_uri())
    page.evaluate(
        """async () => {
            await globalThis.anywidgetHost?.ready;
            await globalThis.MathJax?.startup?.promise;
            await document.fonts.ready;
        }"""
    )
    page.wait_for_timeout(300)


def figures(page: Page) -> Iterator[tuple[str, Locator]]:
    """Return each visible figure with its name, or its number on the page if it has none."""
    for number, element in enumerate(page.locator(".anywidget-host").all(), start=1):
        if element.is_visible():
            named = element.locator("[data-name]")
            name = named.first.get_attribute("data-name") if named.count() else None
            yield name or f"figure-{number}", element


def take(element: Locator, photo: Photo) -> Photo:
    """Photograph a figure, once it has drawn what it was last told."""
    element.page.wait_for_timeout(400)
    element.screenshot(path=LOOK / photo.path, animations="disabled")
    return photo


def contact_sheet(photos: list[Photo]) -> str:
    """One page of all pictures: a table a page of the book, a row a thing, a column a width and theme."""
    looks = [(width, theme) for width in SIZES for theme in THEMES]
    head = "".join(f"<th>{width} px, {theme}</th>" for width, theme in looks)
    parts = []
    for name in dict.fromkeys(photo.page for photo in photos):
        parts.append(f"<h2>{html.escape(name)}</h2><table><tr><th></th>{head}</tr>")
        for what in dict.fromkeys(photo.what for photo in photos if photo.page == name):
            cells = ""
            for width, theme in looks:
                photo = Photo(name, what, width, theme)
                source = html.escape(photo.path.as_posix())
                picture = f'<a href="{source}"><img src="{source}" alt="" loading="lazy"></a>'
                cells += f"<td>{picture if photo in photos else ''}</td>"
            parts.append(f"<tr><th>{html.escape(what)}</th>{cells}</tr>")
        parts.append("</table>")
    style = """
        body { font: 14px system-ui, sans-serif; margin: 1rem; background: #888; }
        th { text-align: left; vertical-align: top; padding: 4px; }
        td { vertical-align: top; padding: 4px; }
        img { max-width: 420px; max-height: 560px; object-fit: cover; object-position: top; display: block; }
    """
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Contact sheet</title>'
        f"<style>{style}</style><h1>Every page and figure</h1>{''.join(parts)}</html>"
    )


def main() -> None:
    """Take all pictures and write the contact sheet."""
    shutil.rmtree(LOOK, ignore_errors=True)
    photos: list[Photo] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
        for width in SIZES:
            for theme in THEMES:
                photos += photographs(browser, width, theme)
        browser.close()
    sheet = LOOK / "index.html"
    sheet.write_text(contact_sheet(photos), encoding="utf-8")
    print(f"{len(photos)} pictures: {sheet}")


if __name__ == "__main__":
    main()
