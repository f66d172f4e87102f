"""ClassProbabilities in the page, as its reader uses it: every number it shows is NumPy's."""

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from lossviz import ClassProbabilities
from lossviz.text import probability, short, three_digits
from tests.browser.figures import box_of, drawn, middle, open_figure, resize, set_state, touch, trait_of

BAR = ".lossviz-class-bar"


def open_three_classes(tab: Page, address: str) -> Locator:
    return open_figure(tab, address, "03-cross-entropy", "three-classes")


def twin() -> ClassProbabilities:
    return ClassProbabilities(("cat", "dog", "bird"), (2, 1, 0), name="three-classes", range=(-12, 12))


def logits_of(figure: Locator) -> list[float]:
    """The logits, exactly as the page holds them and Python would get them back."""
    logits: list[float] = trait_of(figure, "logits")
    return logits


def expect_state(figure: Locator, like: ClassProbabilities) -> None:
    """Everything the figure shows, from its Python twin."""
    drawn(figure)  # a shift of all logits changes no word by which one could wait for it
    for words in (".lossviz-spoken", ".lossviz-live"):  # for the eye, and for the ear
        expect(figure.locator(words)).to_have_text(like.describe())
    # The sentence is drawn with all the rest, so that this can be read at once.
    score, bits, rows = figure.evaluate(
        """figure => {
          const text = (where, what) => where.querySelector(what).textContent;
          const rows = [...figure.querySelectorAll(".lossviz-class:not(.lossviz-heads)")].map(row => ({
            label: row.getAttribute("aria-label"),
            outputs: [...row.querySelectorAll("output")].map(each => each.textContent),
            slider: row.querySelector("input").getAttribute("aria-valuetext"),
            ticked: row.querySelector(".lossviz-tick").checkVisibility({ visibilityProperty: true }),
            share: row.querySelector(".lossviz-share").getBoundingClientRect().width
              / row.querySelector(".lossviz-scale").getBoundingClientRect().width,
          }));
          const reading = figure.querySelector(".lossviz-reading");
          return [text(reading, ".lossviz-score"), text(reading, ".lossviz-aside output"), rows];
        }"""
    )
    assert (score, bits) == (three_digits(like.loss), three_digits(like.loss / np.log(2)))
    for row, z, p, pull, name in zip(
        rows, like.logits, like.probabilities, like.pulls, like.classes, strict=True
    ):
        right = name == like.actual
        assert row == {
            "label": f"{name}, the correct class" if right else name,
            "outputs": [short(z), probability(p), probability(pull)],
            "slider": short(z),
            "ticked": right,
            "share": pytest.approx(p, abs=0.01),
        }


def arrows(figure: Locator) -> list[tuple[float, float]]:
    """Tail and tip of each arrow, as shares of the bars' scale."""
    drawn(figure)
    return figure.locator(".lossviz-class:not(.lossviz-heads)").evaluate_all(
        """rows => rows.map(row => {
          const path = row.querySelector(".lossviz-pulls").getAttribute("d");
          const [, tail, tip] = path.match(/M(.+),.+H(.+?)m/);
          const { x, width } = row.querySelector(".lossviz-scale").getBBox();
          return [(tail - x) / width, (tip - x) / width];
        })"""
    )


def test_sliders_and_buttons_move_a_logit(tab: Page, address: str) -> None:
    figure, like = open_three_classes(tab, address), twin()
    expect_state(figure, like)
    dog = figure.get_by_role("slider", name="logit of dog")
    dog.fill("-2.6")
    like.logits = [2, -2.6, 0]
    expect_state(figure, like)
    for key, z in [("ArrowRight", -2.4), ("PageUp", -0.4), ("Home", -12), ("End", 12)]:
        dog.press(key)
        like.logits = [2, z, 0]
        expect_state(figure, like)
    raise_dog = figure.get_by_role("button", name="raise the logit of dog")
    expect(raise_dog).to_be_disabled()
    figure.get_by_role("button", name="lower the logit of dog").click()
    expect(raise_dog).to_be_enabled()
    figure.get_by_role("button", name="raise the logit of cat").click()
    like.logits = [2.2, 11.8, 0]
    expect_state(figure, like)


