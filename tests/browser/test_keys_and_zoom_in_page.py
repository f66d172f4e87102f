"""Every figure by keys alone, in an order that makes sense, with a focus one sees; heard, and larger."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.every_figure import every_figure
from tests.browser.figures import PAGES, drawn, middle, open_chapter

pytestmark = pytest.mark.chromium_only  # each engine does this the same way

# What has the focus: where it stands, and whether one sees that.
FOCUSED = """() => {
  const each = document.activeElement;
  const figure = each.closest(".lossviz");
  if (!figure) return null;
  const style = getComputedStyle(each);
  const halo = each.querySelector(".lossviz-halo");
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const ring = halo && getComputedStyle(halo);
  const haloed = ring && ring.stroke !== "none" && parseFloat(ring.strokeWidth) >= 2;
  const box = each.getBoundingClientRect();
  return {
    told: (TELL)(each),
    figure: figure.dataset.name,
    part: each.ownerSVGElement || each.tagName === "CANVAS" ? "drawing" : "control",
    what: `${each.tagName} ${each.getAttribute("class") ?? ""} ${each.textContent.slice(0, 20)}`,
    seen: Boolean(outlined || haloed),
    top: box.top + scrollY, bottom: box.bottom + scrollY, left: box.left,
  };
}"""
MODES: list[dict[str, Any]] = [
    {"theme": "light"},
    {"theme": "dark"},
    {"theme": "light", "forced_colors": "active"},
]


def stops(tab: Page, tell: str = "() => null") -> list[dict[str, Any]]:
    """Where Tab leads, from the first figure to the last, and what a function tells of each element."""
    tab.evaluate("document.activeElement.blur()")
    found = []
    for _ in range(200):
        tab.keyboard.press("Tab")
        stop = tab.evaluate(FOCUSED.replace("TELL", tell))
        if stop is None:
            break
        found.append(stop)
    return found


@pytest.mark.parametrize("mode", MODES, ids=str)
def test_tab_goes_through_every_figure_as_the_eye_does(
    tab: Page, page_of: Callable[..., str], mode: dict[str, Any]
) -> None:
    tab.emulate_media(forced_colors=mode.get("forced_colors", "none"))
    figures = every_figure()
    tab.goto(page_of(*figures))
    tab.evaluate("anywidgetHost.ready")
    tab.evaluate("theme => { document.documentElement.dataset.theme = theme; }", mode["theme"])
    drawn(tab, 3)
    found = stops(tab)
    # A result only tells; all others are reached, one after the other, and left again.
    names = list(dict.fromkeys(stop["figure"] for stop in found))
    assert names == [figure.name for figure in figures if figure.name != "result"]
    assert [stop["what"] for stop in found if not stop["seen"]] == []
    for before, after in pairwise(found):
        if before["part"] == after["part"] == "control" and before["figure"] == after["figure"]:
            below = after["top"] >= before["bottom"] - 4
            beside = after["bottom"] > before["top"] and after["left"] > before["left"]
            assert below or beside, (before, after)


# Texts that are cut off: wider than the page, or than the box that hides the rest.
CUT = """() => {
  const wide = document.documentElement.clientWidth;
  const whole = document.documentElement.scrollWidth;
  const found = whole > wide + 1 ? [`the page: ${whole}`] : [];
  for (const each of document.querySelectorAll(".lossviz *")) {
    const own = [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    const style = getComputedStyle(each);
    if (!own || style.visibility === "hidden" || each.closest(".lossviz-live, option, select")) continue;
    const box = each.getBoundingClientRect();
    const name = each.closest(".lossviz").dataset.name;
    if (box.width && (box.left < -1 || box.right > wide + 1))
      found.push(`${name}: ${each.textContent.slice(0, 40)} ${box.left} ${box.right}`);
  }
  return found;
}"""


@pytest.mark.parametrize(("width", "letters"), [(320, "100%"), (640, "100%"), (1280, "200%")])
def test_nothing_is_cut_off_at_twice_the_size(
    tab: Page, page_of: Callable[..., str], width: int, letters: str
) -> None:
    """A window of 1280 (or 640) pixels zoomed to 200 % is one of 640 (or 320); or the letters alone grow."""
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(page_of(*every_figure()))
    tab.evaluate("anywidgetHost.ready")
    tab.evaluate("size => { document.documentElement.style.fontSize = size; }", letters)
    drawn(tab, 4)
    assert tab.evaluate(CUT) == []


# Which of a page's own words go beyond the edge. (Printed columns do: they are moved from side to side.)
CUT_WORDS = """() => {
  const wide = document.documentElement.clientWidth;
  const over = each => each.getBoundingClientRect().right > wide;
  const wider = each => each.scrollWidth > each.clientWidth + 1;
  const all = (selector, cut) => [...document.querySelectorAll(selector)].filter(cut)
    .map(each => `${each.tagName} ${each.textContent.trim().slice(0, 60)}`);
  return [
    ...all("article :is(p, li, h1, h2, h3, td):not(.lossviz *), .prev-next-area *", over),
    ...all("div.math mjx-container, div.cell_input pre", wider),
  ];
}"""


@pytest.mark.everywhere
@pytest.mark.parametrize("page", PAGES)
def test_a_phone_cuts_off_no_words(phone: Page, served: str, page: str) -> None:
    open_chapter(phone, served, page)
    assert phone.evaluate(CUT_WORDS) == []


def test_what_has_the_focus_asks_jupyter_for_the_arrow_keys(tab: Page, page_of: Callable[..., str]) -> None:
    tab.goto(page_of(*every_figure()))
    tab.evaluate("anywidgetHost.ready")
    seen = set()
    for stop in stops(tab, "each => each.dataset.lmSuppressShortcuts"):
        assert stop["told"] == "true", stop
        seen.add(stop["figure"])
    assert len(seen) == len(every_figure()) - 1  # a result has nothing to press


# When each figure's sentence changes, and when it is spoken.
LISTEN = """() => {
  globalThis.times = { shown: {}, spoken: {} };
  for (const figure of document.querySelectorAll(".lossviz")) {
    for (const [what, kind] of [["shown", "spoken"], ["spoken", "live"]]) {
      const list = times[what][figure.dataset.name] = [];
      const told = figure.querySelector(`.lossviz-${kind}`);
      new MutationObserver(() => list.push(performance.now())).observe(told, { childList: true });
    }
  }
}"""
PAUSE = 150  # ms of rest before it is spoken, at least: 250 from its change, which is seen when all is drawn


def test_a_figure_speaks_when_it_rests(tab: Page, page_of: Callable[..., str]) -> None:
    tab.goto(page_of(*every_figure()))
    tab.evaluate("anywidgetHost.ready")
    tab.evaluate(LISTEN)
    spoken = "name => times.spoken[name].some(time => time > times.shown[name].at(-1))"
    slider = tab.locator('[data-name="classes"] input[type=range]').first
    slider.focus()
    for _ in range(30):
        slider.press("ArrowLeft")
        drawn(tab, 1)
    tab.wait_for_function(spoken, arg="classes")
    dragged = {"curve": ".lossviz-ring", "line": ".lossviz-handle .lossviz-ring", "terrain": ".lossviz-start"}
    for name, handle in dragged.items():
        held = tab.locator(f'[data-name="{name}"] {handle}').first
        held.scroll_into_view_if_needed()
        x, y = middle(held)
        tab.mouse.move(x, y)
        tab.mouse.down()
        for step in range(40):
            tab.mouse.move(x + 3 * step, y - step)
            drawn(tab, 1)
        tab.wait_for_function(spoken, arg=name)  # while it is held
        tab.mouse.up()
    for name in ("terrain", "race"):
        figure = tab.locator(f'[data-name="{name}"]')
        before = tab.evaluate("name => times.shown[name].length", name)
        figure.get_by_role("button", name="Roll").click()
        tab.wait_for_function(
            "([name, before]) => times.shown[name].length > before + 10", arg=[name, before]
        )
        figure.get_by_role("button", name="Pause").click()
        tab.wait_for_function(spoken, arg=name)
    times = tab.evaluate("times")
    for name in (*dragged, "classes", "race"):
        shown, told = times["shown"][name], times["spoken"][name]
        assert len(shown) > 10, name
        assert 1 <= len(told) < len(shown), name
        for moment in told:
            assert not [each for each in shown if moment - PAUSE < each < moment], name
