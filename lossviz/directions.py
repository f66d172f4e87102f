"""Which plane through many parameters to look at: two random directions, or the plane of a path.

References
----------
Li, Xu, Taylor, Studer and Goldstein (2018), "Visualizing the loss landscape of neural nets", NeurIPS.
https://arxiv.org/abs/1712.09913
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from lossviz.descent import Path
from lossviz.landscape import Ends
from lossviz.variables import Array, as_numbers

_FLAT = 1e-10  # a second direction this much shorter than the first is rounding


def random_directions(
    centre: ArrayLike, *, seed: int = 0, shapes: Sequence[tuple[int, ...]] | None = None
) -> Array:
    """Draw two random directions at right angles, each as long, filter by filter, as the centre itself.

    The same step is a large change to small weights and a small one to large weights. With ReLU units, one
    layer's weights can be ten times as large and the next one's a tenth: the network does the same, and its
    landscape looks quite another. So steps are measured by the weights they change (Li et al. 2018): with
    `shapes`, each *filter* (the weights into one unit, a row of a weight matrix) of each direction gets the
    length of the centre's, and biases do not move. A step of 1 then changes each filter by its own length.

    Making two directions orthogonal changes their lengths, and making them as long as the centre, filter by
    filter, changes the angle between them. So both are done within each filter: there the second is first
    made orthogonal to the first, then both are made as long as the filter. Sums of such pieces are orthogonal
    too, so both hold exactly. It takes two entries. Where the filters of a matrix have one each (a network
    with a single input), the whole matrix is taken as one filter; a matrix with one entry in all moves in the
    first direction only.

    Parameters
    ----------
    centre : array, shape (d,)
        The parameters to look around at; they are not changed.
    seed : int
        Makes the directions; the same seed gives the same bits.
    shapes : sequence of tuples, optional
        The shapes of the arrays that make up `centre`, one after the other, such as ``[(16, 2), (16,)]``.
        With two or more axes it is a weight matrix, with a filter for each index of the first axis (of a
        PyTorch model: ``[p.shape for p in model.parameters()]``); with one, biases. Without shapes the whole
        vector is one filter.

    Returns
    -------
    array, shape (2, d)

    Raises
    ------
    ValueError
        If the shapes do not fit, or leave fewer than two directions to move in.

    Examples
    --------
    Two units with two inputs each, and their biases.

    >>> centre = np.array([3.0, 4, 0, 2, 7, 7])
    >>> first, second = random_directions(centre, seed=1, shapes=[(2, 2), (2,)])
    >>> [float(np.linalg.norm(first[unit]).round(9)) for unit in (slice(0, 2), slice(2, 4), slice(4, 6))]
    [5.0, 2.0, 0.0]
    >>> float(abs(first @ second).round(9))
    0.0
    """
    middle = as_numbers("centre", centre)
    if middle.ndim != 1:
        raise ValueError(f"centre must be one row of parameters, shape (d,); got shape {middle.shape}")
    directions = np.random.default_rng(seed).standard_normal((2, len(middle)))
    begin = 0
    for shape in _check_shapes(shapes, len(middle)):
        end = begin + int(np.prod(shape))
        if len(shape) < 2:
            directions[:, begin:end] = 0
        else:
            filters = shape[0] if end - begin > shape[0] else 1
            drawn = directions[:, begin:end].reshape(2, filters, -1)
            drawn[:] = _fit(drawn, middle[begin:end].reshape(filters, -1))
        begin = end
    if not directions.any(axis=1).all():
        raise ValueError(
            "centre leaves fewer than two directions to move in: it takes a filter with two or more weights "
            "that are not all 0; give slice_plane directions of your own"
        )
    return directions


def _fit(drawn: Array, filters: Array) -> Array:
    """Return two drawings, shape (2, filters, entries), orthogonal and as long as each filter."""
    first, second = drawn
    if first.shape[1] == 1:
        return np.stack([np.sign(first) * np.abs(filters), np.zeros_like(second)])
    for _ in range(2):  # once leaves the rounding of what was taken away
        shares = (first * second).sum(axis=1, keepdims=True) / (first * first).sum(axis=1, keepdims=True)
        second = second - shares * first
    pair = np.stack([first, second])
    return pair / _lengths(pair) * _lengths(filters)


def _lengths(rows: Array) -> Array:
    return np.linalg.norm(rows, axis=-1, keepdims=True)


def _check_shapes(shapes: Sequence[tuple[int, ...]] | None, d: int) -> list[tuple[int, ...]]:
    if shapes is None:
        return [(1, d)]
    try:
        found = [tuple(int(length) for length in shape) for shape in shapes]
    except TypeError:
        raise ValueError(f"shapes must be tuples, such as [(16, 2), (16,)]; got {shapes!r}") from None
    size = sum(int(np.prod(shape)) for shape in found)
    if size != d or any(length < 1 for shape in found for length in shape):
        raise ValueError(f"shapes must make up the {d} parameters of centre; {found} make up {size}")
    return found


@dataclass(frozen=True, eq=False)
class PathPlane:
    """The plane that a path lies closest to, among those through its last point.

    Attributes
    ----------
    centre : array, shape (d,)
        The path's last point.
    directions : array, shape (2, d)
        Two directions of length 1 at right angles; the first is where the path spreads most.
    shares : array, shape (2,)
        Which share of the path's spread (the sum of its points' squared distances from the centre) each
        direction holds; what is missing to 1 lies off the plane.
    places : array, shape (steps + 1, 2)
        Where on the plane the foot of each point is; the last is (0, 0).
    distances : array, shape (steps + 1,)
        How far each point is from the plane, in the unit of the parameters, as the places are.
    losses : array, shape (steps + 1,), or None
        The true loss at each point, if a `Path` was given; on the plane, at its foot, it is another one.
    """

    centre: Array
    directions: Array
    shares: Array
    places: Array
    distances: Array
    losses: Array | None = None

    def __repr__(self) -> str:
        first, second = self.shares
        return f"PathPlane(steps={len(self.places) - 1}, shares={first:.3f} and {second:.3f})"

    def span(self, margin: float = 0.15) -> tuple[Ends, Ends]:
        """Return ends for :func:`lossviz.slice_plane` that hold every place, with a margin.

        Parameters
        ----------
        margin : float
            How much more on each side, as a share of the longer extent of the path.

        Examples
        --------
        >>> pca_directions([[0.0, 2], [4, 0], [0, 0]]).span(margin=0.25)
        ((-1.0, 5.0), (-1.0, 3.0))
        """
        low, high = self.places.min(axis=0), self.places.max(axis=0)
        more = margin * (high - low).max()
        (left, bottom), (right, top) = (low - more).tolist(), (high + more).tolist()
        return (left, right), (bottom, top)


def pca_directions(path: Path | ArrayLike) -> PathPlane:
    """Find the plane to see a descent in: the two directions in which its points spread most.

    The plane goes through the path's last point and not through the mean of its points: it holds the
    parameters that were found, and shows their true loss. So the spread is measured from there, too (singular
    vectors of the points minus the last, the matrix of Li et al. 2018): of all planes through the last point
    this one is closest to the path, by the sum of squared distances.

    Each direction points to the side where, on the whole, the path lies: it comes from there.

    Parameters
    ----------
    path : Path or array, shape (steps + 1, d)
        The points, one a row; 3 or more that do not lie on a line.

    Returns
    -------
    PathPlane
        The centre and directions for :func:`lossviz.slice_plane`, and the path as seen in it.

    Raises
    ------
    ValueError
        If the points span no plane.

    Notes
    -----
    A large share does not make the picture true: two directions hold most of the spread of a purely random
    walk, too (Antognini and Sohl-Dickstein 2018).

    References
    ----------
    Antognini and Sohl-Dickstein (2018), "PCA of high dimensional random walks with comparison to neural
    network training", NeurIPS. https://arxiv.org/abs/1806.08805

    Examples
    --------
    >>> plane = pca_directions([[0.0, 2, 0], [0, 0, 1], [4, 0, 0], [0, 0, 0]])
    >>> plane.directions
    array([[1., 0., 0.],
           [0., 1., 0.]])
    >>> plane.places[0], plane.distances
    (array([0., 2.]), array([0., 1., 0., 0.]))
    >>> plane
    PathPlane(steps=3, shares=0.762 and 0.190)
    """
    points = as_numbers("path", path.points if isinstance(path, Path) else path)
    if points.ndim != 2 or len(points) < 3:
        raise ValueError(f"path must have 3 or more points, shape (steps + 1, d); got shape {points.shape}")
    centre = points[-1].copy()
    offsets = points - centre
    _, spreads, axes = np.linalg.svd(offsets, full_matrices=False)
    if len(spreads) < 2 or spreads[1] <= _FLAT * spreads[0]:
        what = "a line" if spreads[0] > 0 else "one point"
        raise ValueError(f"path never left {what}, so it spans no plane; see it with slice_line")
    # A singular vector may point either way.
    directions = axes[:2] * np.where((offsets @ axes[:2].T).sum(axis=0) < 0, -1.0, 1.0)[:, np.newaxis]
    places = offsets @ directions.T
    distances = np.linalg.norm(offsets - places @ directions, axis=1)
    return PathPlane(
        centre,
        directions,
        spreads[:2] ** 2 / (spreads**2).sum(),
        places,
        distances,
        path.losses.copy() if isinstance(path, Path) else None,
    )
