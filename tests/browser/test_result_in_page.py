"""Result in the page: it follows the questions of its page, in Python's words."""

from playwright.sync_api import Page, expect

from tests.browser.figures import figure_of, open_figures

PAGE = "08-takeaways"


def test_it_counts_answers_and_says_what_to_read_again(tab: Page, address: str) -> None:
    page = open_figures(tab, address, PAGE)
    result = figure_of(page, "result")
    spoken, score = result.locator(".lossviz-spoken"), result.locator(".lossviz-score")
    expect(spoken).to_have_text("0 of 12 answered.")
    figure_of(page, "test-place").get_by_text("One choice of all the numbers").click()
    expect(spoken).to_have_text("1 of 12 answered, 1 of them right.")
    figure_of(page, "test-slice").get_by_text("The landscape is convex").click()
    expect(spoken).to_have_text("2 of 12 answered, 1 of them right. To read again: chapter 5.")
    figure_of(page, "test-slice").get_by_text("Along these two directions").click()
    expect(spoken).to_have_text("2 of 12 answered, 2 of them right.")
    expect(score).to_have_text("2 of 12")
