"""Which valley a walk reaches, for every place on a map to start from.

``js/src/basins.js`` computes the same in the page, start by start.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lossviz.critical import Critical, critical_points
from lossviz.descent import Direction, check_positive, direction_of
from lossviz.landscape import Landscape, axis
from lossviz.variables import Array

SIZE = 41  # starts along each axis
MOST = 1000  # steps
HAIR = 1e-6  # of the map: a step shorter than this, in both directions, is none
NEAR = 0.02  # of the map: this near to a minimum is at it

LEFT = -1  # the map
MOVING = -2  # still, after the last step
ELSEWHERE = -3  # at rest, but at no minimum: on a plain, or on a ridge


@dataclass(frozen=True, eq=False)
class Basins:
    """The valley that each start of a grid leads to.

    Attributes
    ----------
    x : array, shape (columns,)
        The starts, across.
    y : array, shape (rows,)
        The starts, up.
    minima : tuple of Critical
        The bottoms of the valleys, the lowest first.
    reached : array of int, shape (rows, columns)
        For the start ``(x[j], y[i])``: the index in `minima`, or `LEFT` (the walk left the map), `MOVING`
        (it is on its way, after the last step) or `ELSEWHERE` (it rests at no minimum: on a plain, a ridge, a
        saddle).
    """

    x: Array
    y: Array
    minima: tuple[Critical, ...]
    reached: NDArray[np.int_]


def basins(
    landscape: Landscape,
    *,
    rate: float,
    optimiser: str = "gradient descent",
    momentum: float = 0.9,
    size: int = SIZE,
    most: int = MOST,
) -> Basins:
    """Walk from every place of a grid over the whole map, edge included, and tell where each walk ends.

    Parameters
    ----------
    landscape : Landscape
    rate : float
        The learning rate.
    optimiser, momentum
        As for :func:`lossviz.descent.descend`; the walks have no noise.
    size : int
        How many starts along each axis, 3 or more.
    most : int
        How many steps a walk takes at the most.

    Notes
    -----
    The rules, which the page keeps too. Lengths are counted in maps: across in widths of the map, up in its
    heights.

    1. A walk takes the steps of `Landscape.descend`. One that would leave the map ends: `LEFT`.
    2. A walk is at rest, and ends, when its last step is shorter than `HAIR` across and up, and so is `rate`
       times the slope where it led. (A ball that turns round on a slope stands still for a moment, not at
       rest.)
    3. A walk that ended at rest or with the last step has reached the minimum nearest to its end, if that is
       nearer than `NEAR`. (RMSprop trembles around a minimum for ever; it has reached it all the same.)
    4. If none is that near, it is `ELSEWHERE` when at rest, else `MOVING`.

    Examples
    --------
    >>> two_valleys = Landscape.of(lambda x, y: (x**2 - 1) ** 2 + y**2, x=(-1.5, 1.5), y=(-1, 1))
    >>> found = basins(two_valleys, rate=0.05, size=5)
    >>> found.reached[2].tolist()  # the middle one starts on the ridge, and nothing pulls it down
    [0, 0, -3, 1, 1]
    """
    check_positive("rate", rate)
    if not isinstance(most, int | np.integer) or most < 0:
        raise ValueError(f"most must be a whole number of steps, 0 or more; got {most!r}")
    x, y = axis("x", landscape.x_range, size), axis("y", landscape.y_range, size)
    starts = np.stack(np.meshgrid(x, y), axis=-1)
    minima = tuple(point for point in critical_points(landscape) if point.kind == "minimum")
    direction = direction_of(optimiser, momentum=momentum)
    ends, codes = _walk(landscape, starts.reshape(-1, 2), direction, rate, most)
    reached = np.where(codes == LEFT, LEFT, _nearest(landscape, ends, minima, codes))
    return Basins(x, y, minima, reached.reshape(size, size))


def _walk(
    landscape: Landscape, starts: Array, direction: Direction, rate: float, most: int
) -> tuple[Array, NDArray[np.int_]]:
    """Return where each walk ends, shape (k, 2), and how: `LEFT`, `MOVING` or `ELSEWHERE`, for at rest."""
    low, high = np.array([landscape.x_range, landscape.y_range]).T
    hair = HAIR * (high - low)
    at = starts.copy()
    code = np.full(len(at), MOVING)
    slope = landscape.slope_at(at)
    for _ in range(most):
        step = rate * direction(slope)  # of those that have ended too: each remembers its own steps
        there = at - step
        left = ((there < low) | (there > high)).any(axis=1)
        moving = code == MOVING
        code[moving & left] = LEFT
        moving &= ~left
        at[moving] = there[moving]
        slope = landscape.slope_at(at)
        still = ((np.abs(step) < hair) & (np.abs(rate * slope) < hair)).all(axis=1)
        code[moving & still] = ELSEWHERE
        if not (code == MOVING).any():
            break
    return at, code


def _nearest(
    landscape: Landscape, ends: Array, minima: tuple[Critical, ...], codes: NDArray[np.int_]
) -> NDArray[np.int_]:
    """Return the index of the nearest minimum for each end, or its code where none is near."""
    if not minima:
        return codes
    low, high = np.array([landscape.x_range, landscape.y_range]).T
    bottoms = np.array([(point.x, point.y) for point in minima])
    far = np.linalg.norm((ends[:, np.newaxis] - bottoms) / (high - low), axis=2)
    return np.where(far.min(axis=1) < NEAR, far.argmin(axis=1), codes)
