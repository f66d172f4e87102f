"""LineFit in the page, as its reader uses it: every number it shows is NumPy's."""

from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, expect

from lossviz import LineFit, huber, mae, mse, penguins
from lossviz.fitting import best_line
from lossviz.text import short, three_digits

SCORE, SQUARE = "01-scorekeeper", "02-mse"
FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()


def open_figure(context: BrowserContext, address: str, page: str, name: str) -> Locator:
    tab = context.new_page()
    tab.goto(f"{address}/chapters/{page}.html")
    figure = tab.locator(f'.lossviz[data-name="{name}"]')
    figure.scroll_into_view_if_needed()
    return figure


def drag(thing: Locator, x: float, y: float) -> None:
    """Drag something by so many pixels."""
    thing.scroll_into_view_if_needed()
    box = thing.bounding_box()
    assert box
    start = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    mouse = thing.page.mouse
    mouse.move(*start)
    mouse.down()
    mouse.move(start[0] + x / 2, start[1] + y / 2)
    mouse.move(start[0] + x, start[1] + y)
    mouse.up()
    thing.page.evaluate(FRAMES)


def line_of(figure: Locator) -> tuple[float, float]:
    """Weight and bias, exactly as the page holds them."""
    figure.evaluate(FRAMES)
    weight, bias = figure.evaluate(
        """figure => {
          const name = figure.dataset.name;
          const model = [...anywidgetHost.models.values()].find(model => model.get("name") === name);
          return [model.get("weight"), model.get("bias")];
        }"""
    )
    return weight, bias


def state_of(figure: Locator, key: str) -> list[list[float]]:
    """A list that Python would get back."""
    return figure.evaluate(
        """(figure, key) => [...anywidgetHost.models.values()]
          .find(model => model.get("name") === figure.dataset.name).get(key)""",
        key,
    )


def birds(name: str, weight: float, bias: float, goal: float, moves: int) -> LineFit:
    complete = penguins().complete("flipper_length_mm", "body_mass_g")
    flipper, mass = complete.flipper_length_mm / 10, complete.body_mass_g / 1000
    return LineFit(
        flipper - flipper.mean(), mass, name=name, weight=weight, bias=bias, goal=goal, moves=moves
    )


def expect_sentence(figure: Locator, twin: LineFit) -> None:
    for words in (".lossviz-spoken", ".lossviz-live"):  # for the eye, and for the ear
        expect(figure.locator(words)).to_have_text(twin.describe())
    expect(figure.locator(".lossviz-score")).to_have_text(three_digits(twin.score))


def rings(figure: Locator) -> Locator:
    return figure.locator(".lossviz-handle:not(.lossviz-grip):has(.lossviz-ring)")


def test_a_ring_tilts_the_line_about_the_other(context: BrowserContext, address: str) -> None:
    figure = open_figure(context, address, SCORE, "drive")
    twin = birds("drive", 0, 3.5, 0.2, 6)
    expect_sentence(figure, twin)
    before = rings(figure).nth(0).bounding_box()
    drag(rings(figure).nth(1), 0, -40)
    after = rings(figure).nth(0).bounding_box()
    assert before
    assert after
    assert abs(after["y"] - before["y"]) < 0.5
    twin.weight, twin.bias = line_of(figure)
    assert twin.weight > 0
    twin.history = [twin.score]
    expect_sentence(figure, twin)


def test_keys_and_sliders_move_it_and_a_burst_is_one_move(context: BrowserContext, address: str) -> None:
    figure = open_figure(context, address, SCORE, "drive")
    twin = birds("drive", 0, 3.5, 0.2, 6)
    rings(figure).nth(1).focus()
    for key in ("ArrowUp", "ArrowUp", "PageUp"):
        figure.page.keyboard.press(key)
    figure.page.wait_for_timeout(700)
    twin.weight, twin.bias = line_of(figure)
    twin.history = [twin.score]
    figure.get_by_role("slider", name="bias").press("ArrowUp")
    figure.get_by_role("slider", name="weight").focus()  # leaving the slider ends the move
    twin.bias = line_of(figure)[1]
    twin.history = [*twin.history, twin.score]
    expect_sentence(figure, twin)
    assert state_of(figure, "history") == pytest.approx(twin.history)
    expect(figure.locator(".lossviz-history circle")).to_have_count(3)  # and the start


def test_the_challenge_is_told(context: BrowserContext, address: str) -> None:
    figure = open_figure(context, address, SCORE, "drive")
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
    assert len(state_of(figure, "history")) == 2
    expect(figure.locator(".lossviz-challenge")).to_have_class("lossviz-challenge lossviz-won")