def test_a_mouse_drags_a_slider(tab: Page, address: str) -> None:
    figure, like = open_three_classes(tab, address), twin()
    slider = figure.get_by_role("slider", name="logit of bird")
    mouse = tab.mouse
    mouse.move(*middle(slider))
    mouse.down()
    mouse.move(*middle(slider, 0.9), steps=4)
    mouse.up()
    like.logits = logits_of(figure)
    assert like.logits[:2] == [2, 1]
    assert like.logits[2] > 6
    expect_state(figure, like)


def test_the_arrow_runs_from_the_probability_to_the_truth(tab: Page, address: str) -> None:
    figure, like = open_three_classes(tab, address), twin()
    expect_state(figure, like)
    for actual in ("bird", "cat"):
        figure.get_by_role("combobox").select_option(actual)
        like.actual = actual
        expect_state(figure, like)
        truth = [float(name == actual) for name in like.classes]
        np.testing.assert_allclose(arrows(figure), np.column_stack([like.probabilities, truth]), atol=0.005)


def test_shifting_all_changes_nothing_and_scaling_changes_confidence(tab: Page, address: str) -> None:
    figure, like = open_three_classes(tab, address), twin()
    loss = figure.locator(".lossviz-score").text_content()
    shift, scale = (figure.get_by_role("group", name=f"{each} all") for each in ("shift", "scale"))
    for _ in range(5):
        shift.get_by_role("button", name="+2").click()
    like.logits = [12, 11, 10]
    expect_state(figure, like)
    assert figure.locator(".lossviz-score").text_content() == loss
    # One more would push the largest over the end: not even the others move.
    expect(shift.get_by_role("button", name="+2")).to_be_disabled()
    expect(scale.get_by_role("button", name="×2")).to_be_disabled()
    shift.get_by_role("button", name="+2").dispatch_event("click")
    scale.get_by_role("button", name="×2").dispatch_event("click")
    assert logits_of(figure) == [12, 11, 10]
    scale.get_by_role("button", name="×½").click()
    like.logits = [6, 5.5, 5]
    expect_state(figure, like)
    shift.get_by_role("button", name="−2").click()
    like.logits = [4, 3.5, 3]
    expect_state(figure, like)
    figure.get_by_role("combobox").select_option("dog")
    figure.get_by_role("button", name="Start again").click()
    expect_state(figure, twin())


def test_python_can_set_everything(tab: Page, address: str) -> None:
    figure, like = open_three_classes(tab, address), twin()
    expect_state(figure, like)
    set_state(figure, range=[-60, 60])
    expect(figure.get_by_role("group", name="shift all").get_by_role("button")).to_have_text(["−10", "+10"])
    set_state(figure, range=[-1000, 1000], logits=[-1000, 1000, 0])
    with like.hold_trait_notifications():
        like.range, like.logits = (-1000, 1000), [-1000, 1000, 0]
    expect_state(figure, like)
    expect(figure.locator(".lossviz-score")).to_have_text("2,000")
    expect(figure.get_by_role("group", name="shift all").get_by_role("button")).to_have_text(["−200", "+200"])
    for word in ("NaN", "Infinity", "undefined"):
        assert word not in figure.inner_html()


def test_a_finger_drags_a_slider_and_finds_every_target(phone: Page, address: str) -> None:
    figure, like = open_three_classes(phone, address), twin()
    slider = figure.get_by_role("slider", name="logit of bird")
    slider.scroll_into_view_if_needed()
    touch(phone, middle(slider), (30, 0), steps=3)
    like.logits = logits_of(figure)
    assert like.logits[2] > 0
    expect_state(figure, like)
    figure.get_by_role("button", name="lower the logit of cat").tap()
    like.logits = [1.8, *like.logits[1:]]
    expect_state(figure, like)
    for control in figure.locator("button, input, select").all():
        assert min(box_of(control)[2:]) >= 32, control


def test_it_is_redrawn_at_every_width_and_waits_while_hidden(tab: Page, address: str) -> None:
    figure, like = open_three_classes(tab, address), twin()
    for width in (360, 700, 1280):
        resize(figure, width)
        assert figure.evaluate("figure => figure.scrollWidth <= figure.clientWidth + 1")
        scale, cell = (box_of(figure.locator(each).last)[2] for each in (".lossviz-scale", BAR))
        assert scale == pytest.approx(cell - 2, abs=1)
        expect_state(figure, like)
    figure.evaluate("figure => { figure.parentElement.style.display = 'none'; }")
    drawn(figure, 4)
    figure.evaluate("figure => { figure.parentElement.style.display = ''; }")
    drawn(figure, 4)
    expect_state(figure, like)
