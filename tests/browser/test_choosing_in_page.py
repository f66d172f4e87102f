"""Chapter 7 in the page: Chooser says what Python says, and the poster can be read on a phone."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from lossviz.choosing import TABLE, advise
from tests.browser.figures import drawn

ORDER = ["output", "outliers", "probabilities"]


@pytest.fixture
def page(browser: Browser, address: str) -> Page:
    page = browser.new_page()
    page.goto(f"{address}/chapters/07-choosing.html")
    return page


def chooser(page: Page) -> Locator:
    return page.locator('.lossviz[data-name="which-loss"]')


def answer(figure: Locator, question: int, choice: int) -> None:
    figure.locator("fieldset").nth(question).get_by_role("radio").nth(choice).check()


def test_every_set_of_answers_says_what_python_says(page: Page) -> None:
    figure = chooser(page)
    for advice in TABLE:
        choices = [advice.output == "class", advice.outliers, advice.probabilities]
        for question, choice in enumerate(choices):
            answer(figure, question, int(choice))
        expect(figure.locator(".lossviz-spoken")).to_have_text(advice.sentence())
        assert figure.locator(".lossviz-found").all_inner_texts() == [advice.loss.label]
    page.close()


def test_each_answer_strikes_out_what_it_rules_out(page: Page) -> None:
    figure = chooser(page)
    struck, spoken = figure.locator(".lossviz-out"), figure.locator(".lossviz-spoken")
    assert struck.count() == 0
    answer(figure, 0, 1)
    assert struck.all_inner_texts() == ["squared error", "absolute error"]
    expect(spoken).to_have_text("Still possible: hinge loss, cross-entropy.")
    answer(figure, 2, 0)
    assert struck.all_inner_texts() == ["squared error", "absolute error", "cross-entropy"]
    expect(spoken).to_have_text("It will be the hinge loss. Answer the rest to see why.")
    page.close()


def test_it_can_be_filled_by_keys_and_started_again(page: Page) -> None:
    figure = chooser(page)
    figure.get_by_role("radio").first.focus()
    for _ in ORDER:
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
    expect(figure.locator(".lossviz-spoken")).to_have_text(advise("number", False, False).sentence())
    page.keyboard.press("Enter")  # the focus is on "Start again"
    expect(figure.locator(".lossviz-spoken")).to_contain_text("Answer the three questions.")
    assert figure.locator("input:checked").count() == 0
    page.close()


@pytest.mark.parametrize("width", [1280, 360])
def test_an_answer_moves_nothing_on_the_page(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    figure = chooser(page)
    height = figure.evaluate("figure => figure.offsetHeight")
    for radio in figure.get_by_role("radio").all():
        radio.check()
        drawn(figure)
        assert figure.evaluate("figure => figure.offsetHeight") == height
    page.close()


@pytest.mark.chromium_only
def test_the_poster_is_read_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    box = page.locator(".tag_poster img").bounding_box()
    assert box
    assert box["width"] > 640  # it is moved from side to side, and the page is not
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.close()
