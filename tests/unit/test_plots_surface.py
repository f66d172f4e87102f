"""The still face of a landscape seen from the side: a mountain hides what is behind it."""

import io

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.image import imread
from numpy.typing import NDArray

from lossviz.landscape import Landscape
from lossviz.plots import panels, png
from lossviz.plots_surface import Ball, Camera, Mark, Relief, Trail, surface

MOUNTAIN = Landscape.of(
    lambda x, y: float(np.exp(-6 * (x * x + y * y))), x=(-1, 1), y=(-1, 1), names=("west", "south")
)
RED = "#ff0000"


def draw(landscape: Landscape = MOUNTAIN, **options: object) -> NDArray[np.float64]:
    """Return the picture, shape (height, width, 3)."""
    figure, (axes,) = panels(4.0)
    surface(axes, landscape, [0.3, 0.6], azimuth=-90, elevation=20, **options)  # type: ignore[arg-type]
    return imread(io.BytesIO(png(figure)))[..., :3]


def red(picture: NDArray[np.float64]) -> int:
    return int((np.abs(picture - to_rgb(RED)).max(axis=-1) < 0.1).sum())


def test_a_ball_behind_the_mountain_is_hidden() -> None:
    before, behind = (draw(balls=[Ball(0, y, RED)]) for y in (-0.7, 0.5))
    assert red(before) > 150
    assert red(behind) == 0


def test_a_trail_behind_the_mountain_is_hidden() -> None:
    before, behind = (draw(trails=[Trail([[-0.1, y], [0.1, y]], RED)]) for y in (-0.7, 0.5))
    assert red(before) > 100
    assert red(behind) == 0


def test_everything_can_be_drawn_from_everywhere() -> None:
    for azimuth in range(-180, 180, 60):
        for elevation in (10, 80):
            _, (axes,) = panels(3.0)
            surface(
                axes, MOUNTAIN, [0.5], azimuth=azimuth, elevation=elevation, balls=[Ball(0, 0, RED, "1")],
                marks=[Mark(0.5, 0.5, "x")], walk=np.array([[0, 0, 2], [0.5, 0, -1]]),
            )  # fmt: skip
            written = [text.get_text() for text in axes.texts]
            assert {"west", "south", "loss"} <= set(written)


def test_a_squeezed_height_is_said_to_be() -> None:
    corner = Landscape.of(lambda x, y: float(np.exp(4 * (x + y))), x=(-1, 1), y=(-1, 1))
    _, (axes,) = panels(3.0)
    surface(axes, corner, [10.0])
    relief = Relief.of(corner.z, [10.0])
    assert any(text.get_text().startswith("loss, squeezed above") for text in axes.texts)
    assert relief.raised(relief.high) == pytest.approx(0.85)


def test_a_flat_land_stays_flat() -> None:
    flat = Landscape.of(lambda x, y: 0.1 + 0.2, x=(-1, 1), y=(-1, 1))
    assert not Relief.of(flat.z, []).raised(flat.z).any()
    draw(flat)


def test_the_nearer_is_larger() -> None:
    x, _ = Camera(-90, 30).project([-1, 1, -1, 1], [-1, -1, 1, 1], 0)
    assert x[1] - x[0] > x[3] - x[2]
