"""A landscape seen from the side is the same on the page and on paper."""

import json

import numpy as np
import pytest

from lossviz.landscape import Landscape
from lossviz.plots_surface import CELLS, FLOOR, TALL, Camera, Relief, Strips
from tools import node

VIEWS = [(-120.0, 35.0), (0.0, 10.0), (93.0, 80.0), (-90.0, 60.0), (171.0, 75.0)]
LEVELS = [1.0, 2.0, 5.0, 8.0]
PLACES = np.random.default_rng(0).uniform([-1, -1, FLOOR], [1, 1, TALL], size=(50, 3))
PAGE = """
import { camera, farToNear, relief } from "./src/surface.js";
const { views, places, z, levels, heights, cells } = JSON.parse(process.argv[1]);
const { raise, share, knee } = relief(z, levels);
const seen = views.map(([azimuth, elevation]) => {
  const { eye, scale, project } = camera(azimuth, elevation, 600, 480, { side: 50, top: 30, bottom: 40 });
  const [left, top] = project(0, 0, 0.35);
  return {
    at: places.map(place => project(...place)).map(([x, y]) => [(x - left) / scale, (top - y) / scale]),
    order: farToNear(cells, Math.abs(eye.v) >= Math.abs(eye.u) ? eye.v : eye.u).order,
  };
});
console.log(JSON.stringify({ seen, knee, raised: heights.map(raise), shares: heights.map(share) }));
"""


@pytest.mark.parametrize("squeezed", [False, True])
def test_page_and_paper_agree(squeezed: bool) -> None:
    landscape = Landscape.of(
        lambda x, y: np.exp(2 * (x + y)) if squeezed else 2 * x * x + y * y, x=(-2, 2), y=(-2, 2), size=21
    )
    heights = np.linspace(landscape.z.min(), landscape.z.max(), 40)
    asked = {
        "views": VIEWS, "places": PLACES.tolist(), "z": landscape.z.ravel().tolist(), "levels": LEVELS,
        "heights": heights.tolist(), "cells": CELLS,
    }  # fmt: skip
    told = node.run("node", "--input-type=module", "-e", PAGE, json.dumps(asked))
    assert told.returncode == 0, told.stdout
    page = json.loads(told.stdout)
    relief = Relief.of(landscape.z, LEVELS)
    assert relief.squeezed is squeezed
    assert page["knee"] == pytest.approx(relief.knee)
    np.testing.assert_allclose(page["raised"], relief.raised(heights), atol=1e-12)
    np.testing.assert_allclose(page["shares"], relief.share(heights), atol=1e-12)
    for view, seen in zip(VIEWS, page["seen"], strict=True):
        camera = Camera(*view)
        np.testing.assert_allclose(seen["at"], camera.points(*PLACES.T), atol=1e-9)
        assert seen["order"] == Strips(camera).order
