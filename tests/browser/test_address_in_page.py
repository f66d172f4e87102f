"""A figure opens as the page's address says, and gives the address of how it is."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.figures import drawn, figure_of, open_chapter, open_figure, state_of, trait_of


def test_the_address_opens_the_figure_it_names_and_brings_it_into_view(tab: Page, address: str) -> None:
    tab.goto("about:blank")
    page = open_chapter(tab, address, "02-mse", "#squares.weight=0.9&squares.errors=bars&mse-curve.value=9e9")
    squares = figure_of(page, "squares")
    expect(squares).to_be_in_viewport()
    assert state_of(squares, "weight", "errors") == {"weight": 0.9, "errors": "bars"}
    expect(squares.locator(".lossviz-spoken")).to_contain_text("Weight 0.9,")
    assert trait_of(figure_of(page, "mse-curve"), "value") == 60  # brought to the end of its axis


@pytest.mark.parametrize(
    "nonsense",
    ["#squares.weight=<img src=x onerror=alert(1)>", "#squares.weight=NaN", "#squares._points=1", "#%"],
)
def test_an_address_that_makes_no_sense_changes_nothing(tab: Page, served: str, nonsense: str) -> None:
    figure = open_figure(tab, served, "02-mse", "squares")
    before = state_of(figure, "weight", "bias", "errors")
    tab.evaluate("hash => { location.hash = hash; }", nonsense)
    drawn(figure)
    assert state_of(figure, "weight", "bias", "errors") == before
    expect(figure.locator("img")).to_have_count(0)


def test_a_link_on_the_page_itself_moves_the_figure(tab: Page, served: str) -> None:
    figure = open_figure(tab, served, "05-landscapes", "mountains")
    tab.evaluate("() => { location.hash = '#mountains.starts=1,1,-1,-1&mountains.steps=20'; }")
    tab.wait_for_function("() => location.hash.includes('steps=20')")
    drawn(figure)
    assert state_of(figure, "starts", "steps") == {"starts": [[1, 1], [-1, -1]], "steps": 20}


def test_the_link_gives_what_was_changed_and_opens_it_again(tab: Page, address: str) -> None:
    figure = open_figure(tab, address, "02-mse", "mse-curve")
    figure.get_by_role("slider").first.press("Home")
    figure.get_by_role("button", name="Copy link to this state").click()
    expect(
        figure.get_by_text("Copied.").or_(figure.get_by_text("The link is in the address bar."))
    ).to_be_visible()
    assert tab.url.endswith("#mse-curve.value=-60")
    tab.reload()
    tab.evaluate("anywidgetHost.ready")
    assert trait_of(figure_of(tab, "mse-curve"), "value") == -60


def test_a_question_has_no_link(tab: Page, served: str) -> None:
    question = open_figure(tab, served, "02-mse", "which-way")
    expect(question.get_by_role("button", name="Copy link to this state")).to_have_count(0)
