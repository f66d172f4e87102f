"""How a browser test opens a figure, and what it does to it.

A test takes the tab and the address of the book as fixtures, and opens a figure by its chapter and its name::

    def test_the_ring_is_dragged(tab: Page, address: str) -> None:
        figure = open_figure(tab, address, "02-mse", "mse-curve")
        drag(figure.locator(".lossviz-ring"), 180, -40)
        expect(figure.locator(".lossviz-spoken")).to_have_text(…)

- `tab` is 1280 × 900 pixels, `phone` is 360 × 740 with a finger; `resize` and `emulate_media` change that for
  this test only. All tests share the two, one after the other: a new context for each costs a second.
- `address` runs the test twice, from a server and from the disk; `served` only once, from the server.
- `open_figure` opens the chapter's page with this figure alone: no prose, and no scripts of the theme and of
  MathJax, which take ten times as long as a figure. `open_figures` does so with all figures of a chapter, and
  `open_chapter` opens the page as a reader gets it: use it where figures and page could disturb each other.
- `open_alone` opens a figure that no chapter has, made by the test: quicker, as it needs no book.
- A test waits for a state (`expect`, `drawn`, `tab.wait_for_function`), never for some milliseconds.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from playwright.sync_api import Locator, Page

from lossviz.widgets._base import Figure

PageOf = Callable[..., str]  # what the fixture `page_of` gives
ROOT = Path(__file__).parents[2]
PAGES = sorted(path.stem for path in (ROOT / "chapters").glob("*.ipynb"))
AXE = ROOT / "js" / "node_modules" / "axe-core" / "axe.min.js"
STATE = 'script[type="application/vnd.jupyter.widget-state+json"]'
EVERY = "every-figure"


def write_quick_pages(book: Path) -> None:
    """Write what `open_figure` and `open_figures` open beside each chapter of a built book."""
    for path in sorted((book / "chapters").glob("*.html")):
        every = only_figures(path.read_text(encoding="utf-8"))
        path.with_name(f"{path.stem}.{EVERY}.html").write_text(every, encoding="utf-8")
        for state in BeautifulSoup(every, "html.parser").select(STATE):  # none where there are no figures
            for model_id, model in json.loads(state.get_text())["state"].items():
                if model["model_module"] == "anywidget":
                    one = only_figures(every, f'[data-model-id="{model_id}"]')
                    name = model["state"]["name"]
                    path.with_name(f"{path.stem}.{name}.html").write_text(one, encoding="utf-8")


def only_figures(html: str, figures: str = ".anywidget-host") -> str:
    """Leave of a chapter only figures, each in its place, and the scripts that make them alive."""
    page = BeautifulSoup(html, "html.parser")
    for script in page.select('script, link[rel="preload"]'):
        foreign = script.get("src") and "/anywidget/" not in str(script.get("src"))
        if foreign or script.name == "link" or "DOCUMENTATION_OPTIONS" in script.get_text():
            script.extract()
    kept = set()
    for figure in page.select(f"{figures}, {STATE}"):
        kept |= {id(each) for each in (figure, *figure.parents, *figure.descendants)}
    for element in page.select("article *"):
        if id(element) not in kept:
            element.extract()
    return str(page)


def open_chapter(tab: Page, address: str, page: str, fragment: str = "") -> Page:
    """Open a chapter as the reader gets it; return once its figures and formulas are there."""
    tab.goto(f"{address}/chapters/{page}.html{fragment}")
    tab.evaluate("anywidgetHost.ready")
    tab.evaluate("globalThis.MathJax?.startup?.promise")
    tab.evaluate("document.fonts.ready.then(() => {})")
    drawn(tab)
    return tab


def open_figures(tab: Page, address: str, page: str) -> Page:
    """Open a chapter with all its figures, but without prose and other scripts."""
    return open_chapter(tab, address, f"{page}.{EVERY}")


def open_figure(tab: Page, address: str, page: str, name: str) -> Locator:
    """Open a chapter with one figure alone, and return that, on the screen and at rest."""
    open_chapter(tab, address, f"{page}.{name}")
    figure = figure_of(tab, name)
    figure.scroll_into_view_if_needed()
    drawn(tab)
    return figure


def open_alone(tab: Page, page_of: PageOf, made: Figure) -> Locator:
    """Open a page with nothing but this figure, and return it, on the screen and at rest."""
    tab.goto(page_of(made))
    tab.evaluate("anywidgetHost.ready")
    figure = figure_of(tab, made.name)
    figure.scroll_into_view_if_needed()
    drawn(figure)
    return figure


def figure_of(tab: Page, name: str) -> Locator:
    """Return the figure of that name."""
    return tab.locator(f'.lossviz[data-name="{name}"]')


def drawn(thing: Page | Locator, frames: int = 2) -> None:
    """Wait for frames: what was asked of a figure before is drawn after two."""
    page = thing if isinstance(thing, Page) else thing.page
    page.evaluate(
        """async frames => {
          for (let i = 0; i < frames; i++) await new Promise(requestAnimationFrame);
        }""",
        frames,
    )


def resize(figure: Locator, width: int, height: int = 900) -> None:
    """Give the window another size, and wait until the figure has heard of it and is drawn anew."""
    figure.page.set_viewport_size({"width": width, "height": height})
    figure.page.wait_for_function("width => innerWidth === width", arg=width)
    drawn(figure)
    # The theme moves its sidebars in and out, and the figure gets wider or narrower meanwhile.
    finish_animations(figure.page)
    drawn(figure, 4)


def finish_animations(page: Page) -> None:
    """Let all that moves, or changes its colour, be where it is going."""
    page.evaluate(
        """async () => {
          const running = () => document.getAnimations().filter(each => each.playState !== "finished");
          // The end of one may begin another: a colour is inherited.
          for (let rounds = 0; running().length > 0; rounds++) {
            if (rounds === 20) {
              throw Error(`Never at rest: ${running().map(each => each.effect.target.outerHTML).join()}`);
            }
            for (const each of running()) each.finish();
            await new Promise(requestAnimationFrame);
          }
        }"""
    )


def assert_drawn_to_scale(figure: Locator) -> None:
    """No drawing was made for another width, and is now shown larger or smaller."""
    for drawn_for, shown in figure.locator(".lossviz-drawing svg").evaluate_all(
        "all => all.map(svg => [svg.viewBox.baseVal.width, svg.getBoundingClientRect().width])"
    ):
        assert abs(drawn_for - shown) < 1


def state_of(figure: Locator, *names: str) -> dict[str, Any]:
    """Traits of a figure, as the page holds them and Python would get them back."""
    drawn(figure)
    return figure.evaluate(
        """(figure, names) => {
          const name = figure.dataset.name;
          const model = [...anywidgetHost.models.values()].find(model => model.get("name") === name);
          return Object.fromEntries(names.map(each => [each, model.get(each)]));
        }""",
        names,
    )


def trait_of(figure: Locator, name: str) -> Any:
    """Return one trait of a figure, as the page holds it and Python would get it back."""
    return state_of(figure, name)[name]


def set_state(figure: Locator, **values: Any) -> None:
    """Set traits of a figure, as Python would."""
    figure.evaluate(
        """(figure, values) => {
          const name = figure.dataset.name;
          const model = [...anywidgetHost.models.values()].find(model => model.get("name") === name);
          for (const [name, value] of Object.entries(values)) model.set(name, value);
        }""",
        values,
    )


def box_of(thing: Locator) -> tuple[float, float, float, float]:
    """Left, top, width and height of something, in pixels of the window."""
    box = thing.bounding_box()
    assert box
    return box["x"], box["y"], box["width"], box["height"]


def middle(thing: Locator, across: float = 0.5, down: float = 0.5) -> tuple[float, float]:
    """Return the middle of something, or another place in it."""
    x, y, width, height = box_of(thing)
    return x + across * width, y + down * height


def grip(handle: Locator) -> Locator:
    """Return the part of a handle that takes a pointer, which is large enough for a finger."""
    target = handle.locator(".lossviz-target")
    assert min(box_of(target)[2:]) >= 32
    return target


def press(figure: Locator, button: str) -> None:
    """Press a button; return once the figure is drawn anew."""
    figure.get_by_role("button", name=button, exact=True).click()
    drawn(figure)


def drag(thing: Locator, x: float, y: float) -> None:
    """Drag something by so many pixels with the mouse."""
    thing.scroll_into_view_if_needed()
    start = middle(thing)
    mouse = thing.page.mouse
    mouse.move(*start)
    mouse.down()
    mouse.move(start[0] + x / 2, start[1] + y / 2)
    mouse.move(start[0] + x, start[1] + y)
    mouse.up()
    drawn(thing)


def centre(thing: Locator) -> None:
    """Bring something to the middle of the window, with room to scroll on both sides."""
    thing.page.evaluate("document.body.style.paddingBottom = '100vh'")
    thing.evaluate("thing => thing.scrollIntoView({ block: 'center', behavior: 'instant' })")
    drawn(thing)


def touch(page: Page, start: tuple[float, float], by: tuple[float, float], steps: int = 10) -> bool:
    """Draw a finger over the page, a step every other frame; tell whether the browser took it, to scroll.

    The browser decides in the middle who has the finger: what it scrolls, it takes from the figure.
    """
    page.evaluate(
        """() => {
          window.taken = false;
          addEventListener("pointercancel", () => { window.taken = true; }, { capture: true, once: true });
        }"""
    )
    session = page.context.new_cdp_session(page)
    for step in range(steps + 1):
        point = {"x": start[0] + by[0] * step / steps, "y": start[1] + by[1] * step / steps}
        kind = "touchMove" if step else "touchStart"
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
        drawn(page)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    session.detach()
    at_rest(page)
    return bool(page.evaluate("window.taken"))


def at_rest(page: Page) -> None:
    """Wait until the page has not scrolled for ten frames."""
    page.evaluate(
        """async () => {
          for (let still = 0, last = scrollY; still < 10; still = scrollY === last ? still + 1 : 0) {
            last = scrollY;
            await new Promise(requestAnimationFrame);
          }
        }"""
    )


def violations(page: Page, place: str = ".lossviz") -> list[tuple[str, list[str]]]:
    """What axe finds wrong with some places of a page: the rule, and the elements that break it."""
    page.add_script_tag(path=AXE)
    found = page.evaluate("place => axe.run({ include: [place] })", place)
    assert found["passes"]
    return [(each["id"], [node["html"] for node in each["nodes"]]) for each in found["violations"]]
