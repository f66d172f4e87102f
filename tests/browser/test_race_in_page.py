"""Race in a page, as its reader uses it: every number it shows is NumPy's."""

import re

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from lossviz import Race, brier, hinge, mse
from lossviz.landscape import Landscape
from lossviz.losses import binary_cross_entropy
from lossviz.text import short, three_digits
from tests.browser import figures
from tests.browser.figures import (
    PageOf,
    box_of,
    drawn,
    grip,
    middle,
    open_alone,
    press,
    resize,
    state_of,
    touch,
    trait_of,
    violations,
)  # fmt: skip
from tests.browser.rolling import leaps, wait_for_steps, watch_steps

KEYS = ("start", "steps", "optimiser", "rate", "momentum", "variant", "speed")
CROSS_ENTROPY = binary_cross_entropy.from_logits


def three_losses() -> Race:
    return Race.of_lines(
        [-2.2, -1.5, -0.8, -0.3, 0.4, 0.9, 1.4, 2.3], [-1, -1, -1, 1, -1, 1, 1, 1],
        {"MSE": mse, "cross-entropy": CROSS_ENTROPY, "hinge": hinge},
        name="losses", weight=(-3, 4), bias=(-3, 3), start=(-2, 2), rate=0.2,
    )  # fmt: skip


def valley() -> Race:
    def make(condition: float) -> Landscape:
        return Landscape.of(lambda x, y: (x**2 / condition + y**2) / 2, x=(-4, 4), y=(-2, 2), size=41)

    valleys = {condition: make(condition) for condition in (1, 10, 100)}
    return Race(
        {"plain": valleys, "momentum": valleys}, name="valley", optimiser=("gradient descent", "momentum"),
        variant=10, variants_label="condition number", start=(-3.4, 1.5), rate=0.3, momentum=0.8,
    )  # fmt: skip


def wrong_start() -> Race:
    return Race.of_lines(
        [1.5, -1.1, 0.8, -2.1, 2.4, -0.6], [1, -1, 1, -1, 1, -1],
        {"squared error": brier.from_logits, "cross-entropy": CROSS_ENTROPY},
        name="wrong", weight=(-7, 7), bias=(-5, 5), start=(-5, 1), rate=1, goal=0.1,
    )  # fmt: skip


MADE = {"losses": three_losses, "valley": valley, "wrong": wrong_start}


def open_figure(tab: Page, page_of: PageOf, name: str) -> Locator:
    return open_alone(tab, page_of, MADE[name]())


def expect_twin(figure: Locator) -> Race:
    """Expect that every number the page shows is Python's."""
    twin = MADE[figure.get_attribute("data-name") or ""]()
    twin.set_state(state_of(figure, *KEYS))
    for words in (".lossviz-spoken", ".lossviz-live"):  # for the eye, and for the ear
        expect(figure.locator(words)).to_have_text(twin.describe())
    told = figure.locator(".lossviz-reading output").all_text_contents()
    numbers = [(three_digits(path.losses[-1]), three_digits(path.gradient_norms[-1])) for path in twin.paths]
    assert told == [text for pair in numbers for text in pair]
    assert figure.locator(".lossviz-race-steps").text_content() == f"step {twin.steps}"
    assert "NaN" not in figure.inner_html()
    return twin


def lane(figure: Locator, place: int) -> Locator:
    return figure.locator(".lossviz-lane").nth(place)


def ring(figure: Locator, place: int) -> Locator:
    return lane(figure, place).locator(".lossviz-handle")


def test_a_step_is_one_in_every_lane_and_back_leads_to_the_start(tab: Page, page_of: PageOf) -> None:
    figure = open_figure(tab, page_of, "losses")
    assert expect_twin(figure).steps == 0
    for _ in range(3):
        press(figure, "Step")
    twin = expect_twin(figure)
    assert [path.steps for path in twin.paths] == [3, 3, 3]
    press(figure, "Back to start")
    assert expect_twin(figure).steps == 0


