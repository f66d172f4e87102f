"""The best line through points, for any loss of the error, by iteratively reweighted least squares.

Least squares is easy: two equations. For any other loss, give each point the weight ``slope(e) / e`` of its
error ``e``, fit by weighted least squares, and do it again with the new errors until the score stops falling.
For the squared error all weights are 2, and the first step is the last.

Two things make it sure and quick. While the score still falls beyond a step, the step is doubled. And where
it has settled, the lines through pairs of the nearest points are tried: the best line for the absolute error,
which has a kink at 0, passes exactly through points, whose weights grow without end as it comes near them.

``js/src/refit.js`` does the same in the page; a test compares the two.

References
----------
P. W. Holland, R. E. Welsch (1977). Robust regression using iteratively reweighted least-squares.
Communications in Statistics - Theory and Methods 6, 813-827.
"""

from __future__ import annotations

from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from lossviz.loss import Loss
from lossviz.variables import Array

NEAR = 1e-9  # a smaller error counts as this large, as a share of the typical one
MOST_STEPS = 200  # of weighting
MOST_STRIDES = 20  # longer or shorter, by a factor of 2 each
SETTLED = 1e-13  # the search ends when a step lowers the score by less, as a share of it
NEAREST = 8  # points that may lie exactly on the best line of a loss with a kink


class Line(NamedTuple):
    """A line, ``y = weight * x + bias``."""

    weight: float
    bias: float

    def __call__(self, x: ArrayLike) -> Array:
        """Return its height at each ``x``; shape in, same shape out."""
        return self.weight * np.asarray(x, dtype=np.float64) + self.bias


def best_line(loss: Loss, x: ArrayLike, y: ArrayLike) -> Line:
    """Return the line with the lowest score.

    Parameters
    ----------
    loss : Loss
        A loss of the error. For a loss that is not convex, or has a kink elsewhere than at 0, the line is a
        good one, not surely the best.
    x, y : array, shape (n,)
        The points; two or more, not all at one `x`.

    Returns
    -------
    Line
        Its weight and bias. Where several lines are equally good it is one of them.

    Raises
    ------
    ValueError
        If the points determine no line, or the loss has another variable; the message says why.

    Examples
    --------
    Four points on a line and one far off: the squared error is drawn to it, the absolute error is not.

    >>> from lossviz import mae, mse
    >>> x, y = [0, 1, 2, 3, 4], [0, 1, 2, 3, 40]
    >>> [round(number, 2) for number in best_line(mse, x, y)]
    [8.2, -7.2]
    >>> [round(number, 2) for number in best_line(mae, x, y)]
    [1.0, 0.0]
    """
    check_error_loss(loss)
    x, y = check_points(x, y)
    # On a scale where both run from about -1 to 1, rounding hurts least, and a step is a step in any unit.
    x_middle, x_size = (x.max() + x.min()) / 2, (x.max() - x.min()) / 2
    y_middle, y_size = (y.max() + y.min()) / 2, (y.max() - y.min()) / 2 or 1.0
    columns = np.column_stack([(x - x_middle) / x_size, np.ones_like(x)])
    search = _Search(loss, columns, (y - y_middle) / y_size, y_size)
    tilt, height = search.run()
    weight = tilt * y_size / x_size
    return Line(float(weight), float(height * y_size + y_middle - weight * x_middle))


