"""How much of a frame a figure takes while it moves: `make bench-frame`.

A real browser without a graphics card moves each figure for 300 frames: it drags a ring, a slider or a
landscape, clicks one answer after the other where there is nothing to drag, and lets Separator train.
Counted is the processor time of the page's main thread for the pointer's handlers, the drawing's script,
style, layout and painting, as the browser's own trace has it; a canvas puts off its work until it is looked
at, so one pixel is read after each frame. Left out is what other threads do to bring the finished picture to
the screen.

Beside it stands the time that matplotlib takes to draw the same states anew and to write them as PNG: what a
figure costs that is made again for each move of a slider, before it has travelled to the page.
"""

import io
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count, pairwise
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any, NamedTuple

import numpy as np
from matplotlib.figure import Figure as Picture
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from lossviz import (
    Choice,
    Chooser,
    ClassProbabilities,
    Landscape,
    LineFit,
    LossCurve,
    Question,
    Race,
    Result,
    Separator,
    Terrain,
    binary_cross_entropy,
    hinge,
    huber,
    logistic,
    mae,
    mse,
    penguins,
    squared_hinge,
)  # fmt: skip
from lossviz.examples import mountain_range
from lossviz.plots import DPI
from lossviz.widgets._base import Figure
from tools.chromium import CHROMIUM_FLAGS, find_chromium
from tools.page import write_page

FRAMES = 300
WARM_UP = 30  # more at the start, in which the browser still compiles; they do not count
STATES = 10  # that matplotlib draws
MEDIAN, HIGH, TIMES = 4, 8, 10  # the goals: ms, ms at the 95th percentile, times faster than matplotlib
WORK = {"EventDispatch", "FireAnimationFrame", "UpdateLayoutTree", "Layout", "PrePaint", "Paint", "Layerize"}

# Ends each frame with a mark, so that its work can be told from the next one's.
CLOCK = """
const frame = requestAnimationFrame.bind(window);
window.requestAnimationFrame = draw => frame(time => {
  draw(time);
  for (const canvas of document.querySelectorAll("canvas")) canvas.getContext("2d").getImageData(0, 0, 1, 1);
});
window.nextFrame = () => new Promise(done => frame(() => setTimeout(() => {
  performance.mark("end of a frame");
  done();
})));
"""

Act = Callable[[int], None]


class Move(NamedTuple):
    """A figure, what is moved in it, and how; `also` stands on the same page."""

    figure: Figure
    what: str
    begin: Callable[[Locator], Act]
    redrawn: Callable[[int], dict[str, Any]]
    also: tuple[Figure, ...] = ()


def drag(selector: str, across: float = 40, down: float = 40) -> Callable[[Locator], Act]:
    """Drag something to and fro, on an ellipse that is so many pixels wide and high to each side."""

    def begin(figure: Locator) -> Act:
        box = figure.locator(selector).first.bounding_box()
        assert box
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        mouse = figure.page.mouse
        mouse.move(x, y)
        mouse.down()
        return lambda step: mouse.move(x + across * np.sin(step / 10), y + down * np.sin(step / 7))

    return begin


def turn(figure: Locator) -> Act:
    """Turn a landscape, 2 degrees a frame."""
    box = figure.locator("canvas").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    mouse = figure.page.mouse
    mouse.move(x, y)
    mouse.down()
    return lambda step: mouse.move(x + 4 * step, y)


def click(*buttons: str) -> Callable[[Locator], Act]:
    """Click one of some controls after the other."""
    return lambda figure: lambda step: figure.page.locator(buttons[step % len(buttons)]).first.click()


def train(figure: Locator) -> Act:
    """Let the figure train, and only watch."""
    figure.get_by_role("button", name="Train").click()
    return lambda step: None


def birds() -> LineFit:
    """Return the penguins of chapter 1, and their landscape."""
    measured = penguins().complete("flipper_length_mm", "body_mass_g")
    flipper, mass = measured.flipper_length_mm / 10, measured.body_mass_g / 1000
    return LineFit(flipper - flipper.mean(), mass, mse, name="birds", weight=-0.2, bias=5, landscape=True)


def eight() -> LineFit:
    """Return the eight points of chapter 2, and the best lines of three losses."""
    y = [1.4, 2.1, 2.3, 3.2, 3.4, 4.1, 4.3, 12]
    return LineFit(
        range(1, 9), y, mse, mae, huber, name="eight", weight=0.5, bias=0.95,
        refit=True, movable=True, show_pulls=True, landscape=False,
    )  # fmt: skip


