"""How much of a frame a landscape takes while it turns: `make bench-turn`.

The block of land of a mountain range, with a path and a ball on it, in a real browser without a graphics
card: a mouse drags it once round. Each frame's script is timed, and the drawing too: a canvas puts off its
work until it is looked at, so after each frame one pixel is read back within the time measured. Left out is
only what the browser then does to put the finished picture on the screen. Other work on the machine distorts
every number; the ratios, measured in one run, least.
"""

import base64
import json
import os
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Browser, sync_playwright

from lossviz.contours import levels
from lossviz.landscape import Landscape
from tools import node
from tools.chromium import CHROMIUM_FLAGS, find_chromium

ROOT = Path(__file__).parents[1]
FRAME = 1000 / 60  # ms
STEP = 4  # px a frame: 2 degrees
TURN = 180  # frames, once round
WARM_UP = 30  # in which the browser still compiles
SIZES = [(800, 1), (800, 2), (360, 1), (360, 2)]  # CSS pixels wide, and pixels of the screen for each

# A page with the panel alone, and a clock around what answers to the pointer and around the drawing.
SCRIPT = """async ([esm, json, width]) => {
  const url = URL.createObjectURL(new Blob([esm], { type: "text/javascript" }));
  const { surfacePanel, decodeGrid } = await import(url);
  const view = text => new DataView(Uint8Array.from(atob(text), c => c.charCodeAt(0)).buffer);
  const { grid, levels, path, texts } = JSON.parse(json);
  for (const name of ["z", "dx", "dy"]) grid[name] = view(grid[name]);
  const panel = surfacePanel(document.querySelector("main"), texts);
  panel.setGrid(decodeGrid(grid), levels);
  panel.layout(width);
  const [x, y] = path.at(-1);
  panel.draw({ trails: [{ points: path, colour: "#c2185b" }], balls: [{ x, y, colour: "#c2185b" }] });
  const canvas = document.querySelector("canvas");
  const context = canvas.getContext("2d");
  let [script, spent, since] = [0, 0, 0];
  addEventListener("pointermove", () => { since = performance.now(); }, true);
  addEventListener("pointermove", () => { spent += performance.now() - since; });
  const frame = requestAnimationFrame;
  window.requestAnimationFrame = draw => frame(time => {
    const start = performance.now();
    draw(time);
    script = spent + performance.now() - start;
    context.getImageData(0, 0, 1, 1);
    spent += performance.now() - start;
  });
  window.nextFrame = () => new Promise(done => frame(() => setTimeout(() => {
    done([script, spent]);
    script = spent = 0;
  })));
  await nextFrame();
  await nextFrame();
}"""


def bundle() -> str:
    """Return the panel as one module."""
    with tempfile.TemporaryDirectory() as folder:
        built = Path(folder) / "panel.js"
        entry = ["src/grid.js", "src/surface-panel.js"]
        (Path(folder) / "entry.js").write_text(
            "".join(f'export * from "{ROOT / "js" / name}";' for name in entry)
        )
        told = node.run(
            "npx",
            "esbuild",
            f"{folder}/entry.js",
            "--bundle",
            "--format=esm",
            "--minify",
            f"--outfile={built}",
        )
        if told.returncode:
            raise RuntimeError(told.stdout)
        return built.read_text(encoding="utf-8")


def mountains(x: float, y: float) -> float:
    """Return the height of hills and valleys, none like another."""
    bumps = [(-4, -1.2, -1, 1), (-3, 1.5, 0.5, 1.5), (-5, 0, 1.9, 2), (3, -0.6, 0.8, 2), (2, 1, -1.6, 1.5)]
    return 0.1 * (x * x + y * y) + sum(
        height * float(np.exp(-sharp * ((x - a) ** 2 + (y - b) ** 2))) for height, a, b, sharp in bumps
    )


def page_state() -> str:
    """Return what the page draws, as JSON."""
    land = Landscape.of(mountains, x=(-3, 3), y=(-3, 3))
    grids = {name: base64.b64encode(getattr(land, name)).decode() for name in ("z", "dx", "dy")}
    columns, rows = len(land.x), len(land.y)
    grid: dict[str, Any] = {"x": land.x_range, "y": land.y_range, "columns": columns, "rows": rows, **grids}
    path = land.descend([-2.7, 2.6], rate=0.05, steps=100).points
    return json.dumps(
        {
            "grid": {**grid, "names": land.names, "label": land.label},
            "levels": levels(land.z.min(), land.z.max()),
            "path": path.tolist(),
            "texts": {
                "surface": "The landscape",
                "surface_keys": "Keys",
                "surface_from": "{side} {elevation}",
                "surface_sides": "east, north, west, south",
                "surface_squeezed": "{label}",
            },
        }
    )


def turn(browser: Browser, esm: str, state: str, width: int, ratio: int) -> np.ndarray[Any, Any]:
    """Drag once round; return script, and script and drawing, of each frame in ms."""
    page = browser.new_page(viewport={"width": 1000, "height": 800}, device_scale_factor=ratio)
    css = (ROOT / "lossviz" / "static" / "lossviz.css").read_text()
    page.set_content(f"<style>{css}</style><main class='lossviz' style='width: {width}px'></main>")
    page.evaluate(SCRIPT, [esm, state, width])
    before = page.locator("canvas").get_attribute("aria-valuenow")
    box = page.locator("canvas").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    spent = []
    for step in range(WARM_UP + TURN):
        page.mouse.move(x + STEP * (step + 1), y)
        spent.append(page.evaluate("nextFrame()"))
        if step == WARM_UP:
            assert page.locator("canvas").get_attribute("aria-valuenow") != before, "nothing turned"
    page.close()
    return np.array(spent[WARM_UP:])


def main() -> None:
    """Measure, and print each size's share of a frame at 60 Hz."""
    esm, state = bundle(), page_state()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
        measured = {size: turn(browser, esm, state, *size) for size in SIZES}
        browser.close()
    print(f"A frame while a landscape turns, and its share of {FRAME:.1f} ms (60 Hz)")
    print(f"{'width':>5}{'pixels':>9}   {'time of':<20}{'median':>17}{'95th percentile':>20}")
    for (width, ratio), spent in measured.items():
        for name, times in zip(("script", "script and drawing"), spent.T, strict=True):
            middle, high = np.percentile(times, [50, 95])
            row = f"{width:>5}{f'× {ratio}':>9}   {name:<20}"
            print(f"{row}{middle:>8.1f} ms {middle / FRAME:>5.0%}{high:>11.1f} ms {high / FRAME:>5.0%}")
    typical = {size: np.median(spent[:, 1]) for size, spent in measured.items()}
    for width in (800, 360):
        ratio = typical[width, 2] / typical[width, 1]
        print(f"{width} px wide: four times the pixels take {ratio:.1f} × the time")
    if hasattr(os, "getloadavg"):
        load = os.getloadavg()[0]
        print(f"Load {load:.1f} on {os.cpu_count()} processors: other work distorts these numbers.")


if __name__ == "__main__":
    main()