def check_points(x: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
    """Return the points as two arrays, or say why no line can be fitted to them.

    Raises
    ------
    ValueError
        If `x` or `y` is not a row of finite numbers, they differ in length, or all `x` are equal.

    Examples
    --------
    >>> check_points([1, 1], [2, 3])
    Traceback (most recent call last):
    ValueError: x is 1 for every point, and a line needs two different x; give points side by side
    """
    rows = _numbers("x", x), _numbers("y", y)
    if len(rows[0]) != len(rows[1]):
        raise ValueError(
            f"x and y must have one value per point each; got {len(rows[0])} and {len(rows[1])} values"
        )
    if len(rows[0]) < 2:
        raise ValueError(f"x must hold at least two points to lay a line through; got {len(rows[0])}")
    if rows[0].min() == rows[0].max():
        raise ValueError(
            f"x is {rows[0][0]:g} for every point, and a line needs two different x; give points side by side"
        )
    return rows


def check_error_loss(loss: Loss) -> None:
    """Refuse what cannot score a line, with TypeError or ValueError."""
    if not isinstance(loss, Loss):
        raise TypeError(f"losses must be Loss objects, such as mse; got {loss!r}")
    if loss.variable.name != "error":
        raise ValueError(
            f"losses must be losses of the error, such as mse; {loss.name} is one of the {loss.variable.name}"
        )
    if np.isfinite(loss.domain).any():
        raise ValueError(
            f"losses must be defined for every error, but {loss.name} has the domain "
            f"from {loss.domain[0]:g} to {loss.domain[1]:g}"
        )


def _numbers(name: str, values: ArrayLike) -> Array:
    try:
        row = np.array(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise ValueError(f"{name} must be a row of numbers; got {values!r}") from None
    if row.ndim != 1:
        raise ValueError(f"{name} must be a row of numbers, shape (n,); got shape {row.shape}")
    wrong = np.flatnonzero(~np.isfinite(row))
    if len(wrong):
        raise ValueError(
            f"{name} must be finite, but {name}[{wrong[0]}] is {row[wrong[0]]:g}; "
            f"leave such points out, as penguins().complete(...) does"
        )
    return row


class _Search:
    """The search for the best line, on the scale where points run from -1 to 1."""

    def __init__(self, loss: Loss, columns: Array, y: Array, unit: float) -> None:
        self.loss, self.columns, self.y, self.unit = loss, columns, y, unit

    def run(self) -> Array:
        """Return tilt and height of the best line."""
        line: Any = np.linalg.lstsq(self.columns, self.y, rcond=None)[0]  # least squares: where it starts
        typical = float(np.abs(self.errors(line)).mean())
        if typical < 1e-12:
            return line  # every point lies on it
        return self.through_pairs(self.reweight(line, NEAR * typical))

    def errors(self, line: Array) -> Array:
        """Return the error of every point."""
        return self.columns @ line - self.y

    def score(self, line: Array) -> float:
        """Return the mean loss."""
        return float(np.mean(self.loss.curve(self.errors(line) * self.unit)))

    def slope(self, errors: Array) -> Array:
        """Return the slope of the loss at each error."""
        return self.loss.curve_slope(errors * self.unit)

    def reweight(self, line: Array, near: float) -> Array:
        """Weight and fit until the score stops falling."""
        score = self.score(line)
        least = np.ptp(self.slope(np.array([-near, near]))) / (2 * near)  # weight of a point on the line
        for _ in range(MOST_STEPS):
            errors = self.errors(line)
            far = np.abs(errors) > near
            weights = np.full_like(errors, least)
            weights[far] = self.slope(errors[far]) / errors[far]
            matrix = self.columns.T @ (weights[:, np.newaxis] * self.columns)
            step: Any = np.linalg.lstsq(matrix, self.columns.T @ (weights * errors), rcond=None)[0]
            line, lower = self.stride(line, step, score)
            if score - lower <= SETTLED * abs(score):
                return line
            score = lower
        return line

    def stride(self, line: Array, step: Array, score: float) -> tuple[Array, float]:
        """Take the step; longer while the score goes on falling, or else shorter until it falls."""
        part, lower = 1.0, self.score(line - step)
        if lower < score:
            for _ in range(MOST_STRIDES):
                if (further := self.score(line - 2 * part * step)) >= lower:
                    break
                part, lower = 2 * part, further
            return line - part * step, lower
        for _ in range(MOST_STRIDES):
            part /= 2
            if (lower := self.score(line - part * step)) < score:
                return line - part * step, lower
        return line, score

    def through_pairs(self, line: Array) -> Array:
        """Return the best of a line and the lines through pairs of the points nearest to it."""
        # Of several points at one place only one counts, or they would be all that is near.
        _, places = np.unique(np.column_stack([self.columns[:, 0], self.y]), axis=0, return_index=True)
        nearest = places[np.argsort(np.abs(self.errors(line))[places], kind="stable")[:NEAREST]]
        lines: list[Any] = [
            np.linalg.solve(self.columns[[i, j]], self.y[[i, j]])
            for i, j in combinations(nearest, 2)
            if self.columns[i, 0] != self.columns[j, 0]
        ]
        return min([line, *lines], key=self.score)
