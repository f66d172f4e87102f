"""Which heights of a terrain get a contour line: round ones, spread so that no part of the map stays empty.

``js/src/contours.js`` chooses the same for a landscape that is made in the page; a test compares the two.
"""

from decimal import ROUND_HALF_UP, Context, Decimal

import numpy as np

from lossviz.variables import Array

LEVELS = 9  # one more than there are contour lines
MOST_DIGITS = 17  # tell any two numbers apart
ROUND_BOWL = 2.0
LEAST_BEND, MOST_BEND = 1.0, 4.0


def levels(lowest: float, highest: float, bend: float = ROUND_BOWL) -> list[float]:
    """Return round heights for contour lines.

    Parameters
    ----------
    lowest, highest : float
        The ends of the heights.
    bend : float
        1 spaces them evenly in height, 2 evenly on the walls of a round bowl; more puts still more of them
        low, where a narrow valley lies.

    Examples
    --------
    >>> levels(0.0, 100.0)
    [1.0, 5.0, 10.0, 20.0, 30.0, 40.0, 60.0, 80.0]
    >>> levels(-1.0, 1.0, bend=1)
    [-0.8, -0.6, -0.3, -0.1, 0.1, 0.3, 0.6, 0.8]
    """
    exact = lowest + (highest - lowest) * (np.arange(1, LEVELS) / LEVELS) ** bend
    inside: list[float] = []
    for digits in range(1, MOST_DIGITS + 1):  # as few as keep them apart, and off the floor
        rounding = Context(prec=digits, rounding=ROUND_HALF_UP)  # as the page rounds
        rounded = {float(rounding.create_decimal(Decimal(level))) for level in exact}
        inside = sorted(level for level in rounded if lowest < level < highest)
        if len(inside) == LEVELS - 1:
            break
    return inside


def levels_of(heights: Array) -> list[float]:
    """Return round heights for the contour lines of a grid: half of them lie on either half of the map.

    Examples
    --------
    >>> x, y = np.meshgrid(np.linspace(-1, 1, 41), np.linspace(-1, 1, 41))
    >>> levels_of(x**2 - y**2)
    [-0.8, -0.6, -0.3, -0.1, 0.1, 0.3, 0.6, 0.8]
    """
    lowest, highest = float(heights.min()), float(heights.max())
    if lowest == highest:
        return []
    middle = (float(np.median(heights)) - lowest) / (highest - lowest)
    bend = -np.log2(middle) if middle > 0 else MOST_BEND
    return levels(lowest, highest, float(np.clip(bend, LEAST_BEND, MOST_BEND)))
