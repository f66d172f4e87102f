"""A line that separates two classes of points in the plane, trained by gradient descent.

The line is where the logit ``weights · x + bias`` is 0. What training makes small is the objective

    ½ · penalty · ‖weights‖² + the SUM of the losses of all points

The penalty keeps the weights short, which keeps the band between margin −1 and +1 wide; the bias is free. A
sum, and not a mean, because then a point without a slope can be left out and nothing else changes.

``js/src/separating.js`` does the same in the page, on the sampled slope of the loss; a test compares the two.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from lossviz.loss import Loss
from lossviz.models import linear_logit
from lossviz.variables import Array, as_numbers


class Gradient(NamedTuple):
    """The slope of the objective in each of its parameters."""

    weights: Array
    bias: float


def objective(
    loss: Loss, x: ArrayLike, actual: ArrayLike, weights: ArrayLike, bias: float, penalty: float
) -> float:
    """Return what training makes small: ``½ · penalty · ‖weights‖²`` plus the sum of the losses.

    Parameters
    ----------
    loss : Loss
        A loss of the margin.
    x : array, shape (n, 2)
        The points.
    actual : array, shape (n,)
        The class of each: −1 or +1.
    weights : array, shape (2,)
        Across the line, towards the class +1; the longer, the narrower the band.
    bias : float
        The logit at ``x = (0, 0)``.
    penalty : float
        What long weights cost; 0 or more.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If an argument makes no sense; the message names it.

    Examples
    --------
    >>> from lossviz import hinge
    >>> objective(hinge, [[2, 0], [-0.5, 1]], [1, -1], weights=[1, 0], bias=0, penalty=1)
    1.0
    """
    check_margin_loss(loss)
    x, actual = check_classes(x, actual)
    line = check_line(weights, bias)
    margin = actual * linear_logit(x, line[:2], line[2])
    return float(check_penalty(penalty) / 2 * np.sum(line[:2] ** 2) + np.sum(loss.curve(margin)))


def gradient(
    loss: Loss, x: ArrayLike, actual: ArrayLike, weights: ArrayLike, bias: float, penalty: float
) -> Gradient:
    """Return the slope of the objective in the two weights and the bias; arguments as for the objective.

    Examples
    --------
    A silent point adds nothing. The other one, of class −1, adds its slope times its place.

    >>> from lossviz import hinge
    >>> gradient(hinge, [[2, 0], [-0.5, 1]], [1, -1], weights=[1, 0], bias=0, penalty=1)
    Gradient(weights=array([0.5, 1. ]), bias=1.0)
    """
    check_margin_loss(loss)
    x, actual = check_classes(x, actual)
    return _gradient(loss, x, actual, check_line(weights, bias), check_penalty(penalty))


def train(
    loss: Loss,
    x: ArrayLike,
    actual: ArrayLike,
    weights: ArrayLike,
    bias: float,
    *,
    penalty: float = 1.0,
    rate: float | None = None,
    steps: int = 200,
) -> Array:
    """Walk downhill on the objective, by plain gradient descent from a given line.

    Parameters
    ----------
    loss, x, actual, weights, bias, penalty
        As for the objective; `weights` and `bias` are the line to start from.
    rate : float, optional
        Each step is minus the gradient times this. The default is `safe_rate`.
    steps : int
        How many steps to take.

    Returns
    -------
    array, shape (steps + 1, 3)
        Every line on the way, the first one too: two weights and a bias.

    Raises
    ------
    ValueError
        If an argument makes no sense, or the steps are so long that the numbers overflow.

    Examples
    --------
    >>> from lossviz import hinge
    >>> train(hinge, [[1, 0], [-1, 0]], [1, -1], [0, 0], 0, penalty=0, rate=0.25, steps=3)
    array([[0. , 0. , 0. ],
           [0.5, 0. , 0. ],
           [1. , 0. , 0. ],
           [1. , 0. , 0. ]])
    """
    check_margin_loss(loss)
    x, actual = check_classes(x, actual)
    penalty = check_penalty(penalty)
    rate = safe_rate(x, penalty) if rate is None else check_rate(rate)
    if not isinstance(steps, int | np.integer) or steps < 0:
        raise ValueError(f"steps must be a whole number, 0 or more; got {steps!r}")
    lines = np.empty((steps + 1, 3))
    lines[0] = check_line(weights, bias)
    for step in range(steps):
        now = lines[step]
        # All three slopes are taken at the same line, before any of its numbers changes.
        lines[step + 1] = now - rate * np.append(*_gradient(loss, x, actual, now, penalty))
        if not np.abs(lines[step + 1]).max() < 1e150:  # squares of larger numbers overflow
            raise ValueError(f"rate {rate:g} is too large: after {step + 1} steps the weights overflow")
    return lines


def safe_rate(x: ArrayLike, penalty: float = 1.0) -> float:
    """Return a learning rate that never overshoots: ``1 / (2 · Σ(‖x‖² + 1) + penalty)``.

    No slope of the objective changes faster than the bracket says, as long as the loss bends no more than the
    squared hinge; so a step of this length goes downhill. At the kink of the hinge no rate can promise that:
    there the line hovers in steps of this size.

    Examples
    --------
    >>> safe_rate([[1, 0], [-1, 0]], penalty=2)
    0.1
    """
    x = as_numbers("x", x)
    return float(1 / (2 * (np.sum(x**2) + len(x)) + check_penalty(penalty)))


def check_classes(x: ArrayLike, actual: ArrayLike) -> tuple[Array, Array]:
    """Return points and classes as two arrays of numbers, or say what is wrong with them.

    Raises
    ------
    ValueError
        If `x` is not one pair of finite numbers a point, or `actual` not one −1 or +1 a point.

    Examples
    --------
    >>> check_classes([[0, 1], [2, 3]], [0, 1])
    Traceback (most recent call last):
    ValueError: actual must be -1 or +1; for 0/1 labels use 2*y - 1 (got 0 at index 0)
    """
    points, classes = as_numbers("x", x), as_numbers("actual", actual)
    if points.ndim != 2 or points.shape[1] != 2:
        raise ValueError(
            f"x must have shape (n, 2), a row for each point; got {points.shape}: "
            "np.column_stack([across, up]) makes it from two rows of numbers"
        )
    if classes.shape != (len(points),):
        raise ValueError(
            f"actual must have one class a point, shape ({len(points)},); got shape {classes.shape}"
        )
    wrong = np.flatnonzero(np.abs(classes) != 1)
    if len(wrong):
        raise ValueError(
            "actual must be -1 or +1; for 0/1 labels use 2*y - 1 "
            f"(got {classes[wrong[0]]:g} at index {wrong[0]})"
        )
    return points, classes


def check_line(weights: ArrayLike, bias: float) -> Array:
    """Return two weights and a bias as one array, or say what is wrong with them.

    Examples
    --------
    >>> check_line([1, 2], 3)
    array([1., 2., 3.])
    """
    slopes, height = as_numbers("weights", weights), as_numbers("bias", bias)
    if slopes.shape != (2,):
        raise ValueError(f"weights must be two numbers, one for each column of x; got shape {slopes.shape}")
    if height.ndim:
        raise ValueError(f"bias must be one number; got shape {height.shape}")
    return np.append(slopes, height)


def check_margin_loss(loss: Loss) -> None:
    """Refuse what cannot score a separating line, with TypeError or ValueError.

    Examples
    --------
    >>> from lossviz import mse
    >>> check_margin_loss(mse)
    Traceback (most recent call last):
    ValueError: losses must be losses of the margin, such as hinge; mse is one of the error
    """
    if not isinstance(loss, Loss):
        raise TypeError(f"losses must be Loss objects, such as hinge; got {loss!r}")
    if loss.variable.name != "margin":
        raise ValueError(
            "losses must be losses of the margin, such as hinge; "
            f"{loss.name} is one of the {loss.variable.name}"
        )
    if np.isfinite(loss.domain).any():
        raise ValueError(
            f"losses must be defined for every margin, but {loss.name} has the domain "
            f"from {loss.domain[0]:g} to {loss.domain[1]:g}"
        )


def check_penalty(penalty: float) -> float:
    """Return the penalty, or refuse what is not a finite number of 0 or more."""
    if not (np.isfinite(penalty) and penalty >= 0):
        raise ValueError(f"penalty must be a finite number, 0 or more; got {penalty:g}")
    return float(penalty)


def check_rate(rate: float) -> float:
    """Return the learning rate, or refuse what is not a finite number above 0."""
    if not (np.isfinite(rate) and rate > 0):
        raise ValueError(f"rate must be a finite number above 0; got {rate:g}")
    return float(rate)


def _gradient(loss: Loss, x: Array, actual: Array, line: Array, penalty: float) -> Gradient:
    pulls = actual * loss.curve_slope(actual * linear_logit(x, line[:2], line[2]))
    return Gradient(penalty * line[:2] + pulls @ x, float(pulls.sum()))
