"""Terrain in the page, as its reader uses it: every number it shows is NumPy's."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from playwright.sync_api import Browser, BrowserContext, Locator, expect

from lossviz import Terrain
from lossviz.text import short, three_digits

FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
KEYS = (
    "starts", "steps", "rate", "optimiser", "momentum", "noise", "speed", "basins", "azimuth", "elevation",
    "walk_step",
)  # fmt: skip
CONFIG = """
title: Terrains
execute: {execute_notebooks: force}
sphinx:
  extra_extensions: [lossviz.sphinxext, sphinx-mathjax-offline]
"""
FIGURES = {
    "valleys": """
from lossviz import Terrain
from lossviz.landscape import Landscape
land = Landscape.of(lambda x, y: (x**2 - 1) ** 2 + y**2 + x / 10, x=(-1.5, 1.5), y=(-1, 1), size=61)
figure = Terrain(land, name="valleys", starts=[(-0.3, 0.5), (0.4, -0.7)], rate=0.05, basins=False,
    noise_most=2)
""",
    "saddle": """
from lossviz import Terrain
from lossviz.landscape import Landscape
land = Landscape.of(lambda x, y: x**2 - y**2, x=(-1, 1), y=(-1, 1), names=("weight", "bias"))
figure = Terrain(land, name="saddle", starts=[(0.5, 0)], rate=0.05, surface=False)
""",
    "plane": """
