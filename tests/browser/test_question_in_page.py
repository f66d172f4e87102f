"""Question in the page: each choice says what Python says of it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.figures import drawn, figure_of, open_chapter, open_figure, resize

PAGE = "02-mse"


def test_each_choice_has_its_feedback(tab: Page, address: str) -> None:
    question = open_figure(tab, address, PAGE, "best-constant")
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


def test_right_and_wrong_are_told_by_more_than_colour(tab: Page, address: str) -> None:
    question = open_figure(tab, address, PAGE, "which-way")
    verdicts = question.locator(".lossviz-verdict")
    question.get_by_role("radio").nth(0).check()
    expect(verdicts).to_have_text(["✗", "", ""])
    question.get_by_role("radio").nth(1).check()
    expect(verdicts).to_have_text(["", "✓", ""])


def test_keys_choose_and_disturb_no_other_question(tab: Page, address: str) -> None:
    question = figure_of(open_chapter(tab, address, PAGE), "cost-of-ten")
    question.get_by_role("radio").first.focus()
    tab.keyboard.press("Space")
    expect(question.locator(".lossviz-spoken")).to_contain_text("You chose A. Not quite.")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("ArrowDown")
    expect(question.locator(".lossviz-spoken")).to_contain_text("You chose C. Right.")
    other = figure_of(tab, "which-way")
    expect(other.locator(".lossviz-spoken")).to_have_text("Choose an answer to see what it says.")


@pytest.mark.parametrize("width", [1280, 360])
def test_an_answer_moves_nothing_on_the_page(tab: Page, address: str, width: int) -> None:
    question = open_figure(tab, address, PAGE, "best-constant")
    resize(question, width)
    height = question.evaluate("question => question.offsetHeight")
    for radio in question.get_by_role("radio").all():
        radio.check()
        drawn(question)
        assert question.evaluate("question => question.offsetHeight") == height