def test_the_best_line_is_shown_on_request(context: BrowserContext, address: str) -> None:
    figure = open_figure(context, address, SCORE, "four-points")
    button = figure.get_by_role("button", name="best line")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(figure.locator(".lossviz-spoken")).to_contain_text(" The best line has weight ")
    assert figure.locator("path.lossviz-best").get_attribute("d")
    button.click()
    expect(figure.locator("path.lossviz-best")).to_have_attribute("d", "")
    figure = open_figure(context, address, SQUARE, "follow")  # which draws the best line of each loss
    expect(figure.get_by_role("button", name="best line")).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 360])
def test_a_challenge_keeps_its_answer_and_its_place(
    context: BrowserContext, address: str, width: int
) -> None:
    figure = open_figure(context, address, SCORE, "drive")
    figure.page.set_viewport_size({"width": width, "height": 900})
    figure.page.wait_for_timeout(200)
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


def test_hidden_points_leave_only_the_score(context: BrowserContext, address: str) -> None:
    figure = open_figure(context, address, SCORE, "blind")
    twin = birds("blind", -0.3, 4.6, 0.2, 6)
    twin.show_points = False
    expect_sentence(figure, twin)
    expect(figure.locator(".lossviz-points")).to_be_hidden()
    assert figure.locator(".lossviz-bars").get_attribute("d") == ""
    drag(rings(figure).nth(1), 0, -30)
    twin.weight, twin.bias = line_of(figure)
    twin.history = [twin.score]
    expect_sentence(figure, twin)


def test_a_slider_does_not_change_its_length(context: BrowserContext, address: str) -> None:
    figure = open_figure(context, address, SCORE, "drive")
    slider = figure.get_by_role("slider", name="weight")
    before = slider.bounding_box()
    assert before
    for value in ("0.02", "0.4", "-0.38"):
        slider.fill(value)
        slider.blur()
        figure.evaluate(FRAMES)
        assert slider.bounding_box() == before
    drag(rings(figure).nth(1), 0, -37)
    assert len(figure.locator(".lossviz-slider output").first.inner_text()) > 5
    assert slider.bounding_box() == before


def test_line_and_dot_move_each_other(context: BrowserContext, address: str) -> None:
    figure = open_figure(context, address, SCORE, "landscape")
    twin = birds("landscape", -0.2, 5, 0.16, 4)
    expect_sentence(figure, twin)
    dot = figure.locator(".lossviz-handle:has(.lossviz-place)")
    drag(dot.locator(".lossviz-place"), 60, 30)
    twin.weight, twin.bias = line_of(figure)
    assert twin.weight > -0.2
    assert twin.bias < 5
    twin.history = [twin.score]
    expect_sentence(figure, twin)
    expect(dot).to_have_attribute(
        "aria-valuetext",
        f"weight {short(twin.weight)}, bias {short(twin.bias)}, score {short(twin.score)}",
    )
    dot.press("ArrowLeft")
    assert line_of(figure)[0] < twin.weight
    before = dot.bounding_box()
    drag(rings(figure).nth(1), 0, 30)
    assert dot.bounding_box() != before


def middle(place: Locator, across: float = 0.5, up: float = 0.5) -> tuple[float, float]:
    box = place.bounding_box()
    assert box
    return box["x"] + across * box["width"], box["y"] + up * box["height"]


def test_a_press_on_the_landscape_brings_the_dot(context: BrowserContext, address: str) -> None:
    figure = open_figure(context, address, SCORE, "landscape")
    land = figure.locator("svg").nth(1)
    land.scroll_into_view_if_needed()
    dot = figure.locator(".lossviz-place")
    x, y = middle(figure.locator(".lossviz-ground"), 0.8, 0.3)
    mouse = figure.page.mouse
    for to_x, to_y in ((x, y), (x - 30, y + 40)):
        mouse.move(to_x, to_y)
        mouse.down()
        figure.evaluate(FRAMES)
        assert middle(dot) == pytest.approx((to_x, to_y), abs=1)
    mouse.up()
    assert middle(dot) == pytest.approx((x - 30, y + 40), abs=1)
    assert state_of(figure, "_trail") == [[-0.2, 5], list(line_of(figure))]
    expect(figure.locator(".lossviz-trail path")).to_have_count(1)
    mouse.click(*middle(land, 0.5, 0.99))  # the axis is no place
    assert len(state_of(figure, "history")) == 1


