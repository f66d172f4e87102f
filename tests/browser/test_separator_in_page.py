"""Separator in the page, as its reader uses it: every number it shows is NumPy's."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, expect

from lossviz import Separator, hinge, logistic, penguins, squared_hinge
from lossviz.text import short, three_digits

PAGE, NAME = "04-hinge", "separator"
FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
KEYS = ("weights", "bias", "steps", "penalty", "rate", "loss", "outlier", "_moved", "_added", "_removed")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    yield context
    context.close()


@pytest.fixture
def still(browser: Browser) -> Iterator[BrowserContext]:
    """A reader who wants nothing to move."""
    context = browser.new_context(viewport={"width": 1280, "height": 1000}, reduced_motion="reduce")
    yield context
    context.close()


def open_figure(context: BrowserContext, address: str) -> Locator:
    tab = context.new_page()
    tab.goto(f"{address}/chapters/{PAGE}.html")
    tab.evaluate("anywidgetHost.ready")
    tab.evaluate("globalThis.MathJax?.startup.promise")  # formulas that are still to be drawn move the page
    figure = tab.locator(f'.lossviz[data-name="{NAME}"]')
    figure.scroll_into_view_if_needed()
    figure.evaluate(FRAMES)
    return figure


def state_of(figure: Locator) -> dict[str, Any]:
    """What Python would get back."""
    figure.evaluate(FRAMES)
    return figure.evaluate(
        """(figure, keys) => {
          const name = figure.dataset.name;
          const model = [...anywidgetHost.models.values()].find(model => model.get("name") === name);
          return Object.fromEntries(keys.map(key => [key, model.get(key)]));
        }""",
        [*KEYS, "_texts", "_start"],
    )


def twin_of(figure: Locator) -> Separator:
    """The figure as Python makes it, in the state of the page."""
    complete = penguins().complete("bill_length_mm", "bill_depth_mm")
    two = np.isin(complete.species, ["Adelie", "Chinstrap"])
    x = np.column_stack([complete.bill_length_mm, complete.bill_depth_mm])[two]
    state = state_of(figure)
    texts, (*weights, bias) = state["_texts"], state["_start"]
    twin = Separator(
        (x - x.mean(axis=0)) / x.std(axis=0),
        np.where(complete.species[two] == "Chinstrap", 1, -1),
        hinge, squared_hinge, logistic,
        name=NAME,
        x_labels=(texts["x1"], texts["x2"]),
        class_names=(texts["minus"], texts["plus"]),
        weights=(weights[0], weights[1]),
        bias=bias,
        penalty=state["penalty"],
        rate=state["rate"],
        outlier=state["outlier"],
    )  # fmt: skip
    twin.set_state({key: state[key] for key in KEYS if key not in ("outlier", "penalty", "rate")})
    return twin


def expect_twin(figure: Locator) -> Separator:
    """Expect that every number the page shows is Python's."""
    twin = twin_of(figure)
    for words in (".lossviz-spoken", ".lossviz-live"):  # for the eye, and for the ear
        expect(figure.locator(words)).to_have_text(twin.describe())
    outputs = figure.locator(".lossviz-reading output")
    score, matter, wrong, _, objective, steps = outputs.all_text_contents()
    assert score == three_digits(twin.score)
    assert matter == f"{short(twin.matter)} of {short(len(twin.x))}"
    assert (wrong, objective, steps) == (
        short(twin.wrong), three_digits(twin.objective), short(twin.steps)
    )  # fmt: skip
    assert "NaN" not in figure.inner_html()
    return twin


def handle(figure: Locator, name: str) -> Locator:
    return figure.locator(f'.lossviz-handle[aria-label="{name}"]')


def middle(thing: Locator) -> tuple[float, float]:
    box = thing.locator(".lossviz-target").bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 32
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(thing: Locator, x: float, y: float) -> None:
    start = middle(thing)
    mouse = thing.page.mouse
    mouse.move(*start)
    mouse.down()
    mouse.move(start[0] + x / 2, start[1] + y / 2)
    mouse.move(start[0] + x, start[1] + y)
    mouse.up()
    thing.page.evaluate(FRAMES)


def press(figure: Locator, button: str) -> None:
    figure.get_by_role("button", name=button).click()
    figure.evaluate(FRAMES)


