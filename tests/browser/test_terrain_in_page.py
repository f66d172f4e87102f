"""Terrain in the page, as its reader uses it: every number it shows is NumPy's."""

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from lossviz import Terrain, pca_directions, slice_plane
from lossviz.descent import descend
from lossviz.landscape import Landscape
from lossviz.text import short, three_digits
from tests.browser import figures
from tests.browser.figures import (
    PageOf,
    box_of,
    centre,
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

KEYS = (
    "starts", "steps", "rate", "optimiser", "momentum", "noise", "speed", "basins", "azimuth", "elevation",
    "walk_step",
)  # fmt: skip


def valleys() -> Terrain:
    land = Landscape.of(lambda x, y: (x**2 - 1) ** 2 + y**2 + x / 10, x=(-1.5, 1.5), y=(-1, 1), size=61)
    return Terrain(
        land, name="valleys", starts=[(-0.3, 0.5), (0.4, -0.7)], rate=0.05, basins=False, noise_most=2
    )


def saddle() -> Terrain:
    land = Landscape.of(lambda x, y: x**2 - y**2, x=(-1, 1), y=(-1, 1), names=("weight", "bias"))
    return Terrain(land, name="saddle", starts=[(0.5, 0)], rate=0.05, surface=False)


def plane() -> Terrain:
    curves = np.array([1, 3, 6])

    def loss(p: np.ndarray) -> float:
        return float(curves @ p**2 / 2)

    path = pca_directions(descend(loss, lambda p: curves * p, [2, -1.5, 1], rate=0.1, steps=20))
    land = slice_plane(loss, path.centre, path.directions, span=path.span(), progress=False)
    return Terrain(land, name="plane", walk=path)


MADE = {"valleys": valleys, "saddle": saddle, "plane": plane}


def open_figure(tab: Page, page_of: PageOf, name: str) -> Locator:
    return open_alone(tab, page_of, MADE[name]())


def twin_of(figure: Locator) -> Terrain:
    """The figure as Python makes it, in the state of the page."""
    twin = MADE[figure.get_attribute("data-name") or ""]()
    twin.set_state(state_of(figure, *KEYS))
    return twin


def expect_twin(figure: Locator) -> Terrain:
    """Expect that every number the page shows is Python's."""
    twin = twin_of(figure)
    for words in (".lossviz-spoken", ".lossviz-live"):  # for the eye, and for the ear
        expect(figure.locator(words)).to_have_text(twin.describe())
    rows = figure.locator(".lossviz-ball-row").all()
    assert len(rows) == len(twin.starts)
    for row, path in zip(rows, twin.paths, strict=True):
        score, why, slope, steps, _ = row.locator("output").all_text_contents()
        assert score == three_digits(path.losses[-1])
        assert f", {why}." in twin.describe()
        assert (slope, steps) == (three_digits(path.gradient_norms[-1]), short(path.steps))
    assert "NaN" not in figure.inner_html()
    return twin


def start(figure: Locator, ball: int) -> Locator:
    return figure.locator(".lossviz-start").nth(ball)


def place_of(figure: Locator, x: float, y: float) -> tuple[float, float]:
    """Where a place of the map lies in the window, by the ticks of both axes."""
    return tuple(
        figure.locator(".lossviz-map").evaluate(
            """(map, wanted) => ["x", "y"].map((axis, i) => {
              const ticks = [...map.querySelectorAll(`.lossviz-axis-${axis} .tick`)].map(tick => {
                const line = tick.querySelector("line").getBoundingClientRect();
                const at = axis === "x" ? line.x + line.width / 2 : line.y + line.height / 2;
                return [Number(tick.textContent.replace("−", "-")), at];
              });
              const [[low, from], [high, to]] = [ticks[0], ticks.at(-1)];
              return from + (wanted[i] - low) / (high - low) * (to - from);
            })""",
            [x, y],
        )
    )


def drag_to(thing: Locator, there: tuple[float, float]) -> None:
    """Drag something to a place in the window."""
    here = middle(thing)
    figures.drag(thing, there[0] - here[0], there[1] - here[1])


def way_of(figure: Locator, ball: int = 0) -> str:
    return figure.locator(".lossviz-map .lossviz-way-line").nth(ball).get_attribute("d") or ""


def choose(figure: Locator, label: str, key: str, times: int = 1) -> None:
    slider = figure.locator(".lossviz-slider").filter(has_text=label).get_by_role("slider")
    for _ in range(times):
        slider.press(key)
    drawn(figure)


def test_a_press_brings_the_start_and_a_drag_takes_it_along(tab: Page, page_of: PageOf) -> None:
    figure = open_figure(tab, page_of, "valleys")
    expect_twin(figure)
    figure.page.mouse.click(*place_of(figure, 1.2, 0.3))  # near to no ball: the first is the chosen one
    assert trait_of(figure, "starts") == [pytest.approx([1.2, 0.3], abs=0.01), [0.4, -0.7]]
    drag_to(grip(start(figure, 1)), place_of(figure, -0.5, -0.5))
    assert trait_of(figure, "starts")[1] == pytest.approx([-0.5, -0.5], abs=0.01)
    figure.page.mouse.click(*place_of(figure, 0.2, 0.9))  # the second is the chosen one now
    assert trait_of(figure, "starts")[1] == pytest.approx([0.2, 0.9], abs=0.01)
    expect_twin(figure)
    drag_to(grip(start(figure, 1)), (10, 10))  # it stays on the map
    assert trait_of(figure, "starts")[1] == [-1.5, 1]
    expect_twin(figure)


def test_arrow_keys_move_the_start_that_has_the_focus(tab: Page, page_of: PageOf) -> None:
    figure = open_figure(tab, page_of, "valleys")
    start(figure, 1).press("ArrowRight")
    start(figure, 1).press("ArrowUp")
    x, y = trait_of(figure, "starts")[1]
    assert (x, y) == (pytest.approx(0.42), pytest.approx(-0.68))
    assert trait_of(figure, "starts")[0] == [-0.3, 0.5]
    start(figure, 0).press("End")
    assert trait_of(figure, "starts")[0] == [1.5, 0.5]
    twin = expect_twin(figure)
    assert start(figure, 1).get_attribute("aria-label") == "start of ball 2"
    said = f"x {short(x)}, y {short(y)}, loss {short(twin.paths[1].losses[0])}".replace("-", "−")
    assert start(figure, 1).get_attribute("aria-valuetext") == said


def test_a_roll_ends_in_the_valleys_and_begins_anew(still: Page, page_of: PageOf) -> None:
    figure = open_figure(still, page_of, "valleys")
    press(figure, "Step")
    assert expect_twin(figure).steps == 1
    press(figure, "Roll")  # at once, as nothing may move
    twin = expect_twin(figure)
    assert [path.end for path in twin.paths] == ["rest", "rest"]
    assert [point and round(point.x) for point in twin.reached] == [-1, 1]
    assert twin.steps == max(path.steps for path in twin.paths)  # there the clock stopped
    expect(figure.get_by_role("button", name="Step")).to_have_attribute("aria-disabled", "true")
    press(figure, "Roll")
    assert expect_twin(figure).steps == twin.steps
    press(figure, "Back to start")
    assert expect_twin(figure).steps == 0
    assert way_of(figure) == ""


def test_a_roll_can_be_watched_paused_and_hurried(tab: Page, page_of: PageOf) -> None:
    figure = open_figure(tab, page_of, "valleys")
    before = figure.locator(".lossviz-live").text_content()
    watch_steps(figure)
    press(figure, "Roll")
    wait_for_steps(figure, 3)
    press(figure, "Pause")
    paused = expect_twin(figure).steps
    assert figure.locator(".lossviz-live").text_content() != before
    drawn(figure, 30)
    assert trait_of(figure, "steps") == paused
    assert set(leaps(figure)) == {1}  # ten a second: no frame takes two
    choose(figure, "speed", "End")
    press(figure, "Roll")
    expect(figure.get_by_role("button", name="Roll")).to_be_visible()  # at rest it stops by itself
    assert max(leaps(figure)) > 1
    assert [path.end for path in expect_twin(figure).paths] == ["rest", "rest"]


def test_a_setting_changes_the_whole_way(still: Page, page_of: PageOf) -> None:
    figure = open_figure(still, page_of, "valleys")
    for _ in range(3):
        press(figure, "Step")
    seen = {way_of(figure)}
    choose(figure, "learning rate", "PageUp")
    seen.add(way_of(figure))
    assert expect_twin(figure).rate == 0.16
    momentum = figure.locator(".lossviz-slider").filter(has_text="momentum")
    expect(momentum).to_be_hidden()
    for optimiser in ("momentum", "rmsprop", "adam"):
        figure.get_by_role("combobox").select_option(optimiser)
        drawn(figure)
        seen.add(way_of(figure))
        assert expect_twin(figure).optimiser == optimiser
        expect(momentum).to_be_visible(visible=optimiser == "momentum")
    choose(figure, "noise", "PageUp")
    seen.add(way_of(figure))
    assert expect_twin(figure).noise == pytest.approx(0.2)
    assert trait_of(figure, "steps") == 3
    assert len(seen) == 6


def test_a_ball_on_the_ridge_rests_on_the_saddle_and_beside_it_leaves(still: Page, page_of: PageOf) -> None:
    figure = open_figure(still, page_of, "saddle")
    expect(figure.locator("canvas")).to_have_count(0)
    press(figure, "Roll")
    assert expect_twin(figure).describe().endswith("at rest on a saddle.")
    start(figure, 0).press("ArrowUp")  # the whole way goes elsewhere
    assert expect_twin(figure).describe().endswith("stopped at the edge.")
    assert "bias 1:" in twin_of(figure).describe()


def test_basins_come_and_go_and_follow_the_settings(tab: Page, page_of: PageOf) -> None:
    figure = open_figure(tab, page_of, "valleys")
    figure.get_by_role("combobox").select_option("gradient descent")
    press(figure, "Basins")
    expect(figure.locator(".lossviz-spoken")).to_contain_text("Of all starts")
    first = expect_twin(figure)
    assert first.basins
    assert first.describe().split("Of all starts")[1].count("reach minimum") == 2
    expect(figure.locator(".lossviz-basin")).to_have_count(2)
    expect(figure.locator(".lossviz-key")).to_contain_text("reach minimum A")
    fills = [path.get_attribute("fill") for path in figure.locator(".lossviz-basin").all()]
    assert len(set(fills)) == 2  # told apart by their hatching, too
    choose(figure, "learning rate", "End")
    expect(figure.locator(".lossviz-spoken")).to_contain_text("leave the map")
    expect_twin(figure)
    press(figure, "Basins")
    expect(figure.locator(".lossviz-basin")).to_have_count(0)
    expect_twin(figure)


def test_the_surface_turns_by_keys_and_by_hand_and_the_figure_knows(tab: Page, page_of: PageOf) -> None:
    figure = open_figure(tab, page_of, "valleys")
    surface = figure.locator("canvas")
    surface.press("ArrowRight")
    surface.press("ArrowUp")
    assert state_of(figure, "azimuth", "elevation") == {"azimuth": -125, "elevation": 40}
    figures.drag(surface, 40, 0)
    assert trait_of(figure, "azimuth") != -125


def test_a_path_is_told_step_by_step(tab: Page, page_of: PageOf) -> None:
    figure = open_figure(tab, page_of, "plane")
    twin = expect_twin(figure)
    assert twin.walk_step == 20
    expect(figure.get_by_role("button", name="Roll")).to_have_count(0)  # there is nothing to roll
    choose(figure, "step", "ArrowLeft", times=18)
    twin = expect_twin(figure)
    assert twin.walk_step == 2
    told = figure.locator(".lossviz-readout > span output").all_text_contents()
    foot = float(twin.landscape.value_at(twin.walk.places[2]))
    assert told == [three_digits(number) for number in (twin.walk.losses[2], foot, twin.walk.distances[2])]
    assert middle(figure.locator(".lossviz-point")) == pytest.approx(
        place_of(figure, *twin.walk.places[2]), abs=1.5
    )


def test_it_fits_every_width_and_stacks_where_it_is_narrow(tab: Page, page_of: PageOf) -> None:
    figure = open_figure(tab, page_of, "valleys")
    for width, beside in ((360, False), (620, False), (1600, True)):
        resize(figure, width, 1000)
        assert figure.evaluate("figure => figure.scrollWidth <= figure.clientWidth + 1")
        left, _, map_width, map_height = box_of(figure.locator(".lossviz-map"))
        surface_left, _, _, surface_height = box_of(figure.locator("canvas"))
        assert (surface_left > left + map_width - 1) == beside
        assert abs(map_height - surface_height) <= 1
        figure.page.mouse.click(*place_of(figure, 0.5, 0.5))
        assert trait_of(figure, "starts")[0] == pytest.approx([0.5, 0.5], abs=0.02)


def test_a_finger_drags_a_start_taps_the_map_and_scrolls_over_it(phone: Page, page_of: PageOf) -> None:
    figure = open_figure(phone, page_of, "valleys")
    centre(figure.locator(".lossviz-map"))
    scrolled = phone.evaluate("scrollY")
    x, y = place_of(figure, -0.5, -0.3)
    here = middle(grip(start(figure, 0)))
    assert not touch(phone, here, (x - here[0], y - here[1]))
    assert phone.evaluate("scrollY") == scrolled
    assert trait_of(figure, "starts")[0] == pytest.approx([-0.5, -0.3], abs=0.03)
    phone.touchscreen.tap(*place_of(figure, 1.2, 0.5))
    assert trait_of(figure, "starts")[0] == pytest.approx([1.2, 0.5], abs=0.03)
    expect_twin(figure)
    before = trait_of(figure, "starts")
    assert touch(phone, place_of(figure, -1.2, 0.6), (0, -100))
    assert phone.evaluate("scrollY") > scrolled + 50
    assert trait_of(figure, "starts") == before


@pytest.mark.chromium_only
def test_axe_finds_no_violation(tab: Page, page_of: PageOf) -> None:
    figure = open_figure(tab, page_of, "valleys")
    press(figure, "Basins")
    expect(figure.locator(".lossviz-spoken")).to_contain_text("Of all starts")
    assert violations(tab) == []
