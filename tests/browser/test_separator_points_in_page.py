"""The points of Separator in the page: added, and moved by mouse, finger and keys."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.figures import box_of, centre, drawn, press, touch, trait_of
from tests.browser.separators import drag, expect_twin, handle, open_separator


def place_of(figure: Locator, x1: float, x2: float) -> tuple[float, float]:
    """Where a place lies in the window, by the ticks of both axes."""
    return tuple(
        figure.evaluate(
            """(figure, wanted) => ["x", "y"].map((axis, i) => {
              const ticks = [...figure.querySelectorAll(`.lossviz-axis-${axis} .tick`)].map(tick => {
                const line = tick.querySelector("line").getBoundingClientRect();
                const at = axis === "x" ? line.x + line.width / 2 : line.y + line.height / 2;
                return [Number(tick.textContent.replace("−", "-")), at];
              });
              const [[low, from], [high, to]] = [ticks[0], ticks.at(-1)];
              return from + (wanted[i] - low) / (high - low) * (to - from);
            })""",
            [x1, x2],
        )
    )


@pytest.mark.chromium_only
def test_an_outlier_can_be_added_and_dragged(tab: Page, address: str) -> None:
    figure = open_separator(tab, address)
    before = expect_twin(figure)
    press(figure, "Add an outlier")
    after = expect_twin(figure)
    assert len(after.x) == len(before.x) + 1
    assert [*after.x[-1], after.actual[-1]] == trait_of(figure, "outlier")
    # A second would hide behind the first, until that is dragged away.
    button = figure.get_by_role("button", name="Add an outlier")
    expect(button).to_have_attribute("aria-disabled", "true")
    button.click(force=True)
    assert len(expect_twin(figure).x) == len(after.x)
    x, y = place_of(figure, *after.x[-1])
    mouse = tab.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + 15, y - 15)
    mouse.move(x + 30, y - 30)
    mouse.up()
    ((index, x1, x2),) = trait_of(figure, "_moved")
    assert index == len(before.x)
    assert x1 > after.x[-1, 0]
    assert x2 > after.x[-1, 1]
    expect_twin(figure)
    press(figure, "Add an outlier")
    assert len(expect_twin(figure).x) == len(after.x) + 1


def test_a_finger_drags_a_point_down_and_beside_the_points_it_scrolls(phone: Page, served: str) -> None:
    figure = open_separator(phone, served)
    press(figure, "Add an outlier")
    drawing = figure.locator(".lossviz-drawing")
    centre(drawing)
    x1, x2, _ = trait_of(figure, "outlier")
    x, y = place_of(figure, x1, x2)
    scrolled = phone.evaluate("scrollY")
    assert not touch(phone, (x, y), (0, 80))
    assert phone.evaluate("scrollY") == scrolled
    ((_, to_x1, to_x2),) = trait_of(figure, "_moved")
    assert place_of(figure, to_x1, to_x2) == pytest.approx((x, y + 80), abs=1)
    expect_twin(figure)
    left, top, width, height = box_of(drawing.locator("> svg"))
    assert touch(phone, (left + width - 40, top + height - 20), (0, -100))
    assert phone.evaluate("scrollY") > scrolled + 50
    assert len(trait_of(figure, "_moved")) == 1


def test_the_ring_of_a_point_shows_while_keys_or_hands_are_on_it(tab: Page, served: str) -> None:
    figure = open_separator(tab, served)
    grip, hint = figure.locator(".lossviz-grip"), figure.locator(".lossviz-hint")
    ring = grip.locator(".lossviz-ring")
    expect(ring).to_have_css("visibility", "hidden")
    handle(figure, "move the line").focus()
    tab.keyboard.press("Tab")
    expect(grip).to_be_focused()
    expect(ring).to_have_css("visibility", "visible")
    expect(hint).to_have_css("visibility", "visible")
    expect(grip).to_have_accessible_description(
        "Arrow keys move the point. Page Up, Page Down: another point."
    )
    seen = {grip.get_attribute("aria-label")}
    for key in ("PageDown", "PageDown", "PageUp"):
        tab.keyboard.press(key)
        drawn(figure)
        seen.add(grip.get_attribute("aria-label"))
    assert len(seen) == 3
    drag(grip, 20, 0)
    expect(ring).to_have_css("visibility", "visible")
    expect(hint).to_have_css("visibility", "hidden")
    press(figure, "Step")
    expect(ring).to_have_css("visibility", "hidden")
