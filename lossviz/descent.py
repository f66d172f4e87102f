"""Walking downhill: gradient descent and its relatives, from parameters to parameters, as a `Path`.

Nothing here knows what the parameters mean: the weight and bias of a line, all the weights of a network, a
place on a map. The update rules and their conventions are PyTorch's.

``js/src/optimisers.js`` takes the same steps in the page; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from numbers import Real

import numpy as np
from numpy.typing import ArrayLike

from lossviz.variables import Array, as_numbers

OPTIMISERS = ("gradient descent", "momentum", "rmsprop", "adam")
_HUGE = 1e150  # squares of larger numbers overflow

Direction = Callable[[Array], Array]


@dataclass(frozen=True, eq=False)
class Path:
    """Where a descent went, one row for the start and one for each step.

    Attributes
    ----------
    points : array, shape (steps + 1, d)
        The parameters.
    losses : array, shape (steps + 1,)
        The loss at each.
    gradient_norms : array, shape (steps + 1,)
        The length of the gradient at each: how steep it is there. Noise is not counted.
    end : str
        Why it ended: ``"steps"`` (all were taken), ``"edge"`` (it left the bounds; the last point is where it
        crossed them) or ``"diverged"`` (the next numbers would have been too large to compute with).
    """

    points: Array
    losses: Array
    gradient_norms: Array
    end: str = "steps"

    @property
    def steps(self) -> int:
        """How many steps were taken."""
        return len(self.points) - 1

    def __repr__(self) -> str:
        return f"Path(steps={self.steps}, loss={self.losses[-1]:.3g}, end={self.end!r})"


def descend(
    loss: Callable[[Array], float],
    gradient: Callable[[Array], ArrayLike],
    start: ArrayLike,
    *,
    rate: float,
    steps: int = 100,
    optimiser: str = "gradient descent",
    momentum: float = 0.9,
    smoothing: float = 0.99,
    betas: tuple[float, float] = (0.9, 0.999),
    eps: float = 1e-8,
    decay: float = 0.0,
    noise: float = 0.0,
    seed: int = 0,
    bounds: tuple[ArrayLike, ArrayLike] | None = None,
) -> Path:
    """Walk downhill: each step is minus the learning rate times a direction made from the gradient.

    Parameters
    ----------
    loss : function
        ``loss(parameters) -> float``.
    gradient : function
        ``gradient(parameters) -> array, shape (d,)``: the slope of the loss in each parameter.
    start : array, shape (d,)
        The parameters to start from; they are not changed.
    rate : float
        The learning rate, above 0.
    steps : int
        How many steps to take.
    optimiser : str
        ``"gradient descent"``, ``"momentum"``, ``"rmsprop"`` or ``"adam"``.
    momentum : float
        For ``"momentum"``, from 0 to below 1: how much of the last step stays in the next, ``v ← momentum · v
        + gradient``. Texts that write ``(1 − momentum) · gradient`` take steps 1 / (1 − momentum) times
        shorter.
    smoothing : float
        For ``"rmsprop"``, from 0 to below 1: how much of the mean of squares stays (``alpha`` in PyTorch).
    betas : (float, float)
        For ``"adam"``, from 0 to below 1: how much of the mean, and of the mean of squares, stays.
    eps : float
        For ``"rmsprop"`` and ``"adam"``: what keeps the division from one by 0.
    decay : float
        Step t, counted from 0, is taken with ``rate / (1 + decay · t)``. 0 keeps the rate as it is.
    noise : float
        The standard deviation of Gaussian noise that is added to every number of the gradient.
    seed : int
        Makes the noise; the same seed gives the same path.
    bounds : (array, array), optional
        The lowest and the highest value of each parameter, shape (d,) each. A step that leaves them ends the
        path, where it crosses them.

    Returns
    -------
    Path
        Shorter than asked if the path left the bounds or diverged.

    Raises
    ------
    ValueError
        If an argument makes no sense, or the loss or gradient at the start is not finite; the message names
        it.

    References
    ----------
    Kingma and Ba (2015), "Adam: a method for stochastic optimization", ICLR. https://arxiv.org/abs/1412.6980

    Examples
    --------
    On a parabola with curvature 1, a rate of 0.5 halves the distance from the bottom with each step.

    >>> path = descend(lambda p: p @ p / 2, lambda p: p, start=[8.0], rate=0.5, steps=3)
    >>> path.points.ravel()
    array([8., 4., 2., 1.])
    >>> path
    Path(steps=3, loss=0.5, end='steps')
    """
    here = as_numbers("start", start)
    if here.ndim != 1:
        raise ValueError(f"start must be one row of parameters, shape (d,); got shape {here.shape}")
    check_positive("rate", rate)
    if not isinstance(steps, int | np.integer) or steps < 0:
        raise ValueError(f"steps must be a whole number, 0 or more; got {steps!r}")
    for name, number in (("decay", decay), ("noise", noise)):
        if not (isinstance(number, Real) and np.isfinite(number) and number >= 0):
            raise ValueError(f"{name} must be a finite number, 0 or more; got {number!r}")
    low, high = _check_bounds(bounds, here)
    direction = direction_of(optimiser, momentum=momentum, smoothing=smoothing, betas=betas, eps=eps)
    shake = np.random.default_rng(seed)

    points, losses, slopes = [here], [_loss(loss, here)], [_slope(gradient, here)]
    if not (np.isfinite(losses[0]) and np.isfinite(slopes[0]).all()):
        raise ValueError(f"start must have a finite loss and gradient; got {losses[0]:g} and {slopes[0]}")
    end = "steps"
    with np.errstate(all="ignore"):  # numbers that grow too large are told by `end`
        for step in range(steps):
            slope = slopes[-1] + noise * shake.standard_normal(here.shape) if noise else slopes[-1]
            there = here - rate / (1 + decay * step) * direction(slope)
            if not np.abs(there).max() < _HUGE:
                end = "diverged"
                break
            if (there < low).any() or (there > high).any():
                end, there = "edge", cut(here, there, low, high)
            value, slope = _loss(loss, there), _slope(gradient, there)
            if not (np.isfinite(value) and np.isfinite(slope).all()):
                end = "diverged"
                break
            here = there
            points.append(here)
            losses.append(value)
            slopes.append(slope)
            if end == "edge":
                break
    # Unlike a root of squares, hypot cannot overflow before its result does.
    return Path(np.array(points), np.array(losses), np.hypot.reduce(np.array(slopes), axis=1), end)


def direction_of(
    optimiser: str,
    *,
    momentum: float = 0.9,
    smoothing: float = 0.99,
    betas: tuple[float, float] = (0.9, 0.999),
    eps: float = 1e-8,
) -> Direction:
    """Return what turns each gradient into the direction to go against; arguments as for `descend`.

    It remembers the gradients before, so a new walk needs a new one. It takes arrays of any shape, also many
    walks at once, a row each.

    Examples
    --------
    >>> direction = direction_of("momentum", momentum=0.5)
    >>> direction(np.array([1.0])), direction(np.array([1.0]))
    (array([1.]), array([1.5]))
    """
    if np.shape(betas) != (2,):
        raise ValueError(f"betas must be two numbers, such as (0.9, 0.999); got {betas!r}")
    for name, shares in (("momentum", [momentum]), ("smoothing", [smoothing]), ("betas", betas)):
        if not all(0 <= share < 1 for share in shares):
            raise ValueError(f"{name} must be from 0 to below 1; got {', '.join(map(str, shares))}")
    check_positive("eps", eps)
    if optimiser == "gradient descent":
        return lambda slope: slope
    if optimiser == "momentum":
        return _momentum(momentum)
    if optimiser == "rmsprop":
        return _rmsprop(smoothing, eps)
    if optimiser == "adam":
        return _adam(betas, eps)
    raise ValueError(f"optimiser must be one of {', '.join(map(repr, OPTIMISERS))}; got {optimiser!r}")


def _momentum(momentum: float) -> Direction:
    velocity: Array | float = 0.0

    def direction(slope: Array) -> Array:
        nonlocal velocity
        velocity = momentum * velocity + slope
        return velocity

    return direction


def _rmsprop(smoothing: float, eps: float) -> Direction:
    squares: Array | float = 0.0

    def direction(slope: Array) -> Array:
        nonlocal squares
        squares = smoothing * squares + (1 - smoothing) * slope**2
        return slope / (np.sqrt(squares) + eps)

    return direction


def _adam(betas: tuple[float, float], eps: float) -> Direction:
    mean: Array | float = 0.0
    squares: Array | float = 0.0
    taken = 0

    def direction(slope: Array) -> Array:
        nonlocal mean, squares, taken
        taken += 1
        mean = betas[0] * mean + (1 - betas[0]) * slope
        squares = betas[1] * squares + (1 - betas[1]) * slope**2
        # Both means begin at 0; what divides them here takes that out again.
        return mean / (1 - betas[0] ** taken) / (np.sqrt(squares / (1 - betas[1] ** taken)) + eps)

    return direction


def cut(here: Array, there: Array, low: Array, high: Array) -> Array:
    """Return where a step from `here`, within bounds, to `there`, outside, crosses them.

    Examples
    --------
    >>> cut(np.array([0.0, 0.0]), np.array([4.0, 2.0]), np.array([-1.0, -1.0]), np.array([1.0, 1.0]))
    array([1. , 0.5])
    """
    step = there - here
    with np.errstate(divide="ignore", invalid="ignore"):
        edge = np.where(step > 0, high, low)
        shares = np.where(step != 0, (edge - here) / step, np.inf)
    share = min(1.0, float(shares.min()))
    # On the edge to the last bit, however the product is rounded.
    return np.where(shares == share, edge, np.clip(here + share * step, low, high))


def check_positive(name: str, number: float) -> float:
    """Return a number, or refuse what is not finite and above 0."""
    if not (isinstance(number, Real) and np.isfinite(number) and number > 0):
        raise ValueError(f"{name} must be a finite number above 0; got {number!r}")
    return float(number)


def _check_bounds(bounds: tuple[ArrayLike, ArrayLike] | None, start: Array) -> tuple[Array, Array]:
    if bounds is None:
        return np.full(start.shape, -np.inf), np.full(start.shape, np.inf)
    try:
        low, high = (np.broadcast_to(np.asarray(ends, dtype=float), start.shape) for ends in bounds)
        ordered = bool((low < high).all())
    except (TypeError, ValueError):
        ordered = False
    if not ordered:
        raise ValueError(f"bounds must be the lowest and the highest value of each parameter; got {bounds}")
    if (start < low).any() or (start > high).any():
        raise ValueError(f"start must lie within the bounds, from {low} to {high}; got {start}")
    return low, high


def _loss(loss: Callable[[Array], float], here: Array) -> float:
    return float(loss(here.copy()))


def _slope(gradient: Callable[[Array], ArrayLike], here: Array) -> Array:
    slope = np.array(gradient(here.copy()), dtype=float)
    if slope.shape != here.shape:
        raise ValueError(
            f"gradient must return a number for each of the {len(here)} parameters; got shape {slope.shape}"
        )
    return slope
