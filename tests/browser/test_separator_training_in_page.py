"""Training in Separator, in the page: its steps are NumPy's."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.figures import press, state_of
from tests.browser.separators import expect_twin, handle, open_separator, twin_of


def test_two_hundred_steps_are_numpys(still: Page, address: str) -> None:
    figure = open_separator(still, address)
    for loss in ("hinge", "squared_hinge", "logistic"):
        figure.get_by_role("combobox").select_option(loss)
        press(figure, "Line back to start")
        numpys = twin_of(figure)
        assert numpys.steps == 0
        press(figure, "Train")  # at once, as nothing may move
        trained = expect_twin(figure)
        assert trained.steps == 200
        numpys.train(200)
        assert [*trained.weights, trained.bias] == pytest.approx([*numpys.weights, numpys.bias], abs=1e-6)
        press(figure, "Step")
        assert expect_twin(figure).steps == 201


def test_training_can_be_watched_paused_and_taken_up(browser: Browser, served: str) -> None:
    with browser.new_context() as context:  # of its own: a clock that was stopped once goes on to be ours
        tab = context.new_page()
        tab.clock.install(time=0)
        figure = open_separator(tab, served)
        steps, live = figure.locator(".lossviz-reading output").last, figure.locator(".lossviz-live")
        before = live.inner_text()

        tab.clock.pause_at(60_000)
        figure.get_by_role("button", name="Train").click()
        tab.clock.run_for(600)  # 50 steps a second
        assert 28 <= int(steps.inner_text()) <= 30
        assert live.inner_text() == before  # the ear waits until it rests
        figure.get_by_role("button", name="Pause").click()
        tab.clock.run_for(50)  # the last steps are drawn
        paused = steps.inner_text()
        tab.clock.run_for(300)
        assert steps.inner_text() == paused
        assert live.inner_text() != before
        figure.get_by_role("button", name="Train").click()
        tab.clock.run_for(200)
        assert int(steps.inner_text()) > int(paused)

        tab.clock.resume()
        handle(figure, "move the line").press("ArrowUp")  # a hand on the line ends it
        expect(figure.get_by_role("button", name="Train")).to_be_visible()
        assert expect_twin(figure).steps == 0
        press(figure, "Line back to start")
        state = state_of(figure, "weights", "bias", "_start")
        assert [*state["weights"], state["bias"]] == state["_start"]


def test_without_its_silent_points_the_hinge_walks_the_same_way(still: Page, served: str) -> None:
    figure = open_separator(still, served)
    figure.get_by_role("combobox").select_option("hinge")
    for _ in range(10):
        press(figure, "Train")
    whole = expect_twin(figure)
    press(figure, "Remove the silent points")
    part = expect_twin(figure)
    assert whole.matter <= len(part.x) < len(whole.x) / 4
    assert part.steps == 0
    press(figure, "Train")
    whole.train(200)
    rest = expect_twin(figure)
    assert [*rest.weights, rest.bias] == pytest.approx([*whole.weights, whole.bias], abs=1e-5)
    press(figure, "Original points")
    assert len(expect_twin(figure).x) == len(whole.x)


def test_at_a_line_laid_by_hand_every_silent_point_goes(tab: Page, served: str) -> None:
    figure = open_separator(tab, served)
    whole = expect_twin(figure)
    press(figure, "Remove the silent points")
    part = expect_twin(figure)
    assert len(part.x) == part.matter == whole.matter < len(whole.x)
    button = figure.get_by_role("button", name="Remove the silent points")
    expect(button).to_have_attribute("aria-disabled", "true")
    figure.get_by_role("combobox").select_option("logistic")  # under which nobody is silent
    assert expect_twin(figure).matter == len(part.x)
