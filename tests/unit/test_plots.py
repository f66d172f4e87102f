"""The stored pictures: small, and no worse for it."""

import io

import numpy as np
from matplotlib.figure import Figure
from PIL import Image

from lossviz import Landscape, Terrain
from lossviz.examples import mountain_range
from lossviz.plots import DPI, png


def test_a_picture_of_few_colours_looks_the_same_and_is_much_smaller() -> None:
    land = Landscape.of(mountain_range, x=(-3, 3), y=(-3, 3))
    figure = Terrain(land, starts=[(-0.4, 0.9)], name="terrain").figure()
    stored, whole = png(figure), drawn(figure)
    assert len(stored) < len(whole) / 2
    assert Image.open(io.BytesIO(stored)).mode == "P"
    away = np.abs(pixels(stored) - pixels(whole)).max(axis=-1)  # of 255
    assert away.max() <= 20
    assert away.mean() < 0.5


def drawn(figure: Figure) -> bytes:
    """Return the picture as matplotlib writes it."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=DPI)
    return buffer.getvalue()


def pixels(picture: bytes) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """Return red, green and blue of each pixel, 0 to 255."""
    return np.asarray(Image.open(io.BytesIO(picture)).convert("RGB"), dtype=np.int64)
