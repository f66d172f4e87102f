"""How much of a frame a figure takes while it moves: `make bench-drag`.

LineFit with 350 points and the landscape on, whose best lines are refitted in every frame: a real browser
drags a point, then the line. Separator with the 219 penguins of chapter 4: the same, and then it is trained.
Each frame's script is timed: the handlers of the pointer and the drawing, not the paint. Other work on the
machine distorts every number; the ratios, measured in one run, least.
"""

import base64
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from lossviz import LineFit, Loss, Separator, hinge, huber, logistic, mae, mse, penguins, squared_hinge
from tools.chromium import CHROMIUM_FLAGS, find_chromium

POINTS = 350
FRAMES = 150  # of each; the first ones, in which the browser still compiles, do not count
WARM_UP = 30
FRAME = 1000 / 60  # ms
STATIC = Path(__file__).parents[1] / "lossviz" / "static"

# A model that lives in the page alone, and a clock around all that answers to the pointer.
SCRIPT = """async ([esm, json]) => {
  const view = text => new DataView(Uint8Array.from(atob(text), c => c.charCodeAt(0)).buffer);
  const state = JSON.parse(json, (_, value) => value?.base64 === undefined ? value : view(value.base64));
  const heard = {};
  const model = {
    get: name => state[name],
    set(name, value) { state[name] = value; for (const hear of heard["change:" + name] ?? []) hear(); },
    on(event, hear) { (heard[event] ??= []).push(hear); },
    off() {},
    save_changes() {},
  };
  let spent = 0, since;
  addEventListener("pointermove", () => { since = performance.now(); }, true);
  addEventListener("pointermove", () => { spent += performance.now() - since; });
  const frame = requestAnimationFrame;
  window.requestAnimationFrame = draw => frame(time => {
    const start = performance.now();
    draw(time);
    spent += performance.now() - start;
  });
  window.nextFrame = () => new Promise(done => frame(() => setTimeout(() => { done(spent); spent = 0; })));
  const module = await import(URL.createObjectURL(new Blob([esm], { type: "text/javascript" })));
  module.default.render({ model, el: document.querySelector("main") });
  await nextFrame();
  await nextFrame();
}"""


def line_fit(*losses: Loss) -> LineFit:
    """Return the figure that is dragged: a cloud about a line, one point in 50 far off."""
    random = np.random.default_rng(0)
    x = random.uniform(-3, 3, POINTS)
    y = 0.5 * x + 4 + 0.4 * random.normal(size=POINTS)
    y[::50] += 5
    return LineFit(x, y, *losses, name="drag", weight=0.3, bias=4, refit=True, movable=True)


def separator(*losses: Loss) -> Separator:
    """Return the figure that is dragged and trained: the bills of two species, with a slanted line."""
    birds = penguins().complete("bill_length_mm", "bill_depth_mm")
    two = birds.species != "Gentoo"
    bills = np.column_stack([birds.bill_length_mm, birds.bill_depth_mm])[two]
    actual = np.where(birds.species[two] == "Chinstrap", 1, -1)
    x = (bills - bills.mean(axis=0)) / bills.std(axis=0)
    return Separator(x, actual, *losses, name="drag", weights=(1, -1), movable=True)


def packed(value: Any) -> dict[str, str]:
    """Write the bytes of an array as JSON can hold them."""
    return {"base64": base64.b64encode(value).decode()}


def frames(page: Page, act: Callable[[int], None]) -> list[float]:
    """Act once a frame; return each frame's script time in ms."""
    before = page.locator(".lossviz-spoken").inner_text()
    spent = []
    for step in range(FRAMES):
        act(step)
        spent.append(page.evaluate("nextFrame()"))
    assert page.locator(".lossviz-spoken").inner_text() != before, "nothing moved"
    return spent[WARM_UP:]


def drag(thing: Locator) -> list[float]:
    """Drag something up and down."""
    box = thing.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    mouse = thing.page.mouse
    mouse.move(x, y)
    mouse.down()
    spent = frames(thing.page, lambda step: mouse.move(x, y + 40 * np.sin(step / 10) + step % 2))
    mouse.up()
    return spent


def train(page: Page) -> list[float]:
    """Let the figure train."""
    page.get_by_role("button", name="Train").click()
    return frames(page, lambda _: None)


def measure(browser: Browser, figure: LineFit | Separator) -> dict[str, list[float]]:
    """Return the times of dragging a point, of dragging the line, and of training if it can."""
    page = browser.new_page(viewport={"width": 1000, "height": 800})
    page.set_content(
        f"<style>{(STATIC / 'lossviz.css').read_text()}</style><main style='width: 800px'></main>"
    )
    state = json.dumps(figure.get_state(), default=packed)
    page.evaluate(SCRIPT, [(STATIC / "lossviz.js").read_text(), state])
    times = {
        "a point": drag(page.locator(".lossviz-grip .lossviz-ring")),
        "the line": drag(page.locator(".lossviz-handle:not(.lossviz-grip) .lossviz-ring").last),
    }
    if isinstance(figure, Separator):
        times["training"] = train(page)
    page.close()
    return times


def main() -> None:
    """Measure, and print each movement's share of a frame at 60 Hz."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
        figures = [line_fit(mse, mae, huber), line_fit(mse), separator(hinge, squared_hinge, logistic)]
        measured = [measure(browser, figure) for figure in figures]
        browser.close()
    print(f"Script time of a frame, as a share of {FRAME:.1f} ms (60 Hz)")
    print(f"{'figure':<11}{'points':>7}{'losses':>7}  {'moved':<9}{'median':>7}{'95th percentile':>17}")
    for figure, times in zip(figures, measured, strict=True):
        for thing, spent in times.items():
            middle, high = np.percentile(spent, [50, 95]) / FRAME
            kind, points, losses = type(figure).__name__, len(figure.x), len(figure.losses)
            print(f"{kind:<11}{points:>7}{losses:>7}  {thing:<9}{middle:>7.0%}{high:>17.0%}")
    three, one, _ = measured
    for thing in three:
        ratio = np.median(three[thing]) / np.median(one[thing])
        print(f"LineFit, {thing}: three losses take {ratio:.1f} × one loss")
    if hasattr(os, "getloadavg"):
        load = os.getloadavg()[0]
        print(f"Load {load:.1f} on {os.cpu_count()} processors: other work distorts these numbers.")


if __name__ == "__main__":
    main()
