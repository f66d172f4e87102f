"""A loss landscape: the loss over two parameters, as a grid of heights and slopes to read and walk.

A grid and not a formula, so that the page can draw and walk whatever Python can compute. Between its nodes a
drawer reads it as `Landscape.value_at` and `Landscape.slope_at` do; ``js/src/grid.js`` is the same in the
page, and a test compares the two.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lossviz.descent import Path, descend
from lossviz.loss import Loss
from lossviz.variables import Array, as_numbers

SIZE = 67  # nodes along each axis: the middle is a node, and a contour line looks smooth
Ends = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Landscape:
    """The loss over two parameters: `z[i, j]` is its height at ``(x[j], y[i])``.

    Attributes
    ----------
    x : array, shape (columns,)
        The first parameter at the nodes, evenly spaced, rising.
    y : array, shape (rows,)
        The second parameter at the nodes.
    z : array, shape (rows, columns)
        The loss at each node.
    dx, dy : array, shape (rows, columns)
        Its slopes along `x` and along `y`. If they are not given, they are the differences of the heights:
        exact for a bowl, and as close as the grid is fine for anything else.
    names : (str, str)
        What the two parameters are called.
    label : str
        What the height is called.

    Raises
    ------
    ValueError
        If the grid is no grid, or holds a number that is not finite; the message says where.

    Examples
    --------
    >>> bowl = Landscape.of(lambda x, y: (x**2 + 10 * y**2) / 2, x=(-2, 2), y=(-1, 1))
    >>> bowl.value_at([[1, 0.5], [0, 0]]).round(6), bowl.slope_at([1, 0.5]).round(6)
    (array([1.75, 0.  ]), array([1., 5.]))
    >>> bowl.descend([-2, 0.5], rate=0.1, steps=60).points[-1].round(3)
    array([-0.004,  0.   ])
    """

    x: Array
    y: Array
    z: Array
    dx: Array = None  # type: ignore[assignment] # made from z where it is not given
    dy: Array = None  # type: ignore[assignment]
    names: tuple[str, str] = ("x", "y")
    label: str = "loss"

    def __post_init__(self) -> None:
        x, y = _check_axis("x", self.x), _check_axis("y", self.y)
        z = _check_heights("z", self.z, x, y)
        if (self.dx is None) != (self.dy is None):
            raise ValueError("dx and dy must be given together, or neither")
        dx, dy = (differences(z, x, y)) if self.dx is None else (self.dx, self.dy)
        grids = {"dx": _check_heights("dx", dx, x, y), "dy": _check_heights("dy", dy, x, y)}
        for name, array in {"x": x, "y": y, "z": z, **grids}.items():
            array.flags.writeable = False  # whoever holds the landscape can rely on it
            object.__setattr__(self, name, array)

    def __repr__(self) -> str:
        (x, y), (left, right), (low, high) = self.names, self.x_range, self.y_range
        return f"Landscape({self.label} over {x} {left:g} to {right:g} and {y} {low:g} to {high:g})"

    @property
    def x_range(self) -> Ends:
        """The ends of the first parameter."""
        return float(self.x[0]), float(self.x[-1])

    @property
    def y_range(self) -> Ends:
        """The ends of the second parameter."""
        return float(self.y[0]), float(self.y[-1])

    # ---------------------------------------------------------------------------------------- how one is made

    @classmethod
    def of(
        cls,
        function: Callable[[float, float], float],
        x: Ends,
        y: Ends,
        *,
        size: int = SIZE,
        slope: Callable[[float, float], tuple[float, float]] | None = None,
        names: tuple[str, str] = ("x", "y"),
        label: str = "loss",
    ) -> Landscape:
        """Make the landscape of any function of two numbers.

        Parameters
        ----------
        function : function
            ``function(x, y) -> float``; it is called with one number each.
        x, y : (float, float)
            From where to where each runs.
        size : int
            How many nodes along each axis, 3 or more. An odd number has a node in the middle.
        slope : function, optional
            ``slope(x, y) -> (float, float)``, if the exact slopes are known.
        names, label
            What the two numbers and the height are called.

        Examples
        --------
        >>> saddle = Landscape.of(lambda x, y: x**2 - y**2, x=(-1, 1), y=(-1, 1), size=5)
        >>> saddle.z[2]
        array([1.  , 0.25, 0.  , 0.25, 1.  ])
        """
        across, up = axis("x", x, size), axis("y", y, size)
        z = _grid(function, across, up)
        if slope is None:
            return cls(across, up, z, names=names, label=label)
        slopes = np.array([[slope(float(a), float(b)) for a in across] for b in up], dtype=float)
        return cls(across, up, z, slopes[..., 0], slopes[..., 1], names, label)

    @classmethod
    def of_model(
        cls,
        model: Callable[..., ArrayLike],
        loss: Loss,
        x: ArrayLike,
        actual: ArrayLike,
        *,
        size: int = SIZE,
        **parameters: float | Ends,
    ) -> Landscape:
        """Make the landscape of a model's score over two of its parameters.

        Parameters
        ----------
        model : function
            ``model(x, **parameters)`` returns the prediction for each example.
        loss : Loss
            What scores the predictions.
        x, actual : array
            The examples, and the truth for each.
        size : int
            How many nodes along each axis.
        **parameters : (float, float) or float
            Every parameter of the model by its name: two that vary, each with its ends, across first; the
            others with the value they keep.

        Examples
        --------
        >>> from lossviz import mse
        >>> def line(x, weight, bias):
        ...     return weight * np.asarray(x) + bias
        >>> Landscape.of_model(line, mse, [0, 1, 2], [1, 3, 5], weight=(0, 4), bias=(-1, 3))
        Landscape(squared error over weight 0 to 4 and bias -1 to 3)
        """
        vary = {name: ends for name, ends in parameters.items() if not np.isscalar(ends)}
        if len(vary) != 2:
            raise ValueError(
                "two parameters must be given by their ends, such as weight=(-1, 1), the others by a number; "
                f"got ends for {', '.join(vary) or 'none'}"
            )
        (first, across), (second, up) = vary.items()
        kept = {name: value for name, value in parameters.items() if name not in vary}

        def score(a: float, b: float) -> float:
            return loss(actual, model(x, **kept, **{first: a, second: b}))

        return cls.of(
            score, _ends(first, across), _ends(second, up), size=size, names=(first, second), label=loss.label
        )

    # --------------------------------------------------------------------------------------- how one is read

    def holds(self, place: ArrayLike) -> bool:
        """Say whether a place ``(x, y)`` is on the map, its edge included.

        Examples
        --------
        >>> Landscape.of(lambda x, y: x, x=(0, 1), y=(0, 1)).holds([0.5, 2])
        False
        """
        across, up = _place("place", place)
        return bool(self.x[0] <= across <= self.x[-1] and self.y[0] <= up <= self.y[-1])

    def value_at(self, places: ArrayLike) -> Array:
        """Return the height at each place; beyond the edge, that of the edge.

        Parameters
        ----------
        places : array, shape (2,) or (k, 2)
            Where: ``x`` and ``y``.

        Returns
        -------
        array, shape () or (k,)
            Read from the four nodes around by cubic curves with the slopes of the grid, first across, then
            up.
        """
        (i, s), (j, t) = self._cell(places)
        width, height = self.x[1] - self.x[0], self.y[1] - self.y[0]
        rows = [
            (
                _hermite(self.z[k, j], self.z[k, j + 1], self.dx[k, j] * width, self.dx[k, j + 1] * width, t),
                (self.dy[k, j] * (1 - t) + self.dy[k, j + 1] * t) * height,
            )
            for k in (i, i + 1)
        ]
        return _hermite(rows[0][0], rows[1][0], rows[0][1], rows[1][1], s)

    def slope_at(self, places: ArrayLike) -> Array:
        """Return both slopes at each place, shape (2,) or (k, 2): bilinear between the four nodes around.

        Examples
        --------
        >>> plane = Landscape.of(lambda x, y: 2 * x - y, x=(0, 1), y=(0, 1))
        >>> plane.slope_at([[0.1, 0.2], [0.3, 0.4]])
        array([[ 2., -1.],
               [ 2., -1.]])
        """
        (i, s), (j, t) = self._cell(places)
        slopes = [
            (grid[i, j] * (1 - t) + grid[i, j + 1] * t) * (1 - s)
            + (grid[i + 1, j] * (1 - t) + grid[i + 1, j + 1] * t) * s
            for grid in (self.dx, self.dy)
        ]
        return np.stack(slopes, axis=-1)

    def descend(self, start: ArrayLike, *, rate: float, **options: Any) -> Path:
        """Walk downhill on the map from ``start = (x, y)``; a path that leaves the map ends at its edge.

        Parameters
        ----------
        start : array, shape (2,)
            A place on the map.
        rate : float
            The learning rate.
        **options
            As for :func:`lossviz.descent.descend`: `steps`, `optimiser`, `momentum`, `noise` and so on.

        Returns
        -------
        Path
        """
        bounds = [self.x[0], self.y[0]], [self.x[-1], self.y[-1]]
        return descend(
            lambda at: float(self.value_at(at)),
            self.slope_at,
            _place("start", start),
            rate=rate,
            bounds=bounds,
            **options,
        )

    def _cell(self, places: ArrayLike) -> tuple[tuple[Any, Array], tuple[Any, Array]]:
        """Return row and column of the cell of each place, each with how far in it the place lies, 0 to 1."""
        at = np.asarray(places, dtype=float)
        if at.ndim not in (1, 2) or at.shape[-1] != 2:
            raise ValueError(f"places must have shape (2,) or (k, 2), an x and a y each; got {at.shape}")
        if np.isnan(at).any():
            raise ValueError("places must be numbers; got NaN")
        found = []
        for nodes, where in ((self.y, at[..., 1]), (self.x, at[..., 0])):
            last = len(nodes) - 1
            units = np.clip((where - nodes[0]) / (nodes[-1] - nodes[0]) * last, 0, last)
            cell = np.minimum(units.astype(int), last - 1)
            found.append((cell, units - cell))
        return found[0], found[1]


def axis(name: str, ends: Ends, size: int) -> Array:
    """Return evenly spaced nodes from one end to the other, both included.

    Examples
    --------
    >>> axis("x", (-1, 1), 4).round(3)
    array([-1.   , -0.333,  0.333,  1.   ])
    """
    if not isinstance(size, int | np.integer) or size < 3:
        raise ValueError(f"size must be a whole number of nodes, 3 or more; got {size!r}")
    low, high = _ends(name, ends)
    return np.linspace(low, high, size)


def differences(z: Array, x: Array, y: Array) -> tuple[Array, Array]:
    """Return the slopes of a grid along both axes, by differences of its heights; exact for a bowl.

    Examples
    --------
    >>> x = np.array([0.0, 1, 2])
    >>> differences(np.array([[0.0, 1, 4]] * 3), x, x)[0][0]
    array([0., 2., 4.])
    """
    return (
        np.gradient(z, x[1] - x[0], axis=1, edge_order=2),
        np.gradient(z, y[1] - y[0], axis=0, edge_order=2),
    )


def _ends(name: str, ends: Any) -> Ends:
    try:
        low, high = (float(end) for end in ends)
    except (TypeError, ValueError):
        raise ValueError(f"{name} must be two ends, such as (-1, 1); got {ends!r}") from None
    if not (np.isfinite([low, high]).all() and low < high):
        raise ValueError(f"{name} must run from a low to a higher finite end; got {ends!r}")
    return low, high


def _place(name: str, place: ArrayLike) -> Array:
    at = as_numbers(name, place)
    if at.shape != (2,):
        raise ValueError(f"{name} must be an x and a y, shape (2,); got shape {at.shape}")
    return at


def _check_axis(name: str, nodes: ArrayLike) -> Array:
    at = as_numbers(name, nodes).copy()
    if at.ndim != 1 or len(at) < 3:
        raise ValueError(f"{name} must be one row of 3 or more nodes; got shape {at.shape}")
    steps = np.diff(at)
    even = (at[-1] - at[0]) / (len(at) - 1)
    if not (even > 0 and np.allclose(steps, even, rtol=1e-6, atol=0)):
        raise ValueError(f"{name} must rise in even steps, as np.linspace makes them")
    return at


def _check_heights(name: str, values: ArrayLike, x: Array, y: Array) -> Array:
    grid = np.array(values, dtype=float)
    if grid.shape != (len(y), len(x)):
        raise ValueError(
            f"{name} must have shape ({len(y)}, {len(x)}), a row for each y and a column for each x; "
            f"got {grid.shape}"
        )
    bad = np.argwhere(~np.isfinite(grid))
    if len(bad):
        i, j = bad[0]
        raise ValueError(
            f"{name} must be finite everywhere; got {grid[i, j]} at x = {x[j]:g}, y = {y[i]:g}"
            f"{f' and {len(bad) - 1} more' if len(bad) > 1 else ''}: choose ends that leave such places out"
        )
    return grid


def _grid(function: Callable[[float, float], float], x: Array, y: Array) -> Array:
    z = np.empty((len(y), len(x)))
    for i, b in enumerate(y):
        for j, a in enumerate(x):
            z[i, j] = function(float(a), float(b))
    return z


def _hermite(start: Array, end: Array, leave: Array, arrive: Array, t: Array) -> Array:
    """Return the cubic from `start` at 0 to `end` at 1, with these slopes there."""
    rise = end - start
    return start + t * (leave + t * (3 * rise - 2 * leave - arrive + t * (leave + arrive - 2 * rise)))
