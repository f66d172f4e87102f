"""Every figure on every page is alive, and axe finds nothing wrong with any page, on light and on dark."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.figures import PAGES, drawn, finish_animations, open_chapter, open_figures, violations


@pytest.mark.parametrize("page", PAGES)
def test_every_figure_is_alive(tab: Page, address: str, page: str) -> None:
    open_chapter(tab, address, page)
    assert tab.locator(".anywidget-host").count() > 0
    assert tab.locator(".anywidget-host:not(.anywidget-alive)").count() == 0
    assert tab.locator(".anywidget-alive .lossviz").count() == tab.locator(".anywidget-host").count()


def violations_in_both(tab: Page, where: str) -> list[tuple[str, str, list[str]]]:
    """What axe finds wrong, on light and on dark."""
    told = []
    for theme in ("light", "dark"):
        tab.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)
        finish_animations(tab)  # its colours pass over
        drawn(tab)
        told += [(theme, *each) for each in violations(tab, where)]
    return told


def answer_every_question(tab: Page) -> None:
    """What is said of an answer has colours of its own."""
    for question in tab.locator(".lossviz-question").all():
        question.get_by_role("radio").first.check()


@pytest.mark.chromium_only
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_no_violation_on_a_page(tab: Page, served: str, page: str) -> None:
    open_chapter(tab, served, page)
    answer_every_question(tab)
    assert violations_in_both(tab, "html") == []


@pytest.mark.chromium_only
def test_axe_finds_no_violation_in_the_search(tab: Page, served: str) -> None:
    tab.goto(f"{served}/search.html?q=outlier")
    expect(tab.locator("#search-results li a").first).to_be_visible()
    assert violations_in_both(tab, "html") == []


@pytest.mark.chromium_only
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_no_violation_in_a_figure_on_a_phone(phone: Page, served: str, page: str) -> None:
    open_figures(phone, served, page)
    answer_every_question(phone)
    assert violations_in_both(phone, ".anywidget-host") == []


@pytest.mark.everywhere
@pytest.mark.chromium_only
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_no_violation_on_a_page_of_a_phone(phone: Page, served: str, page: str) -> None:
    open_chapter(phone, served, page)
    answer_every_question(phone)
    assert violations_in_both(phone, "html") == []