def test_the_keys_of_the_dot(context: BrowserContext, address: str) -> None:
    figure = open_figure(context, address, SCORE, "landscape")
    told = "Left and right change the weight, up and down the bias."
    told += " Page Up and Page Down: ten steps of the bias. Home and End: the lowest and the highest weight."
    dot = figure.get_by_role("slider", name="the line on its landscape", description=told)
    twin = birds("landscape", -0.2, 5, 0.16, 4)
    dot.press("End")
    assert line_of(figure) == (twin._weight_range[1], 5)
    dot.press("Home")
    assert line_of(figure) == (twin._weight_range[0], 5)
    dot.press("PageDown")
    weight, bias = line_of(figure)
    dot.press("ArrowUp")
    assert line_of(figure)[0] == weight == twin._weight_range[0]
    assert 5 - bias == pytest.approx(10 * (line_of(figure)[1] - bias))


def test_a_ring_stays_on_a_line_that_leaves_the_picture(context: BrowserContext, address: str) -> None:
    figure = open_figure(context, address, SCORE, "drive")
    for name, value in (("weight", "0.8"), ("bias", "4.5")):
        figure.get_by_role("slider", name=name).fill(value)
    before = line_of(figure)
    box = figure.locator("svg").first.locator(".lossviz-now").bounding_box()
    assert box
    x, y = middle(rings(figure).nth(1).locator(".lossviz-ring"))
    fraction = (x - box["x"]) / box["width"]
    assert box["y"] + (1 - fraction) * box["height"] == pytest.approx(y, abs=1)
    drag(rings(figure).nth(1), 0, 3)
    weight, _ = line_of(figure)
    assert 0 < before[0] - weight < 0.05


def test_best_lines_follow_a_point(context: BrowserContext, address: str) -> None:
    figure = open_figure(context, address, SQUARE, "follow")
    x, y = np.arange(1.0, 9), np.array([1.4, 2.1, 2.3, 3.2, 3.4, 4.1, 4.3, 12])
    twin = LineFit(
        x, y, mse, mae, huber, name="follow", weight=0.5, bias=0.95, refit=True, movable=True, landscape=False
    )
    expect_sentence(figure, twin)
    drag(figure.locator(".lossviz-points circle").nth(7), -20, 60)
    ((index, to_x, to_y),) = state_of(figure, "_moved")
    assert index == 7
    assert to_y < 12
    x[7], y[7] = to_x, to_y
    with twin.hold_trait_notifications():
        twin.x, twin.y = x, y
    expect_sentence(figure, twin)
    # Each is the best by its own loss, but all are scored by the one chosen.
    told = [three_digits(mse(y, best_line(loss, x, y)(x))) for loss in (mse, mae, huber)]
    expect(figure.locator(".lossviz-entry output")).to_have_text(told)
    grip = figure.locator(".lossviz-grip")  # the ring went to the point: keys move it now
    expect(figure.locator(".lossviz-grip-place")).to_have_text(f"({short(to_x)}, {short(to_y)})")
    expect(figure.locator(".lossviz-grip-place")).to_be_visible()
    grip.press("ArrowUp")
    assert state_of(figure, "_moved")[0][2] > to_y
    figure.get_by_role("button", name="Put the points back").click()
    assert state_of(figure, "_moved") == []


def test_the_keys_of_a_point_are_told_to_eye_and_ear(context: BrowserContext, address: str) -> None:
    figure = open_figure(context, address, SQUARE, "follow")
    hint = figure.locator(".lossviz-hint")
    told = "Arrow keys move the point. Page Up, Page Down: another point."
    grip = figure.get_by_role("slider", name="point 8 of 8", description=told)
    expect(grip).to_have_count(1)
    drag(grip.locator(".lossviz-ring"), 0, 10)
    expect(grip).to_be_focused()
    expect(hint).to_be_hidden()  # who drags needs no keys
    rings(figure).nth(1).focus()
    figure.page.keyboard.press("Tab")
    expect(hint).to_be_visible()
    figure.page.keyboard.press("PageDown")
    expect(figure.get_by_role("slider", name="point 7 of 8", description=told)).to_be_focused()
    figure.page.keyboard.press("PageUp")
    expect(grip).to_be_focused()
    inner, outer = hint.bounding_box(), figure.locator("svg").first.bounding_box()
    assert inner
    assert outer
    assert outer["x"] < inner["x"] < inner["x"] + inner["width"] < outer["x"] + outer["width"]
    figure.page.keyboard.press("Tab")
    expect(hint).to_be_hidden()


