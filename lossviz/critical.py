"""Where a landscape is level: its minima, maxima, saddles and flat places.

They are where a walk on the grid would stop: where both slopes vanish, each bilinear between the nodes. Zeros
in touching cells are at the limit of what a grid can tell. They are taken together, and only those are told
apart between which the loss differs by more than the errors of reading.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lossviz import zeros
from lossviz.landscape import Landscape
from lossviz.variables import Array

KINDS = ("minimum", "maximum", "saddle", "flat")
_LONG = 3  # cells: a longer row of zeros of the same loss is the floor of a valley, or the top of a ridge
_NOISE = 0.03  # of what the loss changes in a cell: smaller differences between zeros are errors of reading
_EDGE = 1e-6  # of a cell


class Critical(NamedTuple):
    """A place where the slope is 0.

    Attributes
    ----------
    x, y : float
        Where. Of a flat place: near its middle.
    loss : float
        The height there.
    kind : str
        ``"minimum"``, ``"maximum"``, ``"saddle"``, or ``"flat"``: a plain, a valley floor or a ridge
        that is level from end to end, or a terrace on a slope.
    curvatures : (float, float)
        How fast the slope changes along the two main axes, the lower first: both above 0 at a minimum, both
        below at a maximum, one of each at a saddle.
    """

    x: float
    y: float
    loss: float
    kind: str
    curvatures: tuple[float, float]


def critical_points(landscape: Landscape) -> tuple[Critical, ...]:
    """Find where a landscape is level, the lowest place first.

    Parameters
    ----------
    landscape : Landscape

    Returns
    -------
    tuple of Critical
        As exact as the grid is fine; exact where the slopes are straight. A plain or a valley floor is one
        entry, however large. The edge of the map does not count: nobody knows how the loss goes on.

    Examples
    --------
    >>> two_valleys = Landscape.of(lambda x, y: (x**2 - 1) ** 2 + y**2, x=(-2, 2), y=(-1, 1), size=81)
    >>> [(point.kind, round(point.x, 2)) for point in critical_points(two_valleys)]
    [('minimum', -1.0), ('minimum', 1.0), ('saddle', 0.0)]
    >>> plain = Landscape.of(lambda x, y: max(0, x), x=(-1, 1), y=(-1, 1))
    >>> [point.kind for point in critical_points(plain)]
    ['flat']
    """
    groups = zeros.find(*_without_rounding(landscape))
    points = [point for group in groups for point in _named(landscape, group)]
    same = 1e-9 * (float(np.abs(landscape.z).max()) or 1.0)  # those as low as each other: from left to right
    return tuple(sorted(points, key=lambda point: (round(point.loss / same), point.x, point.y)))


def _without_rounding(landscape: Landscape) -> tuple[Array, Array]:
    """Return the slopes, with 0 for what may be there only because differences of heights are rounded."""
    rounding = 8 * np.finfo(float).eps * np.abs(landscape.z).max()
    dx, dy = (
        np.where(np.abs(slope) > rounding / (nodes[1] - nodes[0]) + 1e-12 * np.abs(slope).max(), slope, 0.0)
        for slope, nodes in ((landscape.dx, landscape.x), (landscape.dy, landscape.y))
    )
    return dx, dy


def _named(landscape: Landscape, group: zeros.Zeros) -> list[Critical]:
    """Return what a group of zeros amounts to."""
    plains = [inner for nodes in group.plains if len(inner := nodes[_inside(landscape, nodes)])]
    points = [_point(landscape, _middle(nodes), "flat") for nodes in plains]
    inside = _inside(landscape, group.places)
    cells, turns = group.places[inside], group.turns[inside]
    if not len(cells):
        return points
    losses = landscape.value_at(_places(landscape, cells))
    error = _NOISE * _change(landscape, cells, losses)
    if group.plains:  # zeros as high as a plain belong to its border
        apart = np.array([min(abs(loss - point.loss) for point in points) > error for loss in losses])
        return points + _real(landscape, cells[apart], losses[apart], turns[apart], error)
    whole = bool(inside.all())
    around = group.turns_around if whole else int(turns.sum())
    if len(cells) == 1:
        return [_point(landscape, cells[0], around)]
    if np.ptp(losses) > error and (points := _real(landscape, cells, losses, turns, error)):
        return points
    if np.ptp(cells, axis=0).max() <= _LONG:  # one, blurred by the grid
        return [_point(landscape, cells.mean(axis=0), around)]
    if around and turns.any() and whole:  # bumps in a narrow valley, around its bottom
        up = np.trace(hessian(landscape, _places(landscape, cells[0])))
        return [_point(landscape, cells[np.argmin(np.sign(up) * losses)], around)]
    return [_point(landscape, _middle(cells), "flat")]


def _inside(landscape: Landscape, cells: Array) -> NDArray[np.bool_]:
    last = np.array(landscape.z.shape[::-1]) - 1
    return np.logical_and.reduce((cells > _EDGE) & (cells < last - _EDGE), axis=1)


def _places(landscape: Landscape, cells: Array) -> Array:
    """Return places in the numbers of the landscape, not in cells."""
    first, last = np.array([landscape.x_range, landscape.y_range]).T
    return first + cells * (last - first) / (np.array(landscape.z.shape[::-1]) - 1) + 0.0


def _middle(cells: Array) -> Array:
    """Return the one that is nearest to the mean of all."""
    return cells[np.argmin(((cells - cells.mean(axis=0)) ** 2).sum(axis=1))]


def _point(landscape: Landscape, cell: Array, kind: str | int) -> Critical:
    """Describe a place; its kind may be told by how often the slope turns round it."""
    place = _places(landscape, cell)
    curvatures = np.linalg.eigvalsh(hessian(landscape, place))
    if not isinstance(kind, str):
        bottom = "minimum" if curvatures.sum() > 0 else "maximum"
        kind = "flat" if kind == 0 else bottom if kind > 0 else "saddle"
    (x, y), (low, high) = place.tolist(), curvatures.tolist()
    return Critical(x, y, float(landscape.value_at(place)), kind, (low, high))


def hessian(landscape: Landscape, place: Array) -> Array:
    """Return how the slopes change around a place, shape (2, 2): by their differences half a cell around it.

    Examples
    --------
    >>> bowl = Landscape.of(lambda x, y: x**2 + x * y + 5 * y**2, x=(-1, 1), y=(-1, 1), size=9)
    >>> hessian(bowl, [0.1, 0.2]).round(9)
    array([[ 2.,  1.],
           [ 1., 10.]])
    """
    rows = []
    for k, (low, high) in enumerate((landscape.x_range, landscape.y_range)):
        half = (high - low) / (landscape.z.shape[1 - k] - 1) / 2
        ends = np.array([place, place], dtype=float)
        ends[:, k] = np.clip(ends[:, k] + [-half, half], low, high)
        before, after = landscape.slope_at(ends)
        rows.append((after - before) / (ends[1, k] - ends[0, k]))
    return (np.array(rows) + np.array(rows).T) / 2


def _change(landscape: Landscape, cells: Array, losses: Array) -> float:
    """Return how much the loss changes from the zeros to the corners of their cells, at the most."""
    j, i = np.minimum(cells.astype(int), np.array(landscape.z.shape[::-1]) - 2).T
    corners = np.stack([landscape.z[i + a, j + b] for a in (0, 1) for b in (0, 1)])
    return float(np.abs(corners - losses).max())


def _real(landscape: Landscape, cells: Array, losses: Array, turns: Array, error: float) -> list[Critical]:
    """Leave out each valley, or peak, that has a saddle of nearly its height: the two are a bump on a floor.

    The deepest valley and the highest peak of a group have the best claim to stay.
    """
    points = [_point(landscape, cell, int(turn)) for cell, turn in zip(cells, turns, strict=True)]
    saddles = [point for point in points if point.kind == "saddle"]
    others = [point for point in points if point.kind in ("minimum", "maximum")]
    kept = []
    for point in sorted(others, key=lambda p: -p.loss if p.kind == "minimum" else p.loss):
        nearest = min(saddles, key=lambda saddle: abs(saddle.loss - point.loss), default=None)
        if nearest and abs(nearest.loss - point.loss) <= error:
            saddles.remove(nearest)
        else:
            kept.append(point)
    return kept + saddles