import numpy as np
from lossviz import Terrain, pca_directions, slice_plane
from lossviz.descent import descend
curves = np.array([1, 3, 6])
def loss(p): return float(curves @ p**2 / 2)
path = pca_directions(descend(loss, lambda p: curves * p, [2, -1.5, 1], rate=0.1, steps=20))
land = slice_plane(loss, path.centre, path.directions, span=path.span(), progress=False)
figure = Terrain(land, name="plane", walk=path)
""",
}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Address of a page with the figures, on the disk."""
    root = tmp_path_factory.mktemp("terrains")
    cells = [
        new_markdown_cell("# Terrains"),
        *(new_code_cell(f"{source}figure") for source in FIGURES.values()),
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    nbformat.write(new_notebook(cells=cells, metadata=kernel), root / "terrains.ipynb")
    (root / "_config.yml").write_text(CONFIG)
    (root / "_toc.yml").write_text("format: jb-book\nroot: terrains\n")
    command = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build", str(root)]
    done = subprocess.run([*command, "-W", "-n", "--keep-going"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return (root / "_build" / "html" / "terrains.html").as_uri()


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


def open_figure(context: BrowserContext, page: str, name: str) -> Locator:
    tab = context.new_page()
    tab.goto(page)
    tab.evaluate("anywidgetHost.ready")
    figure = tab.locator(f'.lossviz[data-name="{name}"]')
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
        list(KEYS),
    )


def twin_of(figure: Locator) -> Terrain:
    """The figure as Python makes it, in the state of the page."""
    made: dict[str, Any] = {}
    exec(FIGURES[str(figure.get_attribute("data-name"))], made)
    twin: Terrain = made["figure"]
    twin.set_state(state_of(figure))
    return twin


def expect_twin(figure: Locator) -> Terrain:
    """Expect that every number the page shows is Python's."""
    twin = twin_of(figure)
    for words in (".lossviz-spoken", ".lossviz-live"):  # for the eye, and for the ear
        expect(figure.locator(words)).to_have_text(twin.describe(), timeout=15_000)
    rows = figure.locator(".lossviz-ball-row").all()
    assert len(rows) == len(twin.starts)
    for row, path in zip(rows, twin.paths, strict=True):
        score, why, slope, steps, _ = row.locator("output").all_text_contents()
        assert score == three_digits(path.losses[-1])
        assert f", {why}." in twin.describe()
        assert (slope, steps) == (three_digits(path.gradient_norms[-1]), short(path.steps))
    assert "NaN" not in figure.inner_html()
    return twin


def press(figure: Locator, button: str) -> None:
    figure.get_by_role("button", name=button, exact=True).click()
    figure.evaluate(FRAMES)


def start(figure: Locator, ball: int) -> Locator:
    return figure.locator(".lossviz-start").nth(ball)


def middle(thing: Locator) -> tuple[float, float]:
    box = thing.locator(".lossviz-target").bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 32
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


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


def drag(figure: Locator, here: tuple[float, float], there: tuple[float, float]) -> None:
    mouse = figure.page.mouse
    mouse.move(*here)
    mouse.down()
    mouse.move((here[0] + there[0]) / 2, (here[1] + there[1]) / 2)
    mouse.move(*there)
    mouse.up()
    figure.evaluate(FRAMES)


def way_of(figure: Locator, ball: int = 0) -> str:
    return figure.locator(".lossviz-map .lossviz-way-line").nth(ball).get_attribute("d") or ""


def choose(figure: Locator, label: str, key: str, times: int = 1) -> None:
    slider = figure.locator(".lossviz-slider").filter(has_text=label).get_by_role("slider")
    for _ in range(times):
        slider.press(key)
    figure.evaluate(FRAMES)


def test_a_press_brings_the_start_and_a_drag_takes_it_along(context: BrowserContext, page: str) -> None:
    figure = open_figure(context, page, "valleys")
    expect_twin(figure)
    figure.page.mouse.click(*place_of(figure, 1.2, 0.3))  # near to no ball: the first is the chosen one
    assert state_of(figure)["starts"] == [pytest.approx([1.2, 0.3], abs=0.01), [0.4, -0.7]]
    drag(figure, middle(start(figure, 1)), place_of(figure, -0.5, -0.5))
    assert state_of(figure)["starts"][1] == pytest.approx([-0.5, -0.5], abs=0.01)
    figure.page.mouse.click(*place_of(figure, 0.2, 0.9))  # the second is the chosen one now
    assert state_of(figure)["starts"][1] == pytest.approx([0.2, 0.9], abs=0.01)
    expect_twin(figure)
    drag(figure, middle(start(figure, 1)), (10, 10))  # it stays on the map
    assert state_of(figure)["starts"][1] == [-1.5, 1]
    expect_twin(figure)


def test_arrow_keys_move_the_start_that_has_the_focus(context: BrowserContext, page: str) -> None:
    figure = open_figure(context, page, "valleys")
    start(figure, 1).press("ArrowRight")
    start(figure, 1).press("ArrowUp")
    x, y = state_of(figure)["starts"][1]
    assert (x, y) == (pytest.approx(0.42), pytest.approx(-0.68))
    assert state_of(figure)["starts"][0] == [-0.3, 0.5]
    start(figure, 0).press("End")
    assert state_of(figure)["starts"][0] == [1.5, 0.5]
    twin = expect_twin(figure)
    assert start(figure, 1).get_attribute("aria-label") == "start of ball 2"
    said = f"x {short(x)}, y {short(y)}, loss {short(twin.paths[1].losses[0])}".replace("-", "−")
    assert start(figure, 1).get_attribute("aria-valuetext") == said


def test_a_roll_ends_in_the_valleys_and_begins_anew(still: BrowserContext, page: str) -> None:
    figure = open_figure(still, page, "valleys")
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


def test_a_roll_can_be_watched_paused_and_hurried(context: BrowserContext, page: str) -> None:
    figure = open_figure(context, page, "valleys")
    before = figure.locator(".lossviz-live").text_content()
    press(figure, "Roll")
    expect(figure.get_by_role("button", name="Pause")).to_be_visible()
    figure.page.wait_for_timeout(700)
    assert 2 <= state_of(figure)["steps"] <= 15
    press(figure, "Pause")
    paused = expect_twin(figure).steps
    assert figure.locator(".lossviz-live").text_content() != before
    figure.page.wait_for_timeout(300)
    assert state_of(figure)["steps"] == paused
    choose(figure, "speed", "End")
    press(figure, "Roll")
    expect(figure.get_by_role("button", name="Roll")).to_be_visible(
        timeout=20_000
    )  # at rest it stops by itself
    assert [path.end for path in expect_twin(figure).paths] == ["rest", "rest"]


def test_a_setting_changes_the_whole_way(still: BrowserContext, page: str) -> None:
    figure = open_figure(still, page, "valleys")
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
        figure.evaluate(FRAMES)
        seen.add(way_of(figure))
        assert expect_twin(figure).optimiser == optimiser
        expect(momentum).to_be_visible(visible=optimiser == "momentum")
    choose(figure, "noise", "PageUp")
    seen.add(way_of(figure))
    assert expect_twin(figure).noise == pytest.approx(0.2)
    assert state_of(figure)["steps"] == 3
    assert len(seen) == 6


def test_a_ball_on_the_ridge_rests_on_the_saddle_and_beside_it_leaves(
    still: BrowserContext, page: str
) -> None:
    figure = open_figure(still, page, "saddle")
    expect(figure.locator("canvas")).to_have_count(0)
    press(figure, "Roll")
    assert expect_twin(figure).describe().endswith("at rest on a saddle.")
    start(figure, 0).press("ArrowUp")  # the whole way goes elsewhere
    assert expect_twin(figure).describe().endswith("stopped at the edge.")
    assert "bias 1:" in twin_of(figure).describe()


def test_basins_come_and_go_and_follow_the_settings(context: BrowserContext, page: str) -> None:
    figure = open_figure(context, page, "valleys")
    figure.get_by_role("combobox").select_option("gradient descent")
    press(figure, "Basins")
    expect(figure.locator(".lossviz-spoken")).to_contain_text("Of all starts", timeout=20_000)
    first = expect_twin(figure)
    assert first.basins
    assert first.describe().split("Of all starts")[1].count("reach minimum") == 2
    expect(figure.locator(".lossviz-basin")).to_have_count(2)
    expect(figure.locator(".lossviz-key")).to_contain_text("reach minimum A")
    fills = [path.get_attribute("fill") for path in figure.locator(".lossviz-basin").all()]
    assert len(set(fills)) == 2  # told apart by their hatching, too
    choose(figure, "learning rate", "End")
    expect(figure.locator(".lossviz-spoken")).to_contain_text("leave the map", timeout=20_000)
    expect_twin(figure)
    press(figure, "Basins")
    expect(figure.locator(".lossviz-basin")).to_have_count(0)
    expect_twin(figure)


def test_the_surface_turns_by_keys_and_by_hand_and_the_figure_knows(
    context: BrowserContext, page: str
) -> None:
    figure = open_figure(context, page, "valleys")
    surface = figure.locator("canvas")
    surface.press("ArrowRight")
    surface.press("ArrowUp")
    state = state_of(figure)
    assert (state["azimuth"], state["elevation"]) == (-125, 40)
    box = surface.bounding_box()
    assert box
    here = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    drag(figure, here, (here[0] + 40, here[1]))
    assert state_of(figure)["azimuth"] != state["azimuth"]


def test_a_path_is_told_step_by_step(context: BrowserContext, page: str) -> None:
    figure = open_figure(context, page, "plane")
    twin = expect_twin(figure)
    assert twin.walk_step == 20
    expect(figure.get_by_role("button", name="Roll")).to_have_count(0)  # there is nothing to roll
    choose(figure, "step", "ArrowLeft", times=18)
    twin = expect_twin(figure)
    assert twin.walk_step == 2
    told = figure.locator(".lossviz-readout > span output").all_text_contents()
    foot = float(twin.landscape.value_at(twin.walk.places[2]))
    assert told == [three_digits(number) for number in (twin.walk.losses[2], foot, twin.walk.distances[2])]
    point = figure.locator(".lossviz-point").bounding_box()
    assert point
    centre = (point["x"] + point["width"] / 2, point["y"] + point["height"] / 2)
    assert centre == pytest.approx(place_of(figure, *twin.walk.places[2]), abs=1.5)


def test_it_fits_every_width_and_stacks_where_it_is_narrow(context: BrowserContext, page: str) -> None:
    figure = open_figure(context, page, "valleys")
    for width, beside in ((360, False), (620, False), (1600, True)):
        figure.page.set_viewport_size({"width": width, "height": 1000})
        figure.page.wait_for_timeout(300)
        assert figure.evaluate("figure => figure.scrollWidth <= figure.clientWidth + 1")
        map_, surface = (figure.locator(kind).bounding_box() for kind in (".lossviz-map", "canvas"))
        assert map_
        assert surface
        assert (surface["x"] > map_["x"] + map_["width"] - 1) == beside
        assert abs(map_["height"] - surface["height"]) <= 1
        figure.page.mouse.click(*place_of(figure, 0.5, 0.5))
        assert state_of(figure)["starts"][0] == pytest.approx([0.5, 0.5], abs=0.02)


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


def test_a_finger_drags_a_start_taps_the_map_and_scrolls_over_it(browser: Browser, page: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    figure = open_figure(context, page, "valleys")
    figure.locator(".lossviz-map").evaluate(
        "it => it.scrollIntoView({ block: 'center', behavior: 'instant' })"
    )
    figure.page.wait_for_timeout(200)
    scrolled = figure.page.evaluate("scrollY")
    to = place_of(figure, -0.5, -0.3)
    here = middle(start(figure, 0))
    touch(figure, *here, (to[0] - here[0], to[1] - here[1]))
    assert figure.page.evaluate("scrollY") == scrolled
    assert state_of(figure)["starts"][0] == pytest.approx([-0.5, -0.3], abs=0.03)
    figure.page.touchscreen.tap(*place_of(figure, 1.2, 0.5))
    assert state_of(figure)["starts"][0] == pytest.approx([1.2, 0.5], abs=0.03)
    expect_twin(figure)
    before = state_of(figure)["starts"]
    touch(figure, *place_of(figure, -1.2, 0.6), (0, -100))
    assert figure.page.evaluate("scrollY") > scrolled + 50
    assert state_of(figure)["starts"] == before
    context.close()


def test_axe_finds_no_violation(context: BrowserContext, page: str) -> None:
    figure = open_figure(context, page, "valleys")
    press(figure, "Basins")
    expect(figure.locator(".lossviz-spoken")).to_contain_text("Of all starts", timeout=20_000)
    axe = Path(__file__).parents[2] / "js" / "node_modules" / "axe-core" / "axe.min.js"
    figure.page.add_script_tag(path=axe)
    found = figure.page.evaluate("axe.run({ include: ['.lossviz'] })")
    assert json.dumps([each["nodes"] for each in found["violations"]]) == "[]"
    assert found["passes"]
