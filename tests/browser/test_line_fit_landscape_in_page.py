"""The landscape beside LineFit, in the page: a map on which a dot is the line."""

import pytest
from playwright.sync_api import Page, expect

from lossviz.text import short
from tests.browser.figures import box_of, centre, drag, drawn, middle, open_figure, resize, touch, trait_of
from tests.browser.line_fits import SCORE, birds, expect_sentence, line_of, rings


def test_line_and_dot_move_each_other(tab: Page, address: str) -> None:
    figure = open_figure(tab, address, SCORE, "landscape")
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
    before = box_of(dot)
    drag(rings(figure).nth(1), 0, 30)
    assert box_of(dot) != before


def test_a_press_on_the_landscape_brings_the_dot(tab: Page, address: str) -> None:
    figure = open_figure(tab, address, SCORE, "landscape")
    land = figure.locator("svg").nth(1)
    land.scroll_into_view_if_needed()
    dot = figure.locator(".lossviz-place")
    x, y = middle(figure.locator(".lossviz-ground"), 0.8, 0.3)
    mouse = tab.mouse
    for to_x, to_y in ((x, y), (x - 30, y + 40)):
        mouse.move(to_x, to_y)
        mouse.down()
        drawn(figure)
        assert middle(dot) == pytest.approx((to_x, to_y), abs=1)
    mouse.up()
    assert middle(dot) == pytest.approx((x - 30, y + 40), abs=1)
    assert trait_of(figure, "_trail") == [[-0.2, 5], list(line_of(figure))]
    expect(figure.locator(".lossviz-trail path")).to_have_count(1)
    mouse.click(*middle(land, 0.5, 0.99))  # the axis is no place
    assert len(trait_of(figure, "history")) == 1


def test_the_keys_of_the_dot(tab: Page, address: str) -> None:
    figure = open_figure(tab, address, SCORE, "landscape")
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


def test_it_is_redrawn_at_every_width_and_waits_while_hidden(tab: Page, address: str) -> None:
    figure = open_figure(tab, address, SCORE, "landscape")
    for width in (360, 700, 1280):
        resize(figure, width)
        assert figure.evaluate("figure => figure.scrollWidth <= figure.clientWidth + 1")
    figure.evaluate("figure => { figure.parentElement.style.display = 'none'; }")
    drawn(figure, 4)
    figure.evaluate("figure => { figure.parentElement.style.display = ''; }")
    drawn(figure, 4)
    assert "NaN" not in figure.inner_html()
    assert figure.locator(".lossviz-contour").count() >= 5


RING, DOT = ".lossviz-handle:has(.lossviz-ring) >> nth=1", ".lossviz-handle:has(.lossviz-place)"


@pytest.mark.parametrize(("name", "handle"), [("drive", RING), ("landscape", DOT)], ids=["ring", "dot"])
def test_a_finger_drags_up_and_the_page_stays(phone: Page, address: str, name: str, handle: str) -> None:
    figure = open_figure(phone, address, SCORE, name)
    target = figure.locator(handle).locator(".lossviz-target")
    centre(target)
    left, _, width, height = box_of(target)
    assert min(width, height) >= 32
    assert left >= 0
    assert left + width <= 360
    x, y = middle(target)
    scrolled = phone.evaluate("scrollY")
    assert not touch(phone, (x, y), (0, -60))
    assert middle(target) == pytest.approx((x, y - 60), abs=3)
    assert phone.evaluate("scrollY") == scrolled


def test_a_finger_taps_the_landscape_or_scrolls_over_it(phone: Page, address: str) -> None:
    figure = open_figure(phone, address, SCORE, "landscape")
    ground = figure.locator(".lossviz-ground")
    centre(ground)
    scrolled = phone.evaluate("scrollY")
    assert touch(phone, middle(ground, 0.7, 0.7), (0, -100))
    assert phone.evaluate("scrollY") > scrolled + 50
    assert line_of(figure) == (-0.2, 5)
    assert trait_of(figure, "history") == []
    x, y = middle(ground, 0.7, 0.7)
    phone.touchscreen.tap(x, y)
    drawn(figure)
    assert middle(figure.locator(".lossviz-place")) == pytest.approx((x, y), abs=1)
    assert len(trait_of(figure, "history")) == 1
