"""Ground heaped up by hand, of which one knows where its valleys are: heights over two numbers.

>>> from lossviz import Landscape
>>> mountains = Landscape.of(mountain_range, x=(-3, 3), y=(-3, 3))
>>> mountains
Landscape(loss over x -3 to 3 and y -3 to 3)
"""

from __future__ import annotations

from math import exp

HOLLOWS = (  # x and y of the middle, how deep, how wide
    (-1.4, -0.9, 2.4, 0.9),
    (1.4, 1.2, 1.8, 0.8),
    (1.3, -1.5, 1.1, 0.6),
    (-1.2, 1.6, 0.9, 0.6),
)


def mountain_range(x: float, y: float) -> float:
    """Return the height of four hollows of different depths in a wide bowl.

    Examples
    --------
    >>> round(mountain_range(-1.31, -0.84), 2), round(mountain_range(1.3, 1.12), 2)
    (0.36, 1.02)
    """
    height = 2.5 + 0.1 * (x**2 + y**2)
    for a, b, depth, width in HOLLOWS:
        height -= depth * exp(-((x - a) ** 2 + (y - b) ** 2) / (2 * width**2))
    return height


def saddle(x: float, y: float) -> float:
    """Return the height of a pass at (0, 0) between two valleys at (0, ±1).

    Examples
    --------
    >>> saddle(1, 0), saddle(0, 0), saddle(0, 1)
    (1.5, 1.0, 0.75)
    """
    return 1 + x**2 / 2 - y**2 / 2 + y**4 / 4


def valley(x: float, y: float, condition: float) -> float:
    """Return the height of a bowl with the curvature 1 along `x` and `condition` along `y`.

    Examples
    --------
    >>> valley(1, 0, condition=10), valley(0, 1, condition=10)
    (0.5, 5.0)
    """
    return (x**2 + condition * y**2) / 2
