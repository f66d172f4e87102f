"""How much of a frame a drag in LineFit takes: `make bench-drag`.

350 points with the landscape on, whose best lines are refitted in every frame. A real browser drags a point,
then the line, and each frame's script is timed: the handlers of the pointer and the drawing, not the paint.
Other work on the machine distorts every number; the ratios, measured in one run, least.
"""

import base64
import json
import os
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Browser, Locator, sync_playwright

from lossviz import LineFit, Loss, huber, mae, mse
from tools.chromium import CHROMIUM_FLAGS, find_chromium

POINTS = 350
FRAMES = 150  # of each drag; the first ones, in which the browser still compiles, do not count
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


def packed(value: Any) -> dict[str, str]:
    """Write the bytes of an array as JSON can hold them."""
    return {"base64": base64.b64encode(value).decode()}


def drag(thing: Locator) -> list[float]:
    """Drag something up and down, once a frame; return each frame's script time in ms."""
    box = thing.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page = thing.page
    before = page.locator(".lossviz-spoken").inner_text()
    page.mouse.move(x, y)
    page.mouse.down()
    spent = []
    for step in range(FRAMES):
        page.mouse.move(x, y + 40 * np.sin(step / 10) + step % 2)
        spent.append(page.evaluate("nextFrame()"))
    page.mouse.up()
    assert page.locator(".lossviz-spoken").inner_text() != before, "nothing moved"
    return spent[WARM_UP:]


def measure(browser: Browser, *losses: Loss) -> dict[str, list[float]]:
    """Return the times of dragging a point and of dragging the line."""
    page = browser.new_page(viewport={"width": 1000, "height": 800})
    page.set_content(
        f"<style>{(STATIC / 'lossviz.css').read_text()}</style><main style='width: 800px'></main>"
    )
    state = json.dumps(line_fit(*losses).get_state(), default=packed)
    page.evaluate(SCRIPT, [(STATIC / "lossviz.js").read_text(), state])
    times = {
        "a point": drag(page.locator(".lossviz-grip .lossviz-ring")),
        "the line": drag(page.locator(".lossviz-handle:not(.lossviz-grip) .lossviz-ring").last),
    }
    page.close()
    return times


def main() -> None:
    """Measure, and print each drag's share of a frame at 60 Hz."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
        three, one = measure(browser, mse, mae, huber), measure(browser, mse)
        browser.close()
    print(f"Script time of a frame, as a share of {FRAME:.1f} ms (60 Hz): {POINTS} points, landscape on")
    print(f"{'dragged':<10}{'losses':>7}{'median':>9}{'95th percentile':>18}")
    for thing in three:
        for count, times in ((3, three[thing]), (1, one[thing])):
            middle, high = np.percentile(times, [50, 95]) / FRAME
            print(f"{thing:<10}{count:>7}{middle:>9.0%}{high:>18.0%}")
    for thing in three:
        print(f"{thing}: three losses take {np.median(three[thing]) / np.median(one[thing]):.1f} × one loss")
    if hasattr(os, "getloadavg"):
        load = os.getloadavg()[0]
        print(f"Load {load:.1f} on {os.cpu_count()} processors: other work distorts these numbers.")


if __name__ == "__main__":
    main()