def cloud() -> LineFit:
    """Return more than the book asks of it: 350 points, and the best lines of three losses."""
    random = np.random.default_rng(0)
    x = random.uniform(-3, 3, 350)
    y = 0.5 * x + 4 + 0.4 * random.normal(size=350)
    y[::50] += 5
    return LineFit(x, y, mse, mae, huber, name="cloud", weight=0.3, bias=4, refit=True, movable=True)


def separator() -> Separator:
    """Return the bills of two species of penguins, with a slanted line."""
    birds = penguins().complete("bill_length_mm", "bill_depth_mm")
    two = birds.species != "Gentoo"
    bills = np.column_stack([birds.bill_length_mm, birds.bill_depth_mm])[two]
    actual = np.where(birds.species[two] == "Chinstrap", 1, -1)
    x = (bills - bills.mean(axis=0)) / bills.std(axis=0)
    return Separator(
        x, actual, hinge, squared_hinge, logistic, name="separator", weights=(1, -1), movable=True
    )


def terrain() -> Terrain:
    """Return a mountain range with three balls, all of them rolled for 200 steps."""
    land = Landscape.of(mountain_range, x=(-3, 3), y=(-3, 3))
    return Terrain(land, starts=[(-0.4, 0.9), (1, 2), (2, -1)], rate=0.02, steps=200, name="terrain")


def race() -> Race:
    """Return three losses on the same data, rolled for 200 steps."""
    losses = {"MSE": mse, "cross-entropy": binary_cross_entropy.from_logits, "hinge": hinge}
    return Race.of_lines(
        [-2.2, -1.5, -0.8, -0.3, 0.4, 0.9, 1.4, 2.3], [-1, -1, -1, 1, -1, 1, 1, 1], losses,
        name="race", weight=(-3, 4), bias=(-3, 3), start=(-2, 2), rate=0.05, steps=200,
    )  # fmt: skip


def question() -> Question:
    """Return a question with two answers."""
    choices = [Choice("21.6", "Yes, the mean.", right=True), Choice("2", "That is the median.")]
    return Question("Which number is best?", choices, name="question")


def moves() -> list[Move]:
    """Return what is moved, and which traits matplotlib draws anew for it."""

    def wave(step: int, middle: float, size: float) -> float:
        return middle + size * float(np.sin(step / 3))

    asked = question()
    chosen = (".lossviz-question input >> nth=0", ".lossviz-question input >> nth=1")
    return [
        Move(
            LossCurve(mse, mae, huber, name="curve", range=(-4, 4)),
            "ring", drag(".lossviz-ring", across=150, down=0), lambda n: {"value": wave(n, 0, 3)},
        ),
        Move(
            birds(), "line", drag(".lossviz-handle .lossviz-ring"), lambda n: {"bias": wave(n, 5, 1)},
        ),
        Move(
            eight(),
            "point", drag(".lossviz-grip .lossviz-ring"), lambda n: {"bias": wave(n, 1, 1)},
        ),
        Move(
            cloud(),
            "one of 350", drag(".lossviz-grip .lossviz-ring"), lambda n: {"bias": wave(n, 4, 1)},
        ),
        Move(
            ClassProbabilities(("cat", "dog", "bird"), (2, 1, 0), name="classes"),
            "slider", drag("input[type=range]", across=60, down=0),
            lambda n: {"logits": (wave(n, 2, 2), 1, 0)},
        ),
        Move(
            separator(),
            "point", drag(".lossviz-grip .lossviz-ring"), lambda n: {"bias": wave(n, 0, 1)},
        ),
        Move(
            separator(),
            "line", drag(".lossviz-handle:not(.lossviz-grip) .lossviz-ring"),
            lambda n: {"bias": wave(n, 0, 1)},
        ),
        Move(separator(), "training", train, lambda n: {"bias": wave(n, 0, 1)}),
        Move(
            terrain(),
            "start", drag(".lossviz-start .lossviz-ring"), lambda n: {"rate": wave(n, 0.02, 0.005)},
        ),
        Move(terrain(), "landscape", turn, lambda n: {"rate": wave(n, 0.02, 0.005)}),
        Move(
            race(),
            "start", drag(".lossviz-handle .lossviz-ring", across=20, down=15),
            lambda n: {"start": (wave(n, -2, 0.5), 2)},
        ),
        Move(
            Chooser(name="chooser"),
            "answers", click("label:has-text('a number')", "label:has-text('a class')"),
            lambda n: {"output": ("number", "class")[n % 2]},
        ),
        Move(asked, "answers", click(*chosen), lambda n: {"chosen": n % 2}),
        Move(
            Result({asked: "chapter 2"}, name="result"),
            "answers", click(*chosen), lambda n: {}, also=(asked,),
        ),
    ]  # fmt: skip


