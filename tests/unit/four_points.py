"""What the tests of LineFit share: four points, and a figure of them."""

from typing import Any

import numpy as np

from lossviz import LineFit, Loss

X = [0.0, 1.0, 2.0, 3.0]
Y = [1.0, 3.0, 5.0, 8.0]


def four(*losses: Loss, **arguments: Any) -> LineFit:
    """Return a figure of the four points, with a line that misses the last by 1."""
    return LineFit(X, Y, *losses, **{"name": "four", "weight": 2, "bias": 1, **arguments})


def floats(data: bytes) -> list[float]:
    """Numbers that go to the page."""
    return np.frombuffer(data).tolist()
