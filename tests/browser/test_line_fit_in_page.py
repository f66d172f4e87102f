"""LineFit in the page, as its reader uses it: every number it shows is NumPy's."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.figures import box_of, drag, drawn, middle, open_figure, resize, trait_of
from tests.browser.line_fits import SCORE, SQUARE, birds, expect_sentence, line_of, rings


def test_a_ring_tilts_the_line_about_the_other(tab: Page, address: str) -> None:
    figure = open_figure(tab, address, SCORE, "drive")
    twin = birds("drive", 0, 3.5, 0.2, 6)
    expect_sentence(figure, twin)
    before = box_of(rings(figure).nth(0))
    drag(rings(figure).nth(1), 0, -40)
    assert abs(box_of(rings(figure).nth(0))[1] - before[1]) < 0.5
    twin.weight, twin.bias = line_of(figure)
    assert twin.weight > 0
    twin.history = [twin.score]
    expect_sentence(figure, twin)


def test_keys_and_sliders_move_it_and_a_burst_is_one_move(tab: Page, address: str) -> None:
    figure = open_figure(tab, address, SCORE, "drive")
    twin = birds("drive", 0, 3.5, 0.2, 6)
    rings(figure).nth(1).focus()
    for key in ("ArrowUp", "ArrowUp", "PageUp"):
        tab.keyboard.press(key)
    expect(figure.locator(".lossviz-history circle")).to_have_count(
        2
    )  # the start, and the move after its rest
    twin.weight, twin.bias = line_of(figure)
    twin.history = [twin.score]
    figure.get_by_role("slider", name="bias").press("ArrowUp")
    figure.get_by_role("slider", name="weight").focus()  # leaving the slider ends the move
    twin.bias = line_of(figure)[1]
    twin.history = [*twin.history, twin.score]
    expect_sentence(figure, twin)
    assert trait_of(figure, "history") == pytest.approx(twin.history)
    expect(figure.locator(".lossviz-history circle")).to_have_count(3)


def test_the_challenge_is_told(tab: Page, address: str) -> None:
    figure = open_figure(tab, address, SCORE, "drive")
    twin = birds("drive", 0, 3.5, 0.2, 6)
    for move in range(6):
        drag(rings(figure).nth(0), 0, -8 if move % 2 else 8)
    expect(figure.locator(".lossviz-challenge")).to_have_class("lossviz-challenge lossviz-lost")
    figure.get_by_role("button", name="Start again").click()
    expect_sentence(figure, twin)
    for name, value in zip(("weight", "bias"), twin.best, strict=True):
        slider = figure.get_by_role("slider", name=name)
        slider.fill(str(round(value / 0.02) * 0.02))
        slider.blur()
    assert len(trait_of(figure, "history")) == 2
    expect(figure.locator(".lossviz-challenge")).to_have_class("lossviz-challenge lossviz-won")


def test_the_best_line_is_shown_on_request(tab: Page, address: str) -> None:
    figure = open_figure(tab, address, SCORE, "four-points")
    button = figure.get_by_role("button", name="best line")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(figure.locator(".lossviz-spoken")).to_contain_text(" The best line has weight ")
    assert figure.locator("path.lossviz-best").get_attribute("d")
    button.click()
    expect(figure.locator("path.lossviz-best")).to_have_attribute("d", "")
    figure = open_figure(tab, address, SQUARE, "follow")  # which draws the best line of each loss
    expect(figure.get_by_role("button", name="best line")).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 360])
def test_a_challenge_keeps_its_answer_and_its_place(tab: Page, address: str, width: int) -> None:
    figure = open_figure(tab, address, SCORE, "drive")
    resize(figure, width)
    expect(figure.locator(".lossviz-history circle")).to_have_count(1)
    button = figure.get_by_role("button", name="best line")
    height = figure.evaluate("figure => figure.offsetHeight")
    for move in range(6):
        expect(button).to_have_count(0)
        drag(rings(figure).nth(0), 0, -8 if move % 2 else 8)
        assert figure.evaluate("figure => figure.offsetHeight") == height
    expect(figure.locator(".lossviz-standing")).to_have_text("Not below 0.2 in 6 moves. Start again. ✗")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    figure.get_by_role("button", name="Start again").click()
    expect(button).to_have_count(0)
    expect(figure.locator("path.lossviz-best")).to_have_attribute("d", "")
    assert figure.evaluate("figure => figure.offsetHeight") == height


def test_hidden_points_leave_only_the_score(tab: Page, address: str) -> None:
    figure = open_figure(tab, address, SCORE, "blind")
    twin = birds("blind", -0.3, 4.6, 0.2, 6)
    twin.show_points = False
    expect_sentence(figure, twin)
    expect(figure.locator(".lossviz-points")).to_be_hidden()
    assert figure.locator(".lossviz-bars").get_attribute("d") == ""
    drag(rings(figure).nth(1), 0, -30)
    twin.weight, twin.bias = line_of(figure)
    twin.history = [twin.score]
    expect_sentence(figure, twin)


def test_a_slider_does_not_change_its_length(tab: Page, address: str) -> None:
    figure = open_figure(tab, address, SCORE, "drive")
    slider = figure.get_by_role("slider", name="weight")
    before = box_of(slider)
    for value in ("0.02", "0.4", "-0.38"):
        slider.fill(value)
        slider.blur()
        drawn(figure)
        assert box_of(slider) == before
    drag(rings(figure).nth(1), 0, -37)
    assert len(figure.locator(".lossviz-slider output").first.inner_text()) > 5
    assert box_of(slider) == before


def test_a_ring_stays_on_a_line_that_leaves_the_picture(tab: Page, address: str) -> None:
    figure = open_figure(tab, address, SCORE, "drive")
    for name, value in (("weight", "0.8"), ("bias", "4.5")):
        figure.get_by_role("slider", name=name).fill(value)
    before = line_of(figure)
    left, top, width, height = box_of(figure.locator("svg").first.locator(".lossviz-now"))
    x, y = middle(rings(figure).nth(1).locator(".lossviz-ring"))
    assert top + (1 - (x - left) / width) * height == pytest.approx(y, abs=1)
    drag(rings(figure).nth(1), 0, 3)
    weight, _ = line_of(figure)
    assert 0 < before[0] - weight < 0.05