def frames_of(trace: bytes) -> Iterator[float]:
    """Give the main thread's work in each frame, in ms of its processor time."""
    events = [each for each in json.loads(trace)["traceEvents"] if "ts" in each]
    marks = [each for each in events if each["name"] == "end of a frame"]
    thread = marks[0]["pid"], marks[0]["tid"]
    done = sorted(
        (
            each
            for each in events
            if each["name"] in WORK and each["ph"] == "X" and (each["pid"], each["tid"]) == thread
        ),
        key=lambda each: each["ts"],
    )
    for start, end in pairwise(marks):
        spent, over = 0.0, 0.0
        for each in done:
            if start["ts"] <= each["ts"] < end["ts"] and each["ts"] >= over:  # what lies in another is in it
                spent += each.get("tdur", each["dur"])  # an event may lack its processor time
                over = each["ts"] + each["dur"]
        yield spent / 1000


def measure(browser: Browser, move: Move, ratio: int) -> list[float]:
    """Return the time of each frame while something is moved."""
    page = browser.new_page(viewport={"width": 1000, "height": 1000}, device_scale_factor=ratio)
    page.add_init_script(CLOCK)
    with tempfile.TemporaryDirectory() as folder:
        page.goto(write_page(Path(folder), move.figure, *move.also))
        page.evaluate("anywidgetHost.ready")
    figure = page.locator(f'.lossviz[data-name="{move.figure.name}"]')
    figure.scroll_into_view_if_needed()
    act = move.begin(figure)
    step = partial(next, count())
    watch(page, act, step, WARM_UP)
    before = page.locator("body").inner_html()
    browser.start_tracing(
        page=page,
        categories=["devtools.timeline", "disabled-by-default-devtools.timeline", "blink.user_timing"],
    )
    watch(page, act, step, FRAMES + 1)
    trace = browser.stop_tracing()
    assert page.locator("body").inner_html() != before, f"{move.figure}: nothing moved"
    page.close()
    return list(frames_of(trace))


def watch(page: Page, act: Act, step: Callable[[], int], frames: int) -> None:
    """Act once a frame."""
    for _ in range(frames):
        act(step())
        page.evaluate("nextFrame()")


def picture(figure: Picture) -> None:
    """Make a PNG as matplotlib writes it; the pictures of the book are smaller, and take longer."""
    figure.savefig(io.BytesIO(), format="png", dpi=DPI)


def redraw(move: Move) -> float:
    """Return the time in ms that matplotlib takes for one state, the median of some."""
    picture(move.figure.figure())  # the first one loads fonts
    times = []
    for step in range(STATES):
        move.figure.set_state(move.redrawn(step))
        start = process_time()
        picture(move.figure.figure())
        times.append(process_time() - start)
    return median(times) * 1000


def main() -> None:
    """Measure every figure, and print what a frame takes and how much longer matplotlib takes."""
    print("Processor time of a frame in ms; matplotlib draws the same state as a PNG")
    print(f"{'figure':<19}{'moved':<11}{'pixels':>6}{'median':>8}{'95th':>7}{'matplotlib':>12}{'ratio':>8}")
    missed = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
        for move in moves():
            drawn = redraw(move)
            for ratio in (1, 2):
                middle, high = np.percentile(measure(browser, move, ratio), [50, 95])
                name = type(move.figure).__name__
                row = f"{name:<19}{move.what:<11}{f'× {ratio}':>6}{middle:>8.2f}{high:>7.2f}"
                print(f"{row}{drawn:>12.0f}{drawn / middle:>7.0f} ×", flush=True)
                if middle > MEDIAN or high > HIGH or drawn < TIMES * middle:
                    missed.append(f"{name}, {move.what} × {ratio}")
        browser.close()
    print(f"Goals: {MEDIAN} ms, {HIGH} ms, {TIMES} ×. Missed by: {'; '.join(missed) or 'none'}")
    if hasattr(os, "getloadavg"):
        print(f"Load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors: other work distorts a little.")


if __name__ == "__main__":
    main()
