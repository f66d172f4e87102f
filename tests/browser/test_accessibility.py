"""Every figure on every page is alive, and axe finds nothing wrong with it, on light and on dark."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.figures import open_chapter, open_figures

ROOT = Path(__file__).parents[2]
PAGES = sorted(path.stem for path in (ROOT / "chapters").glob("*.ipynb"))
AXE = ROOT / "js" / "node_modules" / "axe-core" / "axe.min.js"


@pytest.mark.parametrize("page", PAGES)
def test_every_figure_is_alive(tab: Page, address: str, page: str) -> None:
    open_chapter(tab, address, page)
    assert tab.locator(".anywidget-host").count() > 0
    assert tab.locator(".anywidget-host:not(.anywidget-alive)").count() == 0
    assert tab.locator(".anywidget-alive .lossviz").count() == tab.locator(".anywidget-host").count()


@pytest.mark.chromium_only
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_no_violation_in_a_figure(
    tab: Page, served: str, page: str, theme: str, width: int
) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    open_figures(tab, served, page)
    tab.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)
    for question in tab.locator(".lossviz-question").all():
        question.get_by_role("radio").first.check()
    tab.add_script_tag(path=AXE)
    found = tab.evaluate("axe.run({ include: ['.anywidget-host'] })")
    told = [(each["id"], [node["html"] for node in each["nodes"]]) for each in found["violations"]]
    assert told == []
    assert found["passes"]
