"""Slices of a loss over many parameters: a plane to see as a landscape, a line to see as a curve.

A slice is what can be drawn, not what is there: a network with 300 parameters has 300 directions, and a
picture shows two of them.

Examples
--------
A loss over four parameters, seen along the first and the last of them.

>>> def loss_of(parameters):
...     return float(np.sum([1, 2, 3, 4] * parameters**2))
>>> slice_plane(loss_of, np.zeros(4), [[1, 0, 0, 0], [0, 0, 0, 1]], names=("first", "last"))
Landscape(loss over first -1 to 1 and last -1 to 1)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from lossviz.evaluation import evaluate
from lossviz.landscape import Ends, Landscape, axis
from lossviz.variables import Array, as_numbers

if TYPE_CHECKING:
    from concurrent.futures import Executor

NAMES = ("first direction", "second direction")


class LineSlice(NamedTuple):
    """The loss along a straight line.

    Attributes
    ----------
    positions : array, shape (places,)
        Where: 0 is the start, 1 the end.
    losses : array, shape (places,)
        The loss at each.
    """

    positions: Array
    losses: Array


def slice_plane(
    loss_of: Callable[[Array], Any],
    centre: ArrayLike,
    directions: ArrayLike,
    *,
    span: float | Ends | tuple[Ends, Ends] = 1.0,
    size: int = 51,
    names: tuple[str, str] = NAMES,
    label: str = "loss",
    batched: bool = False,
    executor: Executor | None = None,
    progress: bool = True,
) -> Landscape:
    """Compute the loss on a plane through many parameters.

    Parameters
    ----------
    loss_of : function
        ``loss_of(parameters) -> float``, of any model: it is called with an array, shape (d,), of its own. If
        `batched`, ``(k, d) -> (k,)``, a loss for each row.
    centre : array, shape (d,)
        The parameters in the middle.
    directions : array, shape (2, d)
        The two directions of the plane, such as :func:`lossviz.random_directions` or
        :func:`lossviz.pca_directions` make. Angles and distances in a picture are true if they are at right
        angles and equally long; that is not required.
    span : float, (float, float) or two such pairs
        How far to go, in lengths of the directions: to both sides, or from where to where, for both
        directions or for each.
    size : int
        How many places along each direction, 3 or more. An odd number has the centre among them, if the span
        is the same to both sides; its loss is then exactly that of the centre.
    names : (str, str)
        What the directions are called.
    label : str
        What the loss is called.
    batched : bool
        Whether `loss_of` takes many vectors at once: up to 64, fewer where they are long.
    executor : concurrent.futures.Executor, optional
        What computes: threads, processes (then `loss_of` must be a function of a module), or a cluster, such
        as ``dask.distributed.Client(...).get_executor()``. Without one it is done here.
    progress : bool
        Whether to show a progress bar if it takes more than a second, at a terminal or in a notebook that
        somebody uses.

    Returns
    -------
    Landscape
        ``z[i, j]`` is the loss at ``centre + x[j] * directions[0] + y[i] * directions[1]``.

    Raises
    ------
    ValueError
        If an argument makes no sense, or a loss is not one finite number; the message says which, and where.

    Notes
    -----
    A PyTorch model is left as it is by a loss that calls it with other weights::

        names = [name for name, _ in model.named_parameters()]
        shapes = [weights.shape for weights in model.parameters()]
        sizes = [shape.numel() for shape in shapes]
        centre = torch.nn.utils.parameters_to_vector(model.parameters()).detach().numpy()

        def loss_of(parameters):
            parts = torch.as_tensor(parameters, dtype=torch.float32).split(sizes)
            weights = {name: part.reshape(shape) for name, part, shape in zip(names, parts, shapes)}
            return loss(torch.func.functional_call(model, weights, x), actual)

        slice_plane(loss_of, centre, random_directions(centre, shapes=shapes))

    Examples
    --------
    >>> centre, directions = np.array([3.0, 1, 2]), [[1, 0, 0], [0, 2, 0]]
    >>> plane = slice_plane(lambda p: p @ p, centre, directions, span=2, size=5)
    >>> plane.x
    array([-2., -1.,  0.,  1.,  2.])
    >>> plane.z[2]
    array([ 6.,  9., 14., 21., 30.])
    """
    middle = _vector("centre", centre)
    first, second = _two_directions(directions, len(middle))
    across, up = _spans(span)
    x, y = _nodes("span", across, size), _nodes("span", up, size)
    places = np.stack([np.ones((size, size)), *np.meshgrid(x, y)], axis=-1).reshape(-1, 3)
    at_centre = np.flatnonzero((places[:, 1] == 0) & (places[:, 2] == 0))
    losses = evaluate(
        loss_of,
        np.stack([middle, first, second]),
        places,
        names,
        exact=at_centre.tolist(),
        batched=batched,
        executor=executor,
        progress=progress,
    )
    return Landscape(x, y, losses.reshape(size, size), names=names, label=label)


def slice_line(
    loss_of: Callable[[Array], Any],
    start: ArrayLike,
    end: ArrayLike,
    *,
    beyond: float = 0.2,
    size: int = 51,
    batched: bool = False,
    executor: Executor | None = None,
    progress: bool = True,
) -> LineSlice:
    """Compute the loss on the straight line between two parameter vectors, and a little beyond both.

    Parameters
    ----------
    loss_of : function
        As for :func:`slice_plane`.
    start, end : array, shape (d,)
        The two parameter vectors.
    beyond : float
        How far to go on beyond both, as a share of the way between them; the last place lies within it.
    size : int
        How many places from start to end, both included, 2 or more; beyond them it goes on in the same steps.
    batched, executor, progress
        As for :func:`slice_plane`.

    Returns
    -------
    LineSlice
        The positions, 0 at the start and 1 at the end, and the loss at each.

    Raises
    ------
    ValueError
        If an argument makes no sense, or a loss is not one finite number; the message says which, and where.

    Examples
    --------
    >>> line = slice_line(lambda p: p @ p, [0.0, 1.0], [4.0, 1.0], beyond=0.5, size=3)
    >>> line.positions
    array([-0.5,  0. ,  0.5,  1. ,  1.5])
    >>> line.losses
    array([ 5.,  1.,  5., 17., 37.])
    """
    first, last = _vector("start", start), _vector("end", end)
    if first.shape != last.shape:
        raise ValueError(f"end must be as long as start, {len(first)} parameters; got {len(last)}")
    if (first == last).all():
        raise ValueError("end must differ from start: between equal parameters there is no line")
    if not isinstance(size, int | np.integer) or size < 2:
        raise ValueError(f"size must be a whole number of places, 2 or more; got {size!r}")
    if not (np.isfinite(beyond) and beyond >= 0):
        raise ValueError(f"beyond must be a finite number, 0 or more; got {beyond!r}")
    more = int(beyond * (size - 1) + 1e-9)  # a share such as 0.3 is a hair less than it says
    positions = np.arange(-more, size + more) / (size - 1)
    losses = evaluate(
        loss_of,
        np.stack([first, last]),
        np.column_stack([1 - positions, positions]),  # at both ends nothing of the other is left
        ["position"],
        exact=[more, more + size - 1],
        batched=batched,
        executor=executor,
        progress=progress,
    )
    return LineSlice(positions, losses)


def _vector(name: str, values: ArrayLike) -> Array:
    vector = as_numbers(name, values)
    if vector.ndim != 1:
        raise ValueError(f"{name} must be one row of parameters, shape (d,); got shape {vector.shape}")
    return vector


def _two_directions(directions: ArrayLike, d: int) -> tuple[Array, Array]:
    rows = list(directions) if np.iterable(directions) else []
    if len(rows) != 2:
        raise ValueError(f"directions must be two, shape (2, {d}); got {len(rows)}")
    first, second = (_vector(f"directions[{i}]", row) for i, row in enumerate(rows))
    for i, row in enumerate((first, second)):
        if len(row) != d:
            raise ValueError(
                f"directions[{i}] must have a number for each of the {d} parameters of centre; got {len(row)}"
            )
        if not row.any():
            raise ValueError(f"directions[{i}] is all zeros: it leads nowhere; give one that does")
    a, b = first / np.abs(first).max(), second / np.abs(second).max()
    aside = b - (a @ b) / (a @ a) * a
    if np.linalg.norm(aside) <= 1e-8 * np.linalg.norm(b):
        raise ValueError("directions must not be parallel: they span a line, not a plane")
    return first, second


def _spans(span: Any) -> tuple[Any, Any]:
    """Return the ends along both directions."""
    if np.ndim(span) == 0:
        try:
            far = float(span)
        except (TypeError, ValueError):
            far = np.nan
        if not (np.isfinite(far) and far > 0):
            raise ValueError(f"span must be a finite number above 0, or two ends; got {span!r}")
        return (-far, far), (-far, far)
    return (span[0], span[1]) if np.shape(span) == (2, 2) else (span, span)


def _nodes(name: str, ends: Ends, size: int) -> Array:
    """Return evenly spaced nodes; the one at 0, if there is one, is 0 and not a hair beside it."""
    nodes = axis(name, ends, size)
    nodes[np.abs(nodes) < 1e-9 * (nodes[1] - nodes[0])] = 0.0
    return nodes