def test_moving_turning_and_widening_change_what_they_say(context: BrowserContext, address: str) -> None:
    figure = open_figure(context, address)
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


def test_keys_move_what_the_mouse_moves(context: BrowserContext, address: str) -> None:
    figure = open_figure(context, address)
    for name, label in [
        ("move the line", "move"),
        ("turn the line", "turn"),
        ("width of the band", "band"),
    ]:
        before = state_of(figure)
        handle(figure, name).press("ArrowUp")
        after = expect_twin(figure)
        assert (list(after.weights), after.bias) != (before["weights"], before["bias"])
        spoken = figure.locator(".lossviz-slider").get_by_label(label).get_attribute("aria-valuetext")
        assert handle(figure, name).get_attribute("aria-valuetext") == spoken
    grip = figure.locator(".lossviz-grip")
    grip.press("ArrowRight")
    assert len(state_of(figure)["_moved"]) == 1
    grip.press("PageUp")
    grip.press("ArrowUp")
    assert len(state_of(figure)["_moved"]) == 2
    expect_twin(figure)
    press(figure, "Original points")
    assert state_of(figure)["_moved"] == []


def test_two_hundred_steps_are_numpys(still: BrowserContext, address: str) -> None:
    figure = open_figure(still, address)
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


def test_training_can_be_watched_paused_and_taken_up(context: BrowserContext, served: str) -> None:
    figure = open_figure(context, served)
    before = figure.locator(".lossviz-live").text_content()
    press(figure, "Train")
    expect(figure.get_by_role("button", name="Pause")).to_be_visible()
    figure.page.wait_for_timeout(600)
    assert figure.locator(".lossviz-live").text_content() == before  # the ear waits until it rests
    assert 5 <= state_of(figure)["steps"] <= 100
    press(figure, "Pause")
    paused = expect_twin(figure).steps
    figure.page.wait_for_timeout(200)
    assert state_of(figure)["steps"] == paused
    press(figure, "Train")
    figure.page.wait_for_timeout(200)
    assert state_of(figure)["steps"] > paused
    handle(figure, "move the line").press("ArrowUp")  # a hand on the line ends it
    expect(figure.get_by_role("button", name="Train")).to_be_visible()
    assert expect_twin(figure).steps == 0
    press(figure, "Line back to start")
    state = state_of(figure)
    assert [*state["weights"], state["bias"]] == state["_start"]


def test_without_its_silent_points_the_hinge_walks_the_same_way(still: BrowserContext, served: str) -> None:
    figure = open_figure(still, served)
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


def test_at_a_line_laid_by_hand_every_silent_point_goes(context: BrowserContext, served: str) -> None:
    figure = open_figure(context, served)
    whole = expect_twin(figure)
    press(figure, "Remove the silent points")
    part = expect_twin(figure)
    assert len(part.x) == part.matter == whole.matter < len(whole.x)
    button = figure.get_by_role("button", name="Remove the silent points")
    expect(button).to_have_attribute("aria-disabled", "true")
    figure.get_by_role("combobox").select_option("logistic")  # under which nobody is silent
    assert expect_twin(figure).matter == len(part.x)


def test_an_outlier_can_be_added_and_dragged(context: BrowserContext, address: str) -> None:
    figure = open_figure(context, address)
    before = expect_twin(figure)
    press(figure, "Add an outlier")
    after = expect_twin(figure)
    assert len(after.x) == len(before.x) + 1
    assert [*after.x[-1], after.actual[-1]] == state_of(figure)["outlier"]
    # A second would hide behind the first, until that is dragged away.
    button = figure.get_by_role("button", name="Add an outlier")
    expect(button).to_have_attribute("aria-disabled", "true")
    button.click(force=True)
    assert len(expect_twin(figure).x) == len(after.x)
    # Its place in pixels, from those of the line's handles, would need the axes: let the keys lead there.
    grip = figure.locator(".lossviz-grip")
    for _ in range(len(after.x)):
        if grip.get_attribute("aria-label") == f"point {len(after.x)} of {len(after.x)}":
            break
        grip.press("PageUp")
        figure.evaluate(FRAMES)
    drag(grip, 30, -30)
    ((index, x1, x2),) = state_of(figure)["_moved"]
    assert index == len(before.x)
    assert x1 > after.x[-1, 0]
    assert x2 > after.x[-1, 1]
    expect_twin(figure)
    press(figure, "Add an outlier")
    assert len(expect_twin(figure).x) == len(after.x) + 1


