"""Separator in the page, as its reader uses it: every number it shows is NumPy's."""

import numpy as np
import pytest
from playwright.sync_api import Page

from tests.browser.figures import assert_drawn_to_scale, centre, press, resize, state_of, touch, trait_of
from tests.browser.separators import drag, expect_twin, handle, middle, open_separator


def test_moving_turning_and_widening_change_what_they_say(tab: Page, address: str) -> None:
    figure = open_separator(tab, address)
    first = expect_twin(figure)

    drag(handle(figure, "move the line"), 30, 8)
    moved = expect_twin(figure)
    assert moved.weights == first.weights
    assert moved.bias != first.bias

    pivot = middle(handle(figure, "move the line"))
    drag(handle(figure, "turn the line"), 40, 10)
    turned = expect_twin(figure)
    assert np.hypot(*turned.weights) == pytest.approx(np.hypot(*moved.weights))
    assert turned.weights != moved.weights
    assert middle(handle(figure, "move the line")) == pytest.approx(pivot, abs=1)

    drag(handle(figure, "width of the band"), 20, 0)
    wider = expect_twin(figure)
    length = np.hypot(*wider.weights) / np.hypot(*turned.weights)
    assert length != pytest.approx(1, abs=0.05)
    np.testing.assert_allclose(
        [*wider.weights, wider.bias], length * np.array([*turned.weights, turned.bias]), atol=1e-9
    )


def test_keys_move_what_the_mouse_moves(tab: Page, address: str) -> None:
    figure = open_separator(tab, address)
    for name, label in [
        ("move the line", "move"),
        ("turn the line", "turn"),
        ("width of the band", "band"),
    ]:
        before = state_of(figure, "weights", "bias")
        handle(figure, name).press("ArrowUp")
        after = expect_twin(figure)
        assert (list(after.weights), after.bias) != (before["weights"], before["bias"])
        spoken = figure.locator(".lossviz-slider").get_by_label(label).get_attribute("aria-valuetext")
        assert handle(figure, name).get_attribute("aria-valuetext") == spoken
    grip = figure.locator(".lossviz-grip")
    grip.press("ArrowRight")
    assert len(trait_of(figure, "_moved")) == 1
    grip.press("PageUp")
    grip.press("ArrowUp")
    assert len(trait_of(figure, "_moved")) == 2
    expect_twin(figure)
    press(figure, "Original points")
    assert trait_of(figure, "_moved") == []


def test_silent_points_are_hollow_and_the_wrong_ones_crossed(tab: Page, served: str) -> None:
    figure = open_separator(tab, served)
    twin = expect_twin(figure)

    def count(kind: str) -> int:
        drawn = figure.locator(f".lossviz-drawing {kind}").get_attribute("d")
        return (drawn or "").count("M")

    silent = twin.margins >= 1
    for name, label in (("minus", -1), ("plus", 1)):
        these = twin.actual == label
        assert count(f".lossviz-{name}.lossviz-silent") == (these & silent).sum()
        assert count(f".lossviz-{name}:not(.lossviz-silent)") == (these & ~silent).sum()
    assert count(".lossviz-cross") == 2 * twin.wrong
    assert count(".lossviz-loss-rings") == (~silent).sum()


def test_a_unit_is_as_long_up_as_across_at_every_width(tab: Page, served: str) -> None:
    figure = open_separator(tab, served)
    for width in (360, 700, 1280):
        resize(figure, width)
        assert_drawn_to_scale(figure)
        assert figure.evaluate("figure => figure.scrollWidth <= figure.clientWidth + 1")
        units = figure.evaluate(
            """figure => ["x", "y"].map(axis => {
              const ticks = [...figure.querySelectorAll(`.lossviz-axis-${axis} .tick`)];
              const at = tick => {
                const { e, f } = tick.transform.baseVal.consolidate().matrix;
                return axis === "x" ? e : -f;
              };
              const number = tick => Number(tick.textContent.replace("−", "-"));
              const [first, last] = [ticks[0], ticks.at(-1)];
              return (at(last) - at(first)) / (number(last) - number(first));
            })"""
        )
        assert units[0] == pytest.approx(units[1], rel=0.02)
    assert "NaN" not in figure.inner_html()


def test_a_finger_turns_the_line_and_the_page_stays(phone: Page, served: str) -> None:
    figure = open_separator(phone, served)
    centre(figure.locator(".lossviz-drawing"))
    before = trait_of(figure, "weights")
    scrolled = phone.evaluate("scrollY")
    assert not touch(phone, middle(handle(figure, "turn the line")), (30, 30))
    assert phone.evaluate("scrollY") == scrolled
    assert trait_of(figure, "weights") != before
    expect_twin(figure)
