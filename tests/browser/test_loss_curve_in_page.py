"""LossCurve in the page, as its reader uses it: every number it shows is NumPy's."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, expect

from lossviz import LossCurve, huber, mae, mse
from lossviz.text import short, three_digits


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()


def open_figure(context: BrowserContext, address: str, name: str, page: str = "02-mse") -> Locator:
    tab = context.new_page()
    tab.goto(f"{address}/chapters/{page}.html")
    figure = tab.locator(f'.lossviz[data-name="{name}"]')
    figure.scroll_into_view_if_needed()
    return figure


def drag(figure: Locator, x: float, y: float) -> None:
    """Drag the ring by so many pixels."""
    figure.locator(".lossviz-ring").scroll_into_view_if_needed()
    box = figure.locator(".lossviz-ring").bounding_box()
    assert box
    start = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    mouse = figure.page.mouse
    mouse.move(*start)
    mouse.down()
    mouse.move(start[0] + x / 2, start[1] + y / 2)
    mouse.move(start[0] + x, start[1] + y)
    mouse.up()


def value_of(figure: Locator) -> float:
    """The value shown, once the figure has had a frame to draw what was asked of it."""
    figure.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
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


def test_it_opens_in_the_state_it_was_left_in(context: BrowserContext, address: str) -> None:
    expect_state(open_figure(context, address, "mse-curve"), bowl())


def test_the_ring_is_dragged_with_the_pointer(context: BrowserContext, address: str) -> None:
    figure = open_figure(context, address, "mse-curve")
    for x in (180, -333, 90):
        before = value_of(figure)
        drag(figure, x, -40)
        assert value_of(figure) != before
        expect_state(figure, bowl(value_of(figure)))


def test_the_drag_follows_the_pointer(context: BrowserContext, address: str) -> None:
    figure = open_figure(context, address, "mse-curve")
    ring = figure.locator(".lossviz-ring")
    before = ring.bounding_box()
    drag(figure, 200, 10)
    after = ring.bounding_box()
    assert before
    assert after
    assert abs(after["x"] - before["x"] - 200) < 4  # one step of the scale is 4 pixels wide
    drag(figure, 5000, 0)
    assert value_of(figure) == 60  # it stops at the edge
    expect_state(figure, bowl(60))


@pytest.mark.parametrize("handle", [".lossviz-handle", "input[type=range]"])
def test_keys_move_the_ring_and_the_slider(context: BrowserContext, address: str, handle: str) -> None:
    figure = open_figure(context, address, "mse-curve")
    figure.locator(handle).focus()
    for key, value in {"ArrowRight": -29, "ArrowUp": -28, "ArrowLeft": -29, "Home": -60, "End": 60}.items():
        figure.page.keyboard.press(key)
        assert value_of(figure) == value
    expect_state(figure, bowl(60))


def test_page_keys_move_the_ring_by_ten_steps(context: BrowserContext, address: str) -> None:
    figure = open_figure(context, address, "mse-curve")
    figure.locator(".lossviz-handle").focus()
    figure.page.keyboard.press("PageUp")
    assert value_of(figure) == -20
    figure.page.keyboard.press("PageDown")
    assert value_of(figure) == -30


def test_rows_of_the_table_are_a_button_away(context: BrowserContext, address: str) -> None:
    figure = open_figure(context, address, "mse-curve")
    for mark in (-1, -10, -50):
        button = figure.get_by_role("button", name=short(mark), exact=True)
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        expect_state(figure, bowl(mark))
    assert figure.locator(".lossviz-mark").count() == 3


def test_at_a_corner_it_tells_both_slopes_and_draws_no_tangent(context: BrowserContext, address: str) -> None:
    figure = open_figure(context, address, "three-curves")
    figure.locator(".lossviz-handle").focus()
    for key in ["End", *["PageDown"] * 6]:
        figure.page.keyboard.press(key)
    assert value_of(figure) == 0
    expect(figure.locator(".lossviz-spoken")).to_have_text(
        LossCurve(mse, mae, huber, name="three-curves", range=(-3, 3), value=0).describe()
    )
    expect(figure.locator(".lossviz-reading output").nth(3)).to_have_text("−1.00 to 1.00")
    drawn = [path.get_attribute("d") != "" for path in figure.locator(".lossviz-tangent").all()]
    assert drawn == [True, False, True]


def test_the_whole_range_is_right_and_never_nan(context: BrowserContext, address: str) -> None:
    figure = open_figure(context, address, "three-curves")
    twin = LossCurve(mse, mae, huber, name="three-curves", range=(-3, 3), value=2.5)
    expect_state(figure, twin)
    figure.locator(".lossviz-handle").focus()
    figure.page.keyboard.press("Home")
    for _ in range(13):
        twin.value = value_of(figure)
        assert figure.locator(".lossviz-score").all_inner_texts() == [
            three_digits(loss.curve(twin.value)) for loss in twin.losses
        ]
        assert "NaN" not in figure.inner_html()
        figure.page.keyboard.press("PageUp")
    assert value_of(figure) == 3
    expect_state(figure, LossCurve(mse, mae, huber, name="three-curves", range=(-3, 3), value=3))


def test_tangents_lie_under_the_curves(context: BrowserContext, address: str) -> None:
    figure = open_figure(context, address, "three-curves")
    order = figure.evaluate(
        """figure => figure.querySelector(".lossviz-tangent")
          .compareDocumentPosition(figure.querySelector("path.lossviz-curve[d]"))"""
    )
    assert order & 4  # the curve follows, and so is drawn above it


def test_tangent_is_as_steep_as_the_slope(context: BrowserContext, address: str) -> None:
    figure = open_figure(context, address, "slope-curve")
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


def test_a_finger_moves_it_sideways(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    figure = open_figure(context, address, "mse-curve")
    box = figure.locator(".lossviz-target").bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 32
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    session = context.new_cdp_session(figure.page)
    touch = [("touchStart", x), ("touchMove", x + 30), ("touchMove", x + 70)]
    for kind, at in touch:
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": at, "y": y}]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert value_of(figure) > -10
    expect_state(figure, bowl(value_of(figure)))
    context.close()


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_it_fits_the_page_and_its_words_can_be_read(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 740})
    figure = open_figure(context, address, "mse-curve")
    page = figure.page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
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
    context.close()


def test_it_is_drawn_anew_when_the_window_gets_narrow(context: BrowserContext, address: str) -> None:
    figure = open_figure(context, address, "mse-curve")
    figure.page.set_viewport_size({"width": 400, "height": 800})
    svg = figure.locator(".lossviz-drawing > svg")
    figure.page.wait_for_function("svg => svg.clientWidth < 400", arg=svg.element_handle())
    drag(figure, 40, 0)
    assert value_of(figure) > -30
    expect_state(figure, bowl(value_of(figure)))


def test_colours_follow_the_theme(context: BrowserContext, address: str) -> None:
    figure = open_figure(context, address, "mse-curve")
    curve = figure.locator("path.lossviz-curve").first
    colour = "path => getComputedStyle(path).stroke"
    figure.page.evaluate("document.documentElement.dataset.theme = 'light'")
    light = curve.evaluate(colour)
    figure.page.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert curve.evaluate(colour) != light


def test_several_figures_do_not_disturb_each_other(context: BrowserContext, address: str) -> None:
    figure = open_figure(context, address, "mse-curve")
    figure.locator(".lossviz-handle").focus()
    figure.page.keyboard.press("Home")
    other = figure.page.locator('.lossviz[data-name="three-curves"]')
    assert value_of(other) == 2.5


def test_a_finger_that_scrolls_the_page_moves_nothing(browser: Browser, served: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    figure = open_figure(context, served, "mse-curve")
    page = figure.page
    box = figure.locator(".lossviz-drawing").bounding_box()
    assert box
    x, y = box["x"] + box["width"] * 0.8, box["y"] + box["height"] / 2
    before = page.evaluate("scrollY")
    session = context.new_cdp_session(page)
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 11):
        point = {"x": x, "y": y - 15 * step}
        session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_function("before => scrollY > before", arg=before)
    assert value_of(figure) == -30
    figure.locator(".lossviz-drawing").tap(position={"x": 0.8 * box["width"], "y": 80})  # but a tap is meant
    assert value_of(figure) > 0
    context.close()


def test_only_the_main_button_drags(context: BrowserContext, served: str) -> None:
    figure = open_figure(context, served, "mse-curve")
    figure.locator(".lossviz-drawing").click(button="right", position={"x": 500, "y": 100})
    figure.page.keyboard.press("Escape")
    assert value_of(figure) == -30


def test_words_that_python_changes_are_drawn_anew(context: BrowserContext, served: str) -> None:
    figure = open_figure(context, served, "mse-curve")
    figure.page.evaluate(
        """() => {
          const model = [...anywidgetHost.models.values()].find(each => each.get("name") === "mse-curve");
          model.set("_texts", { ...model.get("_texts"), variable: "mistake" });
        }"""
    )
    expect(figure.locator(".lossviz-slider")).to_contain_text("mistake")
    expect(figure.page.locator('.lossviz[data-name="mse-curve"]')).to_have_count(1)
    drag(figure, 100, 0)
    expect(figure.locator(".lossviz-score")).to_have_text(three_digits(float(mse.curve(value_of(figure)))))
