"""LossCurve in the page, as its reader uses it: every number it shows is NumPy's."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from lossviz import LossCurve, huber, mae, mse
from lossviz.text import short, three_digits
from tests.browser import figures
from tests.browser.figures import (
    box_of,
    centre,
    drawn,
    figure_of,
    middle,
    open_chapter,
    open_figure,
    resize,
    set_state,
    touch,
    trait_of,
)

PAGE = "02-mse"


def drag(figure: Locator, x: float, y: float) -> None:
    """Drag the ring by so many pixels."""
    figures.drag(figure.locator(".lossviz-ring"), x, y)


def value_of(figure: Locator) -> float:
    """The value shown, once the figure has had a frame to draw what was asked of it."""
    drawn(figure)
    return float(figure.locator(".lossviz-handle").get_attribute("aria-valuenow") or "nan")


def expect_state(figure: Locator, twin: LossCurve) -> None:
    """The figure shows what its twin in Python says, in numbers and in words."""
    for place, loss in enumerate(twin.losses):
        reading = figure.locator(".lossviz-reading").nth(place).locator("output")
        expect(reading.nth(0)).to_have_text(three_digits(loss.curve(twin.value)))
        if twin.show_slope:
            expect(reading.nth(1)).to_have_text(three_digits(loss.curve_slope(twin.value)))
    expect(figure.locator(".lossviz-slider output")).to_have_text(short(twin.value))
    for words in (".lossviz-spoken", ".lossviz-live"):  # for the eye, and for the ear
        expect(figure.locator(words)).to_have_text(twin.describe())


def bowl(value: float = -30) -> LossCurve:
    return LossCurve(mse, name="mse-curve", range=(-60, 60), value=value, show_slope=False)


def test_it_opens_in_the_state_it_was_left_in(tab: Page, address: str) -> None:
    expect_state(open_figure(tab, address, PAGE, "mse-curve"), bowl())


def test_the_ring_is_dragged_with_the_pointer(tab: Page, address: str) -> None:
    figure = open_figure(tab, address, PAGE, "mse-curve")
    for x in (180, -333, 90):
        before = value_of(figure)
        drag(figure, x, -40)
        assert value_of(figure) != before
        expect_state(figure, bowl(value_of(figure)))


@pytest.mark.chromium_only
def test_the_drag_follows_the_pointer(tab: Page, address: str) -> None:
    figure = open_figure(tab, address, PAGE, "mse-curve")
    ring = figure.locator(".lossviz-ring")
    before = box_of(ring)
    drag(figure, 200, 10)
    assert abs(box_of(ring)[0] - before[0] - 200) < 4  # one step of the scale is 4 pixels wide
    drag(figure, 5000, 0)
    assert value_of(figure) == 60  # it stops at the edge
    expect_state(figure, bowl(60))


@pytest.mark.parametrize("handle", [".lossviz-handle", "input[type=range]"])
def test_keys_move_the_ring_and_the_slider(tab: Page, address: str, handle: str) -> None:
    figure = open_figure(tab, address, PAGE, "mse-curve")
    figure.locator(handle).focus()
    for key, value in {"ArrowRight": -29, "ArrowUp": -28, "ArrowLeft": -29, "Home": -60, "End": 60}.items():
        tab.keyboard.press(key)
        assert value_of(figure) == value
    expect_state(figure, bowl(60))


def test_page_keys_move_the_ring_by_ten_steps(tab: Page, address: str) -> None:
    figure = open_figure(tab, address, PAGE, "mse-curve")
    figure.locator(".lossviz-handle").focus()
    tab.keyboard.press("PageUp")
    assert value_of(figure) == -20
    tab.keyboard.press("PageDown")
    assert value_of(figure) == -30


def test_rows_of_the_table_are_a_button_away(tab: Page, address: str) -> None:
    figure = open_figure(tab, address, PAGE, "mse-curve")
    for mark in (-1, -10, -50):
        button = figure.get_by_role("button", name=short(mark), exact=True)
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        expect_state(figure, bowl(mark))
    assert figure.locator(".lossviz-mark").count() == 3


def test_at_a_corner_it_tells_both_slopes_and_draws_no_tangent(tab: Page, address: str) -> None:
    figure = open_figure(tab, address, PAGE, "three-curves")
    figure.locator(".lossviz-handle").focus()
    for key in ["End", *["PageDown"] * 6]:
        tab.keyboard.press(key)
    assert value_of(figure) == 0
    expect(figure.locator(".lossviz-spoken")).to_have_text(
        LossCurve(mse, mae, huber, name="three-curves", range=(-3, 3), value=0).describe()
    )
    expect(figure.locator(".lossviz-reading output").nth(3)).to_have_text("−1.00 to 1.00")
    drawn = [path.get_attribute("d") != "" for path in figure.locator(".lossviz-tangent").all()]
    assert drawn == [True, False, True]


def test_the_whole_range_is_right_and_never_nan(tab: Page, address: str) -> None:
    figure = open_figure(tab, address, PAGE, "three-curves")
    twin = LossCurve(mse, mae, huber, name="three-curves", range=(-3, 3), value=2.5)
    expect_state(figure, twin)
    figure.locator(".lossviz-handle").focus()
    tab.keyboard.press("Home")
    for _ in range(13):
        twin.value = value_of(figure)
        assert figure.locator(".lossviz-score").all_inner_texts() == [
            three_digits(loss.curve(twin.value)) for loss in twin.losses
        ]
        assert "NaN" not in figure.inner_html()
        tab.keyboard.press("PageUp")
    assert value_of(figure) == 3
    expect_state(figure, LossCurve(mse, mae, huber, name="three-curves", range=(-3, 3), value=3))


def test_tangents_lie_under_the_curves(tab: Page, address: str) -> None:
    figure = open_figure(tab, address, PAGE, "three-curves")
    order = figure.evaluate(
        """figure => figure.querySelector(".lossviz-tangent")
          .compareDocumentPosition(figure.querySelector("path.lossviz-curve[d]"))"""
    )
    assert order & 4  # the curve follows, and so is drawn above it


def test_tangent_is_as_steep_as_the_slope(tab: Page, address: str) -> None:
    figure = open_figure(tab, address, PAGE, "slope-curve")
    path = figure.locator(".lossviz-tangent").first.get_attribute("d") or ""
    x1, y1, x2, y2 = (float(number) for number in re.findall(r"[-.\d]+", path))
    unit = figure.evaluate(
        """figure => {
          const at = (axis, text) => [...figure.querySelectorAll(`.lossviz-axis-${axis} .tick`)]
            .find(tick => tick.textContent === text).getBoundingClientRect();
          const middle = box => [box.x + box.width / 2, box.y + box.height / 2];
          return [middle(at('x', '2'))[0] - middle(at('x', '1'))[0],
                  middle(at('y', '10'))[1] - middle(at('y', '20'))[1]];
        }"""
    )
    slope = -(y2 - y1) / (unit[1] / 10) / ((x2 - x1) / unit[0])
    assert slope == pytest.approx(float(mse.curve_slope(-3)), rel=0.01)


def test_a_finger_moves_it_sideways(phone: Page, address: str) -> None:
    figure = open_figure(phone, address, PAGE, "mse-curve")
    target = figure.locator(".lossviz-target")
    assert min(box_of(target)[2:]) >= 32
    touch(phone, middle(target), (70, 0), steps=2)
    assert value_of(figure) > -10
    expect_state(figure, bowl(value_of(figure)))


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_it_fits_the_page_and_its_words_can_be_read(tab: Page, address: str, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 740})
    figure = open_figure(tab, address, PAGE, "mse-curve")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    outside = figure.evaluate(
        """figure => {
          const frame = figure.getBoundingClientRect();
          return [...figure.querySelectorAll('svg text')].map(text => text.getBoundingClientRect())
            .filter(box => box.left < frame.left - 1 || box.right > frame.right + 1).length;
        }"""
    )
    assert outside == 0
    sizes = figure.evaluate(
        "figure => [...figure.querySelectorAll('svg text')]"
        "  .map(text => parseFloat(getComputedStyle(text).fontSize))"
    )
    assert min(sizes) >= 12


def test_it_is_drawn_anew_when_the_window_gets_narrow(tab: Page, address: str) -> None:
    figure = open_figure(tab, address, PAGE, "mse-curve")
    resize(figure, 400)
    assert box_of(figure.locator(".lossviz-drawing > svg"))[2] < 400
    drag(figure, 40, 0)
    assert value_of(figure) > -30
    expect_state(figure, bowl(value_of(figure)))


def test_colours_follow_the_theme(tab: Page, address: str) -> None:
    figure = open_figure(tab, address, PAGE, "mse-curve")
    curve = figure.locator("path.lossviz-curve").first
    colour = "path => getComputedStyle(path).stroke"
    tab.evaluate("document.documentElement.dataset.theme = 'light'")
    light = curve.evaluate(colour)
    tab.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert curve.evaluate(colour) != light


def test_several_figures_do_not_disturb_each_other(tab: Page, address: str) -> None:
    figure = figure_of(open_chapter(tab, address, PAGE), "mse-curve")
    figure.locator(".lossviz-handle").focus()
    tab.keyboard.press("Home")
    assert value_of(figure) == -60
    assert value_of(figure_of(tab, "three-curves")) == 2.5


def test_a_finger_that_scrolls_the_page_moves_nothing(phone: Page, served: str) -> None:
    figure = open_figure(phone, served, PAGE, "mse-curve")
    drawing = figure.locator(".lossviz-drawing")
    centre(drawing)
    before = phone.evaluate("scrollY")
    assert touch(phone, middle(drawing, 0.8), (0, -150))
    assert phone.evaluate("scrollY") > before + 50
    assert value_of(figure) == -30
    drawing.tap(position={"x": 0.8 * box_of(drawing)[2], "y": 80})  # but a tap is meant
    assert value_of(figure) > 0


def test_only_the_main_button_drags(tab: Page, served: str) -> None:
    figure = open_figure(tab, served, PAGE, "mse-curve")
    figure.locator(".lossviz-drawing").click(button="right", position={"x": 500, "y": 100})
    tab.keyboard.press("Escape")
    assert value_of(figure) == -30


def test_words_that_python_changes_are_drawn_anew(tab: Page, served: str) -> None:
    figure = open_figure(tab, served, PAGE, "mse-curve")
    set_state(figure, _texts={**trait_of(figure, "_texts"), "variable": "mistake"})
    expect(figure.locator(".lossviz-slider")).to_contain_text("mistake")
    expect(figure_of(tab, "mse-curve")).to_have_count(1)
    drag(figure, 100, 0)
    expect(figure.locator(".lossviz-score")).to_have_text(three_digits(float(mse.curve(value_of(figure)))))