def test_silent_points_are_hollow_and_the_wrong_ones_crossed(context: BrowserContext, served: str) -> None:
    figure = open_figure(context, served)
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


def test_a_unit_is_as_long_up_as_across_at_every_width(context: BrowserContext, served: str) -> None:
    figure = open_figure(context, served)
    for width in (360, 700, 1280):
        figure.page.set_viewport_size({"width": width, "height": 1000})
        figure.page.wait_for_timeout(200)
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


def on_a_phone(browser: Browser, served: str) -> Locator:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    figure = open_figure(context, served)
    # Room below: at the end of a page a sentence that becomes a line shorter would move it.
    figure.page.evaluate("document.body.style.paddingBottom = '100vh'")
    figure.page.wait_for_timeout(300)
    figure.locator(".lossviz-drawing").evaluate("it => it.scrollIntoView({ block: 'center' })")
    return figure


def touch(figure: Locator, x: float, y: float, by: tuple[float, float]) -> None:
    """Move a finger in ten steps, with time enough for the page to scroll, if it would."""
    session = figure.page.context.new_cdp_session(figure.page)
    for step in range(11):
        point = {"x": x + by[0] * step / 10, "y": y + by[1] * step / 10}
        kind = "touchMove" if step else "touchStart"
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
        figure.page.wait_for_timeout(40)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    figure.evaluate(FRAMES)


def test_a_finger_turns_the_line_and_the_page_stays(browser: Browser, served: str) -> None:
    figure = on_a_phone(browser, served)
    before = state_of(figure)["weights"]
    x, y = middle(handle(figure, "turn the line"))
    scrolled = figure.page.evaluate("scrollY")
    touch(figure, x, y, (30, 30))
    assert figure.page.evaluate("scrollY") == scrolled
    assert state_of(figure)["weights"] != before
    expect_twin(figure)
    figure.page.context.close()


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


def test_a_finger_drags_a_point_down_and_beside_the_points_it_scrolls(browser: Browser, served: str) -> None:
    figure = on_a_phone(browser, served)
    press(figure, "Add an outlier")
    figure.locator(".lossviz-drawing").evaluate("it => it.scrollIntoView({ block: 'center' })")
    x1, x2, _ = state_of(figure)["outlier"]
    x, y = place_of(figure, x1, x2)
    scrolled = figure.page.evaluate("scrollY")
    touch(figure, x, y, (0, 80))
    assert figure.page.evaluate("scrollY") == scrolled
    ((_, to_x1, to_x2),) = state_of(figure)["_moved"]
    assert place_of(figure, to_x1, to_x2) == pytest.approx((x, y + 80), abs=1)
    expect_twin(figure)
    frame = figure.locator(".lossviz-drawing > svg").bounding_box()
    assert frame
    touch(figure, frame["x"] + frame["width"] - 40, frame["y"] + frame["height"] - 20, (0, -100))
    assert figure.page.evaluate("scrollY") > scrolled + 50
    assert len(state_of(figure)["_moved"]) == 1
    figure.page.context.close()


def test_the_ring_of_a_point_shows_while_keys_or_hands_are_on_it(
    context: BrowserContext, served: str
) -> None:
    figure = open_figure(context, served)
    grip, hint = figure.locator(".lossviz-grip"), figure.locator(".lossviz-hint")
    ring = grip.locator(".lossviz-ring")
    expect(ring).to_have_css("visibility", "hidden")
    handle(figure, "move the line").focus()
    figure.page.keyboard.press("Tab")
    expect(grip).to_be_focused()
    expect(ring).to_have_css("visibility", "visible")
    expect(hint).to_have_css("visibility", "visible")
    expect(grip).to_have_accessible_description(
        "Arrow keys move the point. Page Up, Page Down: another point."
    )
    seen = {grip.get_attribute("aria-label")}
    for key in ("PageDown", "PageDown", "PageUp"):
        figure.page.keyboard.press(key)
        figure.evaluate(FRAMES)
        seen.add(grip.get_attribute("aria-label"))
    assert len(seen) == 3
    drag(grip, 20, 0)
    expect(ring).to_have_css("visibility", "visible")
    expect(hint).to_have_css("visibility", "hidden")
    press(figure, "Step")
    expect(ring).to_have_css("visibility", "hidden")
