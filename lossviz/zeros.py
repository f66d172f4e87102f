"""Where two bilinear slopes on a grid are both 0: what `lossviz.critical` gives names to.

Places are counted in cells from the first node, ``(across, up)``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lossviz.variables import Array

_SAME = 1e-6  # of a cell: zeros nearer than this are one zero, found from two cells
_LEVEL = 1e-9  # of the largest slope of a cell: what rounding leaves of 0

Cell = tuple[int, int]  # row and column of its first node
Zero = tuple[float, float, float]  # across, up, and how often the slope turns round it


@dataclass(frozen=True, eq=False)
class Zeros:
    """The zeros of neighbouring cells.

    Attributes
    ----------
    places : array, shape (k, 2)
        Where single zeros are, in cells. Of a line of zeros: a place in each cell that it crosses.
    turns : array, shape (k,)
        How often the slope turns round, counterclockwise, on the way around each: 1 for a minimum or a
        maximum, −1 for a saddle, 0 where the two slopes are 0 on a line.
    turns_around : int
        The same on the way around them all.
    plains : list of array, shape (n, 2)
        The nodes of each plain among them, in cells: both slopes are 0 on at least one whole cell.
    """

    places: Array
    turns: Array
    turns_around: int
    plains: list[Array]


def find(dx: Array, dy: Array) -> list[Zeros]:
    """Return every zero of two grids of slopes, those with less than two cells between them together.

    Parameters
    ----------
    dx, dy : array, shape (rows, columns)

    Examples
    --------
    >>> x, y = np.meshgrid([-1.0, 0, 1, 2], [-0.5, 0.5, 1.5])
    >>> (found,) = find(x, -y)
    >>> found.places, found.turns, found.turns_around, found.plains
    (array([[1. , 0.5]]), array([-1.]), -1, [])
    """
    may_vanish = _may_vanish(dx, dy)
    level = np.logical_and.reduce(_corners((dx == 0) & (dy == 0)))
    plain = np.zeros(dx.shape, dtype=bool)  # of the nodes
    for rows in (slice(0, -1), slice(1, None)):
        for columns in (slice(0, -1), slice(1, None)):
            plain[rows, columns] |= level
    zeros = _in_cells(dx, dy, may_vanish & ~_corners(plain).any(axis=0))
    turns = _turns(dx, dy)
    groups = []
    for cells in connected(_listed(may_vanish), reach=2):
        places, signs = _distinct([zero for cell in sorted(cells) for zero in zeros.get(cell, ())])
        plains = [_nodes(plain) for plain in connected({cell for cell in cells if level[cell]})]
        if len(places) or plains:
            around = round(sum(turns[cell] for cell in cells))
            groups.append(Zeros(places, signs, around, plains))
    return groups


def connected(cells: set[Cell], reach: int = 1) -> list[set[Cell]]:
    """Return groups of cells, each with those at most so many rows and columns away; 1: they touch.

    Examples
    --------
    >>> [sorted(group) for group in connected({(0, 0), (1, 1), (1, 3)})]
    [[(0, 0), (1, 1)], [(1, 3)]]
    """
    around = [(a, b) for a in range(-reach, reach + 1) for b in range(-reach, reach + 1)]
    left, groups = set(cells), []
    for first in sorted(cells):
        if first not in left:
            continue
        group, border = set(), [first]
        left.remove(first)
        while border:
            i, j = border.pop()
            group.add((i, j))
            for a, b in around:
                near = i + a, j + b
                if near in left:
                    left.remove(near)
                    border.append(near)
        groups.append(group)
    return groups


def _nodes(cells: set[Cell]) -> Array:
    """Return the nodes of cells, each once, as places."""
    return np.array(sorted({(j + b, i + a) for i, j in cells for a in (0, 1) for b in (0, 1)}), dtype=float)


def _listed(mask: NDArray[np.bool_]) -> set[Cell]:
    return {(i, j) for i, j in np.argwhere(mask).tolist()}


def _corners(grid: NDArray[Any]) -> NDArray[Any]:
    """Return the four nodes of each cell, shape (4, rows - 1, columns - 1)."""
    return np.stack([grid[:-1, :-1], grid[:-1, 1:], grid[1:, :-1], grid[1:, 1:]])


def _may_vanish(dx: Array, dy: Array) -> NDArray[np.bool_]:
    """Say of each cell whether each of the slopes is 0 somewhere in it."""
    by_slope = [(_corners(d).min(axis=0) <= 0) & (_corners(d).max(axis=0) >= 0) for d in (dx, dy)]
    return np.logical_and(*by_slope)


def _in_cells(dx: Array, dy: Array, asked: NDArray[np.bool_]) -> dict[Cell, list[Zero]]:
    rows, columns = np.nonzero(asked)
    a, b = (_coefficients(_corners(d)[:, rows, columns]) for d in (dx, dy))
    zeros: dict[Cell, list[Zero]] = {}
    for s, t in _solve(a, b):
        with np.errstate(invalid="ignore"):
            turn = (a[1] + a[3] * t) * (b[2] + b[3] * s) - (a[2] + a[3] * s) * (b[1] + b[3] * t)
        for k in np.flatnonzero((np.abs(s - 0.5) <= 0.5 + _SAME) & (np.abs(t - 0.5) <= 0.5 + _SAME)):
            across, up = columns[k] + np.clip(s[k], 0, 1), rows[k] + np.clip(t[k], 0, 1)
            sign = np.sign(turn[k]) if abs(turn[k]) > _LEVEL else 0.0
            zeros.setdefault((int(rows[k]), int(columns[k])), []).append((across, up, sign))
    return zeros


def _coefficients(corners: Array) -> Array:
    """Return c of ``c0 + c1·s + c2·t + c3·s·t``, with s across and t up from 0 to 1; the largest is 1."""
    first, right, above, last = corners
    c = np.stack([first, right - first, above - first, last - right - above + first])
    largest = np.abs(corners).max(axis=0)
    return c / np.where(largest > 0, largest, 1)


def _solve(a: Array, b: Array) -> list[tuple[Array, Array]]:
    """Return where two bilinear functions of each cell are both 0: two candidates ``s, t``, NaN for none.

    Without s, what is left is a quadratic in t. Where all of that vanishes the two are 0 on a common line.
    """
    p0 = a[1] * b[0] - a[0] * b[1]
    p1 = a[1] * b[2] + a[3] * b[0] - a[2] * b[1] - a[0] * b[3]
    p2 = a[3] * b[2] - a[2] * b[3]
    p0, p1, p2 = np.where(np.abs([p0, p1, p2]) > _LEVEL, [p0, p1, p2], 0)
    line = (p0 == 0) & (p1 == 0) & (p2 == 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        # The textbook's formula for one root, and the product of the roots for the other: nothing cancels.
        q = -(p1 + np.copysign(np.sqrt(p1**2 - 4 * p0 * p2), p1)) / 2
        roots = [(_across(a, b, t), t) for t in (q / p2, p0 / q)]
    s, t = _nearest(a, b)
    return [(np.where(line, s, roots[0][0]), np.where(line, t, roots[0][1])), roots[1]]


def _across(a: Array, b: Array, t: Array) -> Array:
    """Return the s that belongs to t, from the one of the two functions that changes more with s."""
    by_a, by_b = a[1] + a[3] * t, b[1] + b[3] * t
    return np.where(np.abs(by_a) > np.abs(by_b), -(a[0] + a[2] * t) / by_a, -(b[0] + b[2] * t) / by_b)


def _nearest(a: Array, b: Array) -> tuple[Array, Array]:
    """Return the place near the middle of each cell where a common line of zeros passes."""
    at = np.full((2, a.shape[1]), 0.5)
    for _ in range(6):  # Newton's method, by the shortest step: the line is curved at most a little
        s, t = at
        value = np.stack([c[0] + c[1] * s + c[2] * t + c[3] * s * t for c in (a, b)])
        slopes = np.stack([[c[1] + c[3] * t, c[2] + c[3] * s] for c in (a, b)])  # (2, 2, cells)
        back = np.linalg.pinv(np.moveaxis(slopes, -1, 0), rcond=1e-6)
        at = at - np.einsum("kij,jk->ik", back, value)
    return at[0], at[1]


def _turns(dx: Array, dy: Array) -> Array:
    """Return for each cell how often the slope turns round on the way around it.

    Where a zero lies on an edge, the share of one cell may be wrong, but the sum with its neighbours is not.
    """
    angle = np.arctan2(dy, dx)
    across, up = ((np.diff(angle, axis=n) + np.pi) % (2 * np.pi) - np.pi for n in (1, 0))
    return (across[:-1] + up[:, 1:] - across[1:] - up[:, :-1]) / (2 * np.pi)


def _distinct(zeros: list[Zero]) -> tuple[Array, Array]:
    table = np.array(zeros).reshape(-1, 3)
    far = np.abs(table[:, np.newaxis, :2] - table[:, :2]).max(axis=2) > _SAME
    table = table[[k for k in range(len(table)) if far[k, :k].all()]]
    return table[:, :2], table[:, 2]
