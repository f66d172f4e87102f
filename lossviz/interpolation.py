"""A sampled curve, and how a drawer reads it between its rows: by the cubic of cubic Hermite interpolation.

``interpolate`` is the drawer written in NumPy, and what any other drawer is tested against. ``sample`` in
``sampling.py`` makes the curves.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from lossviz.variables import Array


@dataclass(frozen=True, eq=False)
class Samples:
    """A sampled curve: three arrays of one length, sorted by ``u``; ``sampling.py`` says what the rows are.

    Attributes
    ----------
    u : array, shape (rows,)
        The natural variable.
    value, slope : array, shape (rows,)
        The loss and its slope there.
    """

    u: Array
    value: Array
    slope: Array

    @property
    def resolved(self) -> tuple[float, float]:
        """The smallest and the largest ``u`` between which the curve is finite and the promise holds.

        Examples
        --------
        >>> from lossviz.losses import cross_entropy
        >>> from lossviz.sampling import sample
        >>> sample(cross_entropy, 0, 1).resolved
        (1e-12, 1.0)
        """
        finite = self.u[np.isfinite(self.value) & np.isfinite(self.slope)]
        return float(finite[0]), float(finite[-1])


def interpolate(samples: Samples, u: ArrayLike) -> tuple[Array, Array]:
    """Read a sampled curve at any ``u``, as a drawer does.

    Parameters
    ----------
    samples : Samples
        What ``sample`` returned.
    u : array, any shape
        Where to read it. On a row the row itself is the answer (the middle one of equals, so that breaks are
        exact); beyond the ends, and next to an infinite end, the curve goes on in a straight line.

    Returns
    -------
    value, slope : array, the shape of ``u``

    Examples
    --------
    >>> from lossviz.losses import mse
    >>> from lossviz.sampling import sample
    >>> value, slope = interpolate(sample(mse, -3, 3), [0.5, 2, 4])
    >>> value
    array([ 0.25,  4.  , 15.  ])
    >>> slope
    array([1., 4., 6.])
    """
    u = np.asarray(u, dtype=np.float64)
    table = np.column_stack([samples.u, samples.value, samples.slope])
    before = np.searchsorted(samples.u, u, side="left")  # how many rows lie before u
    upto = np.searchsorted(samples.u, u, side="right")  # and how many up to u
    on_row = upto > before
    row = table[np.where(on_row, (before + upto - 1) // 2, 0)]

    final = len(table) - 1
    left, right = np.clip(before - 1, 0, final), np.clip(before, 0, final)
    finite = np.isfinite(samples.value) & np.isfinite(samples.slope)
    left, right = np.where(finite[left], left, right), np.where(finite[right], right, left)
    near = table[left]
    with np.errstate(invalid="ignore"):  # inf * 0 on the row of an infinite end, which is answered below
        straight = near[..., 1] + near[..., 2] * (u - near[..., 0]), near[..., 2]
    cubic = hermite(near, table[right], u)
    value, slope = (np.where(left == right, s, c) for s, c in zip(straight, cubic, strict=True))
    return np.where(on_row, row[..., 1], value), np.where(on_row, row[..., 2], slope)


def one_sided_slopes(samples: Samples, u: float) -> tuple[float, float] | None:
    """Return the slopes to the left and to the right of a kink or a jump; None where the curve is smooth.

    Examples
    --------
    >>> from lossviz.losses import hinge
    >>> from lossviz.sampling import sample
    >>> one_sided_slopes(sample(hinge, -3, 3), 1)
    (-1.0, 0.0)
    >>> one_sided_slopes(sample(hinge, -3, 3), 2) is None
    True
    """
    rows = np.flatnonzero(samples.u == u)
    if len(rows) < 3:
        return None
    left, right = rows[0], rows[-1]
    same = [abs(a[left] - a[right]) <= 1e-9 * max(1, abs(a[right])) for a in (samples.value, samples.slope)]
    return None if all(same) else (float(samples.slope[left]), float(samples.slope[right]))


def jumps(samples: Samples) -> list[tuple[float, float, bool]]:
    """Return the ends of a curve at its jumps: where, at which value, and whether it takes that value.

    Examples
    --------
    >>> from lossviz.losses import zero_one
    >>> from lossviz.sampling import sample
    >>> jumps(sample(zero_one, -3, 3))
    [(0.0, 0.0, False), (0.0, 1.0, True)]
    """
    ends = []
    for i in np.flatnonzero(samples.u[:-2] == samples.u[2:]) + 1:
        left, taken, right = (float(value) for value in samples.value[i - 1 : i + 2])
        for end in sorted({left, taken, right}) if not np.isclose(left, right) else ():
            ends.append((float(samples.u[i]), end, bool(np.isclose(end, taken))))
    return ends


def hermite(left: Array, right: Array, u: Array) -> tuple[Array, Array]:
    """Return value and slope, at u, of the cubic that has the values and the slopes of two rows.

    Parameters
    ----------
    left, right : array, shape (..., 3)
        The rows: u, value and slope.
    u : array, shape (...)
        Where to read the cubic.
    """
    u0, v0, s0 = np.moveaxis(left, -1, 0)
    u1, v1, s1 = np.moveaxis(right, -1, 0)
    with np.errstate(all="ignore"):  # where two rows are the same the answer is NaN, and nobody asks for it
        width = u1 - u0
        t = (u - u0) / width
        rise = (v1 - v0) / width
        a, b = s0 - rise, s1 - rise  # how much each slope differs from the straight line's
        value = v0 + t * (v1 - v0) + width * t * (1 - t) * ((1 - t) * a - t * b)
        slope = rise + (1 - t) * (1 - 3 * t) * a - t * (2 - 3 * t) * b
    return value, slope
