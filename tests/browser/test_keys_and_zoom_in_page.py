"""Every figure by keys alone, in an order that makes sense, with a focus one sees; and larger, uncut."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.every_figure import every_figure
from tests.browser.figures import drawn

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


def stops(tab: Page) -> list[dict[str, Any]]:
    """Where Tab leads, from the first figure to the last."""
    tab.evaluate("document.activeElement.blur()")
    found = []
    for _ in range(200):
        tab.keyboard.press("Tab")
        stop = tab.evaluate(FOCUSED)
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


def test_a_roll_and_a_drag_speak_when_they_rest(tab: Page, page_of: Callable[..., str]) -> None:
    tab.goto(page_of(*every_figure()))
    tab.evaluate("anywidgetHost.ready")
    tab.evaluate(
        """() => {
          globalThis.spoken = [];
          for (const live of document.querySelectorAll(".lossviz-live")) {
            const tell = () => spoken.push([live.closest(".lossviz").dataset.name, performance.now()]);
            new MutationObserver(tell).observe(live, { childList: true, characterData: true, subtree: true });
          }
        }"""
    )
    for name in ("terrain", "race"):
        figure = tab.locator(f'[data-name="{name}"]')
        figure.get_by_role("button", name="Roll").click()
        tab.wait_for_timeout(800)
        stop = figure.get_by_role("button", name="Pause")
        if stop.count():
            stop.click()
    slider = tab.locator('[data-name="curve"] input[type=range]')
    slider.focus()
    for _ in range(30):
        slider.press("ArrowRight")
    tab.wait_for_timeout(600)
    times: dict[str, list[float]] = {}
    for name, time in tab.evaluate("spoken"):
        times.setdefault(name, []).append(time)
    assert set(times) >= {"terrain", "race", "curve"}
    for name, each in times.items():
        assert len(each) <= 4, name
        for before, after in pairwise(each):
            assert after - before >= 200, name