def test_the_clock_runs_for_all_and_can_be_paused(tab: Page, page_of: PageOf) -> None:
    figure = open_figure(tab, page_of, "losses")
    watch_steps(figure)
    press(figure, "Roll")
    wait_for_steps(figure, 3)
    press(figure, "Pause")
    paused = expect_twin(figure).steps
    drawn(figure, 30)
    assert trait_of(figure, "steps") == paused
    assert set(leaps(figure)) == {1}  # ten a second: no frame takes two
    figure.get_by_label("speed").press("End")
    press(figure, "Roll")
    # It runs on, though the first lane comes to rest after 36.
    tab.wait_for_function("leaps.reduce((a, b) => a + b) > 60")
    assert max(leaps(figure)) > 1


def test_who_moves_the_start_in_one_lane_moves_it_in_all(tab: Page, page_of: PageOf) -> None:
    figure = open_figure(tab, page_of, "losses")
    for _ in range(2):
        press(figure, "Step")
    for place, key in enumerate(["ArrowRight", "ArrowDown", "PageDown"]):
        before = trait_of(figure, "start")
        ring(figure, place).press(key)
        twin = expect_twin(figure)
        assert list(twin.start) != before
        assert twin.steps == 2  # the roll is as long as it was, from another start
        said = {ring(figure, i).get_attribute("aria-valuetext") for i in range(3)}
        assert len({text.split(", loss")[0] for text in said if text}) == 1
    before = trait_of(figure, "start")
    ring(figure, 0).evaluate(  # all before the next is drawn
        """ring => ["ArrowLeft", "ArrowUp", "ArrowLeft"].forEach(key =>
             ring.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })))"""
    )
    after = expect_twin(figure).start
    steps = {key: abs(b - a) for key, a, b in zip("xy", before, after, strict=True)}
    assert steps["x"] == pytest.approx(2 * steps["y"])
    before = trait_of(figure, "start")
    figures.drag(grip(ring(figure, 1)), 40, 15)
    after = expect_twin(figure).start
    assert after[0] > before[0] + 0.5
    assert after[1] < before[1]
    # A press on another map takes the start there.
    tab.mouse.click(*middle(lane(figure, 2).locator(".lossviz-map"), 0.8))
    assert expect_twin(figure).start[0] > after[0]


def test_a_setting_changes_the_whole_roll(tab: Page, page_of: PageOf) -> None:
    figure = open_figure(tab, page_of, "losses")
    for _ in range(8):
        press(figure, "Step")
    momentum = figure.get_by_role("slider", name="momentum")
    expect(momentum).to_be_hidden()
    for optimiser in ("momentum", "rmsprop", "adam", "gradient descent"):
        figure.get_by_role("combobox").select_option(optimiser)
        twin = expect_twin(figure)
        assert (twin.optimiser, twin.steps) == (optimiser, 8)
        if optimiser == "momentum":
            momentum.press("ArrowLeft")
            assert expect_twin(figure).momentum == 0.89
    figure.get_by_label("learning rate").press("ArrowLeft")
    assert expect_twin(figure).rate < 0.2


def test_silent_examples_are_hollow_and_have_no_bar(tab: Page, page_of: PageOf) -> None:
    figure = open_figure(tab, page_of, "losses")
    for _ in range(24):
        press(figure, "Step")
    pulls = expect_twin(figure).pulls
    assert pulls is not None
    assert 0 < np.count_nonzero(pulls[2]) < 8
    for place, row in enumerate(pulls):
        pictured = lane(figure, place).locator(".lossviz-race-pulls")
        assert pictured.locator(".lossviz-silent").count() == np.count_nonzero(row == 0)
        bars = pictured.locator(".lossviz-pull-bars").get_attribute("d") or ""
        heights = [-float(up) for up in re.findall(r"v(\S+?)h", bars)]
        top = float(pictured.locator("text").first.text_content() or "")
        np.testing.assert_allclose(np.array(heights) / 56 * top, row, atol=1e-5)
        spoken = ", ".join(f"example {i} {short(pull)}" for i, pull in enumerate(row, start=1))
        expect(pictured).to_have_attribute("aria-label", spoken)
        said = lane(figure, place).locator(".lossviz-lane-note").last
        expect(said).to_have_text(f"pull on the logit: {np.count_nonzero(row)} of 8 pull")


