"""Figures follow the theme of their host: the book's switch, JupyterLab's, VS Code's, and the system's."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.every_figure import every_figure
from tests.browser.figures import drawn, finish_animations, open_chapter

pytestmark = pytest.mark.chromium_only  # each engine does this the same way

# The colours of what is read on the ground of the page; text on a map or a disc has a ground of its own.
READ = """() => [...document.querySelectorAll(".lossviz *")].flatMap(each => {
  const style = getComputedStyle(each);
  const own = [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim());
  if (!own || style.visibility === "hidden" || !each.getClientRects().length) return [];
  if (each.closest(".lossviz-live, option, .lossviz-contour-labels, .lossviz-critical")) return [];
  if (each.closest(".lossviz-ball, .lossviz-number")) return [];
  return [each.ownerSVGElement ? style.fill : style.color];
})"""
DARK_EDITOR, LIGHT_EDITOR = "#1f1f1f", "#ffffff"  # the grounds of VS Code's own two themes


def contrast(page: Page, one: str, other: str) -> float:
    """Contrast of two colours, as the browser and WCAG 2 understand them."""
    ratio: float = page.evaluate(
        """colours => {
          const context = new OffscreenCanvas(1, 1).getContext("2d");
          const light = colours.map(colour => {
            context.fillStyle = colour;
            context.fillRect(0, 0, 1, 1);
            const parts = [...context.getImageData(0, 0, 1, 1).data].slice(0, 3).map(part => part / 255);
            const [r, g, b] = parts.map(c => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
            return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
          });
          return Math.max(...light) / Math.min(...light);
        }""",
        [one, other],
    )
    return ratio


def assert_readable(page: Page, ground: str) -> None:
    """Every text of every figure stands out from the ground."""
    drawn(page, 3)
    colours = page.evaluate(READ)
    assert len(colours) > 100
    faint = {colour for colour in set(colours) if contrast(page, colour, ground) < 4.5}
    assert not faint


def test_the_switch_of_the_book_reaches_every_figure(tab: Page, served: str) -> None:
    tab.emulate_media(color_scheme="light")
    open_chapter(tab, served, "05-landscapes")
    tab.locator("canvas.lossviz-surface").first.scroll_into_view_if_needed()
    drawn(tab)
    looks = """() => [...document.querySelectorAll(".lossviz")].map(figure => [
      getComputedStyle(figure).color,
      getComputedStyle(figure).getPropertyValue("--lossviz-accent"),
      ...[...figure.querySelectorAll(".lossviz-axis text")].map(text => getComputedStyle(text).fill),
      ...[...figure.querySelectorAll("canvas")].map(canvas => canvas.toDataURL()),
    ].flat())"""
    switch = tab.locator(".theme-switch-button:visible").first
    seen = {}
    for _ in range(3):  # light, dark, as the system
        finish_animations(tab)  # the canvas is painted when the theme has passed over
        drawn(tab, 4)
        seen[tab.evaluate("document.documentElement.dataset.theme")] = tab.evaluate(looks)
        switch.click()
    assert set(seen) == {"light", "dark"}
    for light, dark in zip(seen["light"], seen["dark"], strict=True):
        assert all(one != other for one, other in zip(light, dark, strict=True))


def test_hints_and_checks_stand_on_the_ground_of_a_dark_page(tab: Page, served: str) -> None:
    open_chapter(tab, served, "01-scorekeeper")
    tab.evaluate("document.documentElement.dataset.theme = 'dark'")
    outputs = tab.locator(".output.text_html:has(> :is(details, [role=status]))")
    grounds = outputs.evaluate_all("all => all.map(each => getComputedStyle(each).backgroundColor)")
    assert outputs.locator("> [role=status]").count() >= 5
    assert set(grounds) == {"rgba(0, 0, 0, 0)"}


HOSTS = [
    ("vscode-light", LIGHT_EDITOR),
    ("vscode-dark", DARK_EDITOR),
    ("vscode-high-contrast", "#000000"),
    ("vscode-high-contrast vscode-high-contrast-light", "#ffffff"),
]


def test_figures_follow_vs_code(tab: Page, page_of: Callable[..., str]) -> None:
    tab.goto(page_of(*every_figure()))
    tab.evaluate("anywidgetHost.ready")
    # VS Code keeps the theme as classes of the body, its colours as variables, and lays widgets on white.
    tab.add_style_tag(content=".cell-output-ipywidget-background { background: white !important }")
    tab.evaluate(
        """() => {
          for (const place of document.querySelectorAll(".anywidget-host"))
            place.classList.add("cell-output-ipywidget-background");
        }"""
    )
    for kind, ground in HOSTS:
        tab.evaluate(
            """([kind, ground]) => {
              document.documentElement.style.setProperty("--vscode-editor-background", ground);
              document.body.className = kind;
            }""",
            [kind, ground],
        )
        assert_readable(tab, ground)
        grounds = tab.evaluate(
            """() => [...document.querySelectorAll(".lossviz, .cell-output-ipywidget-background")].map(
              each => getComputedStyle(each).backgroundColor)"""
        )
        assert {contrast(tab, each, ground) for each in grounds if each != "rgba(0, 0, 0, 0)"} == {1}


def test_a_control_of_vs_code_keeps_the_white_it_counts_on(tab: Page, page_of: Callable[..., str]) -> None:
    tab.goto(page_of(*every_figure()[:1]))
    tab.evaluate("anywidgetHost.ready")
    tab.add_style_tag(content=".cell-output-ipywidget-background { background: white !important }")
    tab.evaluate(
        """() => {
          document.body.className = "vscode-dark";
          const slider = Object.assign(document.createElement("div"), { className: "widget-inline-hbox" });
          document.querySelector(".anywidget-host").classList.add("cell-output-ipywidget-background");
          document.querySelector(".anywidget-host").append(slider);
        }"""
    )
    panel = tab.locator(".cell-output-ipywidget-background")
    assert panel.evaluate("panel => getComputedStyle(panel).backgroundColor") == "rgb(255, 255, 255)"
    assert_ground = tab.locator(".lossviz").evaluate("each => getComputedStyle(each).backgroundColor")
    assert assert_ground == "rgb(18, 18, 18)"


@pytest.mark.parametrize(("light", "ground"), [("true", "#ffffff"), ("false", "#111111")])
def test_figures_follow_jupyterlab(tab: Page, page_of: Callable[..., str], light: str, ground: str) -> None:
    tab.goto(page_of(*every_figure()))
    tab.evaluate("anywidgetHost.ready")
    tab.evaluate(
        """([light, ground]) => {
          document.body.dataset.jpThemeLight = light;
          document.body.style.setProperty("--jp-layout-color0", ground);
        }""",
        [light, ground],
    )
    assert_readable(tab, ground)
    ring = tab.locator(".lossviz-curve-now, .lossviz-loss-curve .lossviz-ring").first
    assert contrast(tab, ring.evaluate("ring => getComputedStyle(ring).fill"), ground) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_figures_can_be_read_where_the_system_forces_its_colours(
    tab: Page, page_of: Callable[..., str], scheme: str, theme: str
) -> None:
    tab.emulate_media(forced_colors="active", color_scheme="dark" if scheme == "dark" else "light")
    tab.goto(page_of(*every_figure()))
    tab.evaluate("anywidgetHost.ready")
    tab.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)
    ground = tab.evaluate(
        """() => {
          document.body.style.backgroundColor = "Canvas";
          return getComputedStyle(document.body).backgroundColor;
        }"""
    )
    assert_readable(tab, ground)