def test_the_reader_chooses_the_loss(context: BrowserContext, address: str) -> None:
    figure = open_figure(context, address, SQUARE, "follow")
    select = figure.get_by_role("combobox")
    for loss in (mae, huber, mse):
        select.select_option(loss.name)
        expect(figure.locator(".lossviz-name").first).to_have_text(f"score ({loss.title})")
    assert "NaN" not in figure.inner_html()


def test_squares_are_square(context: BrowserContext, address: str) -> None:
    figure = open_figure(context, address, SQUARE, "squares")
    sides = figure.locator(".lossviz-squares").evaluate(
        """path => [...path.getAttribute("d").matchAll(/M[^,]+,([^V]+)V([^h]+)h([^V]+)V/g)]
          .map(([, top, bottom, across]) => [Math.abs(top - bottom), Math.abs(across)])"""
    )
    assert len(sides) == 5
    for up, across in sides:
        assert across == pytest.approx(up, abs=0.11)


def touch(figure: Locator, path: list[tuple[float, float]]) -> None:
    """Move a finger along a path as slowly as a finger does: the browser decides in the middle who has it."""
    page = figure.page
    page.evaluate("addEventListener('pointercancel', () => { window.taken = true; }, true)")
    session = page.context.new_cdp_session(page)
    for i, (x, y) in enumerate(path):
        kind = "touchMove" if i else "touchStart"
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
        page.wait_for_timeout(30)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_timeout(200)


def on_a_phone(browser: Browser, address: str, name: str) -> Locator:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    figure = open_figure(context, address, SCORE, name)
    figure.page.evaluate("anywidgetHost.ready")
    figure.page.evaluate("MathJax.startup.promise")  # formulas that are still to be drawn move the page
    figure.page.wait_for_timeout(300)
    return figure


CENTRE = "thing => thing.scrollIntoView({ block: 'center', behavior: 'instant' })"
HANDLES = [
    ("drive", ".lossviz-handle:has(.lossviz-ring) >> nth=1"),
    ("landscape", ".lossviz-handle:has(.lossviz-place)"),
]


@pytest.mark.parametrize(("name", "handle"), HANDLES, ids=["ring", "dot"])
def test_a_finger_drags_up_and_the_page_stays(browser: Browser, address: str, name: str, handle: str) -> None:
    figure = on_a_phone(browser, address, name)
    ring = figure.locator(handle)
    ring.evaluate(CENTRE)
    target = ring.locator(".lossviz-target")
    box = target.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 32
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    x, y = middle(target)
    scrolled = figure.page.evaluate("scrollY")
    touch(figure, [(x, y - 6 * step) for step in range(11)])
    assert middle(target) == pytest.approx((x, y - 60), abs=3)
    assert figure.page.evaluate("[scrollY, window.taken]") == [scrolled, None]
    figure.page.context.close()


def test_a_finger_taps_the_landscape_or_scrolls_over_it(browser: Browser, address: str) -> None:
    figure = on_a_phone(browser, address, "landscape")
    ground = figure.locator(".lossviz-ground")
    ground.evaluate(CENTRE)
    x, y = middle(ground, 0.7, 0.7)
    scrolled = figure.page.evaluate("scrollY")
    touch(figure, [(x, y - 10 * step) for step in range(11)])
    assert figure.page.evaluate("scrollY") > scrolled + 50
    assert line_of(figure) == (-0.2, 5)
    assert state_of(figure, "history") == []
    x, y = middle(ground, 0.7, 0.7)
    figure.page.touchscreen.tap(x, y)
    figure.evaluate(FRAMES)
    assert middle(figure.locator(".lossviz-place")) == pytest.approx((x, y), abs=1)
    assert len(state_of(figure, "history")) == 1
    figure.page.context.close()


def test_it_is_redrawn_at_every_width_and_waits_while_hidden(context: BrowserContext, address: str) -> None:
    figure = open_figure(context, address, SCORE, "landscape")
    for width in (360, 700, 1280):
        figure.page.set_viewport_size({"width": width, "height": 900})
        figure.page.wait_for_timeout(200)
        assert figure.evaluate("figure => figure.scrollWidth <= figure.clientWidth + 1")
    figure.evaluate("figure => { figure.parentElement.style.display = 'none'; }")
    figure.page.wait_for_timeout(100)
    figure.evaluate("figure => { figure.parentElement.style.display = ''; }")
    figure.page.wait_for_timeout(100)
    assert "NaN" not in figure.inner_html()
    assert figure.locator(".lossviz-contour").count() >= 5
