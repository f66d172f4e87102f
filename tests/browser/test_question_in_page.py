"""Question in the page: each choice says what Python says of it."""

import pytest
from playwright.sync_api import Browser, Page, expect


@pytest.fixture
def page(browser: Browser, address: str) -> Page:
    page = browser.new_page()
    page.goto(f"{address}/chapters/02-mse.html")
    return page


def test_each_choice_has_its_feedback(page: Page) -> None:
    question = page.locator('.lossviz[data-name="best-constant"]')
    spoken = question.locator(".lossviz-spoken")
    expect(spoken).to_have_text("Choose an answer to see what it says.")
    expected = {
        "2, because": "You chose A. Not quite. 2 is the median, the middle answer.",
        "21.6, the mean": "You chose B. Right. One answer far away is worth moving four good guesses for.",
        "50.5, half-way": "You chose C. Not quite. That would be best if only the largest mistake counted.",
    }
    for choice, feedback in expected.items():
        question.get_by_text(choice).click()
        expect(spoken).to_contain_text(feedback)
    page.close()


def test_right_and_wrong_are_told_by_more_than_colour(page: Page) -> None:
    question = page.locator('.lossviz[data-name="which-way"]')
    verdicts = question.locator(".lossviz-verdict")
    question.get_by_role("radio").nth(0).check()
    assert verdicts.all_inner_texts() == ["✗", "", ""]
    question.get_by_role("radio").nth(1).check()
    assert verdicts.all_inner_texts() == ["", "✓", ""]
    page.close()


def test_keys_choose(page: Page) -> None:
    question = page.locator('.lossviz[data-name="cost-of-ten"]')
    question.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    expect(question.locator(".lossviz-spoken")).to_contain_text("You chose A. Not quite.")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(question.locator(".lossviz-spoken")).to_contain_text("You chose C. Right.")
    other = page.locator('.lossviz[data-name="which-way"]')
    expect(other.locator(".lossviz-spoken")).to_have_text("Choose an answer to see what it says.")
    page.close()


@pytest.mark.parametrize("width", [1280, 360])
def test_an_answer_moves_nothing_on_the_page(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    question = page.locator('.lossviz[data-name="best-constant"]')
    height = question.evaluate("question => question.offsetHeight")
    for radio in question.get_by_role("radio").all():
        radio.check()
        assert question.evaluate("question => question.offsetHeight") == height
    page.close()
