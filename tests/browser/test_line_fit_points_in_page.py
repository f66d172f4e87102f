"""The points of LineFit in the page: what they show, and how they are moved."""

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from lossviz import LineFit, huber, mae, mse
from lossviz.fitting import best_line
from lossviz.text import short, three_digits
from tests.browser.figures import box_of, centre, drag, middle, open_figure, touch, trait_of
from tests.browser.line_fits import SQUARE, expect_sentence, rings


def test_best_lines_follow_a_point(tab: Page, address: str) -> None:
    figure = open_figure(tab, address, SQUARE, "follow")
    x, y = np.arange(1.0, 9), np.array([1.4, 2.1, 2.3, 3.2, 3.4, 4.1, 4.3, 12])
    twin = LineFit(
        x, y, mse, mae, huber, name="follow", weight=0.5, bias=0.95, refit=True, movable=True, landscape=False
    )
    expect_sentence(figure, twin)
    drag(figure.locator(".lossviz-points circle").nth(7), -20, 60)
    ((index, to_x, to_y),) = trait_of(figure, "_moved")
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
    assert trait_of(figure, "_moved")[0][2] > to_y
    figure.get_by_role("button", name="Put the points back").click()
    assert trait_of(figure, "_moved") == []


def test_the_keys_of_a_point_are_told_to_eye_and_ear(tab: Page, address: str) -> None:
    figure = open_figure(tab, address, SQUARE, "follow")
    hint = figure.locator(".lossviz-hint")
    told = "Arrow keys move the point. Page Up, Page Down: another point."
    grip = figure.get_by_role("slider", name="point 8 of 8", description=told)
    expect(grip).to_have_count(1)
    drag(grip.locator(".lossviz-ring"), 0, 10)
    expect(grip).to_be_focused()
    expect(hint).to_be_hidden()  # who drags needs no keys
    rings(figure).nth(1).focus()
    tab.keyboard.press("Tab")
    expect(hint).to_be_visible()
    tab.keyboard.press("PageDown")
    expect(figure.get_by_role("slider", name="point 7 of 8", description=told)).to_be_focused()
    tab.keyboard.press("PageUp")
    expect(grip).to_be_focused()
    (left, _, width, _), (outer, _, outer_width, _) = box_of(hint), box_of(figure.locator("svg").first)
    assert outer < left < left + width < outer + outer_width
    tab.keyboard.press("Tab")
    expect(hint).to_be_hidden()


def test_a_finger_takes_a_point_and_the_page_stays(phone: Page, address: str) -> None:
    figure = open_figure(phone, address, SQUARE, "follow")
    point = figure.locator(".lossviz-points circle").nth(4)
    centre(point)
    x, y = middle(point)
    scrolled = phone.evaluate("scrollY")
    assert not touch(phone, (x, y), (0, -60))
    assert middle(point) == pytest.approx((x, y - 60), abs=3)
    assert [index for index, *_ in trait_of(figure, "_moved")] == [4]
    assert phone.evaluate("scrollY") == scrolled


def test_the_reader_chooses_the_loss(tab: Page, address: str) -> None:
    figure = open_figure(tab, address, SQUARE, "follow")
    select = figure.get_by_role("combobox")
    for loss in (mae, huber, mse):
        select.select_option(loss.name)
        expect(figure.locator(".lossviz-name").first).to_have_text(f"score ({loss.title})")
    assert "NaN" not in figure.inner_html()


def test_squares_are_square(tab: Page, address: str) -> None:
    figure = open_figure(tab, address, SQUARE, "squares")
    sides = figure.locator(".lossviz-squares").evaluate(
        """path => [...path.getAttribute("d").matchAll(/M[^,]+,([^V]+)V([^h]+)h([^V]+)V/g)]
          .map(([, top, bottom, across]) => [Math.abs(top - bottom), Math.abs(across)])"""
    )
    assert len(sides) == 5
    for up, across in sides:
        assert across == pytest.approx(up, abs=0.11)