def test_a_variant_exchanges_the_landscapes(tab: Page, page_of: PageOf) -> None:
    figure = open_figure(tab, page_of, "valley")
    for _ in range(30):
        press(figure, "Step")
    round_one = lane(figure, 0).locator(".lossviz-contour").nth(3).get_attribute("d")
    before = expect_twin(figure)
    slider = figure.get_by_label("condition number")
    slider.press("ArrowRight")
    after = expect_twin(figure)
    assert (before.variant, after.variant, after.steps) == (10, 100, 30)
    expect(slider).to_have_attribute("aria-valuetext", "100")
    for place in (0, 1):
        assert lane(figure, place).locator(".lossviz-contour").nth(3).get_attribute("d") != round_one
    assert after.paths[1].losses[-1] < after.paths[0].losses[-1]
    expect(figure.get_by_role("combobox")).to_have_count(0)  # each has its own optimiser
    expect(figure.get_by_role("slider", name="momentum")).to_be_visible()


def test_each_lane_tells_when_it_is_below_the_goal(still: Page, page_of: PageOf) -> None:
    figure = open_figure(still, page_of, "wrong")
    note = lane(figure, 1).locator(".lossviz-lane-note").first
    expect(note).to_have_text("not yet below 0.1")
    press(figure, "Roll")  # at once, as nothing may move
    twin = expect_twin(figure)
    assert twin.steps == 200
    slow, fast = twin.steps_to(0.1).values()
    assert slow is not None
    assert fast is not None
    assert slow > 4 * fast
    expect(note).to_contain_text(f"below 0.1 after {fast} steps")
    expect(lane(figure, 0).locator(".lossviz-lane-note").first).to_contain_text(
        f"below 0.1 after {slow} steps"
    )


def test_lanes_stand_side_by_side_or_one_below_the_other(tab: Page, page_of: PageOf) -> None:
    figure = open_figure(tab, page_of, "losses")
    for width, columns in ((360, 1), (600, 1), (760, 3), (1280, 3)):
        resize(figure, width, 1000)
        assert figure.evaluate("figure => figure.scrollWidth <= figure.clientWidth + 1")
        tops = {round(box_of(lane(figure, place))[1]) for place in range(3)}
        assert len(tops) == 3 // columns
    expect_twin(figure)


@pytest.mark.chromium_only
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_no_violation(tab: Page, page_of: PageOf, width: int) -> None:
    figure = open_figure(tab, page_of, "wrong")
    resize(figure, width, 800)
    press(figure, "Step")
    assert violations(tab) == []


def test_on_a_phone_a_finger_moves_the_start_and_the_clock_stays_in_sight(
    phone: Page, page_of: PageOf
) -> None:
    figure = open_figure(phone, page_of, "losses")
    resize(figure, 360, 640)
    for place in range(3):
        lane(figure, place).evaluate("lane => lane.scrollIntoView({ behavior: 'instant' })")
        expect(figure.get_by_role("button", name="Roll")).to_be_in_viewport(ratio=1)
    lane(figure, 1).evaluate("lane => lane.scrollIntoView({ behavior: 'instant' })")
    drawn(figure)
    before, scrolled = trait_of(figure, "start"), phone.evaluate("scrollY")
    assert not touch(phone, middle(grip(ring(figure, 1))), (40, 30))
    assert phone.evaluate("scrollY") == scrolled
    assert trait_of(figure, "start") != before
    figure.get_by_role("button", name="Step").tap()
    assert expect_twin(figure).steps == 1
