"""Sample the curve of a loss so that it can be drawn without knowing its formula.

A drawer gets a table of ``u``, value and slope, and joins neighbours by the cubic that has both values and
both slopes (cubic Hermite interpolation). ``sample`` places the rows so that this is as good as the formula:

- Between the ends, the drawn value is within ``1e-6 * max(1, |value|)`` of the true one.
- At a break three rows share one ``u``: the limit from the left, the curve itself, the limit from the right.
- At 0 there is a row, so that a loss that is 0 there is drawn and read as 0.
- Beyond the ends the curve goes on in a straight line.
- Where the curve is infinite at an end of its domain (cross-entropy at p = 0) there is a row for the end.
  The promise begins again at the first finite row, ``1e-12`` of the window away; see ``Samples.resolved``.

``interpolate`` is the drawer written in NumPy, and what any other drawer is tested against.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import inf, isfinite, nextafter

import numpy as np
from numpy.typing import ArrayLike

from lossviz.loss import Loss
from lossviz.variables import Array

VALUE_TOLERANCE = 1e-6 / 4  # four times stricter than the promise, which must hold between our tests too
SLOPE_TOLERANCE = 1e-4
MOST_ROWS = 4000
NEAR_INFINITE = 1e-12  # of the window: where the rows begin next to an infinite end
PROBES = np.array([0.06, 0.21, 0.38, 0.5, 0.62, 0.79, 0.94])  # where an interval is tested, as a share of it
# And where each stretch between two breaks is tested as a whole, so that nothing narrow is overlooked.
AUDIT = (np.arange(1000) + 0.5) / 1000


@dataclass(frozen=True, eq=False)
class Samples:
    """A sampled curve: three arrays of one length, sorted by ``u``; see the module for how to read them.

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
        >>> sample(cross_entropy, 0, 1).resolved
        (1e-12, 1.0)
        """
        finite = self.u[np.isfinite(self.value) & np.isfinite(self.slope)]
        return float(finite[0]), float(finite[-1])


def sample(loss: Loss, lo: float, hi: float, slope_tolerance: float = SLOPE_TOLERANCE) -> Samples:
    """Sample the curve of a loss over the part of ``[lo, hi]`` that lies in its domain.

    Parameters
    ----------
    loss : Loss
        Built in or your own.
    lo, hi : float
        The window, in the unit of the natural variable.
    slope_tolerance : float, optional
        How far the drawn slope may be from the true one, as a share of ``max(1, |slope|)``.

    Returns
    -------
    Samples

    Raises
    ------
    ValueError
        If the window is empty or outside the domain; if ``curve`` is not finite inside it, or too wild to be
        drawn; if ``curve_slope`` is not the slope of ``curve``.

    Examples
    --------
    >>> from lossviz.losses import hinge
    >>> table = sample(hinge, -3, 3)
    >>> table.u
    array([-3.,  0.,  1.,  1.,  1.,  3.])
    >>> table.value
    array([4., 1., 0., 0., 0., 0.])
    >>> table.slope
    array([-1., -1., -1.,  0.,  0.,  0.])
    """
    lo, hi = _window(loss, lo, hi)
    start, stop = lo, hi
    table = []
    first, last = _rows(loss, [lo]), _rows(loss, [hi])
    if lo == loss.domain[0] and not np.isfinite(first).all():
        start = max(lo + NEAR_INFINITE * (hi - lo), nextafter(lo, inf))
        table.append(first)
    if hi == loss.domain[1] and not np.isfinite(last).all():
        stop = min(hi - NEAR_INFINITE * (hi - lo), nextafter(hi, -inf))

    breaks = {b for b in loss.breaks if start <= b <= stop}
    # Losses like to be exactly 0 at 0, and interpolating across it leaves a dust of rounding.
    zero = {0.0} if start < 0 < stop else set()
    knots = sorted({start, stop} | zero | breaks)
    at = [_break(loss, knot) if knot in breaks else _finite_rows(loss, [knot]) for knot in knots]
    for here, there in pairwise(at):
        table += [here, _between(loss, here[-1], there[0], slope_tolerance)]
    table.append(at[-1])

    if stop < hi:
        table.append(last)
    u, value, slope = np.concatenate(table).T.copy()
    for column in (u, value, slope):
        column.flags.writeable = False
    return Samples(u, value, slope)


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
    cubic = _hermite(near, table[right], u)
    value, slope = (np.where(left == right, s, c) for s, c in zip(straight, cubic, strict=True))
    return np.where(on_row, row[..., 1], value), np.where(on_row, row[..., 2], slope)


def one_sided_slopes(samples: Samples, u: float) -> tuple[float, float] | None:
    """Return the slopes to the left and to the right of a kink or a jump; None where the curve is smooth.

    Examples
    --------
    >>> from lossviz.losses import hinge
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


# ----------------------------------------------------------------------------------- a table: u, value, slope


def _rows(loss: Loss, u: ArrayLike) -> Array:
    """Evaluate the curve: shape (len(u), 3), a row holds u, value and slope."""
    return np.column_stack([u, loss.curve(u), loss.curve_slope(u)])


def _finite_rows(loss: Loss, u: ArrayLike) -> Array:
    """Evaluate where nothing may be infinite, which is everywhere but at an end of the domain."""
    return _refuse_infinite(loss, _rows(loss, u))


def _refuse_infinite(loss: Loss, rows: Array) -> Array:
    """Return the rows as they are, or raise ValueError if one is not finite."""
    for column, role in ((1, "curve"), (2, "curve_slope")):
        bad = ~np.isfinite(rows[:, column])
        if bad.any():
            at, value = rows[bad][0, 0], rows[bad][0, column]
            raise ValueError(
                f"{role} is {value} at {loss.variable.name} = {at:g}; it must be finite inside its domain"
            )
    return rows


def _break(loss: Loss, b: float) -> Array:
    """Three rows at one u: the limit from the left, the curve itself, the limit from the right."""
    low, high = loss.domain
    rows = _rows(loss, [max(nextafter(b, -inf), low), b, min(nextafter(b, inf), high)])
    rows[:, 1] += rows[:, 2] * (b - rows[:, 0])  # the neighbouring numbers are not quite b: go the last step
    rows[:, 0] = b
    return _refuse_infinite(loss, rows)


def _hermite(left: Array, right: Array, u: Array) -> tuple[Array, Array]:
    """Value and slope, at u, of the cubic that has the values and the slopes of two rows."""
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


# -------------------------------------------------------------------------------------- where to put the rows


def _window(loss: Loss, lo: float, hi: float) -> tuple[float, float]:
    """Cut the window to the domain."""
    if not (isfinite(lo) and isfinite(hi) and lo < hi):
        raise ValueError(f"lo must be less than hi, and both finite; got lo = {lo}, hi = {hi}")
    low, high = loss.domain
    if hi <= low or lo >= high:
        raise ValueError(
            f"lo and hi miss the domain of {loss.name}, from {low:g} to {high:g}; got {lo:g} to {hi:g}"
        )
    return float(max(lo, low)), float(min(hi, high))


def _between(loss: Loss, first: Array, last: Array, slope_tolerance: float) -> Array:
    """Return the rows needed between two rows that have no break between them.

    Every interval that is not good enough is halved, until all are. A kink or jump that nobody declared is
    never good enough: there it stops at the resolution of floating-point numbers.
    """
    audit = first[0] + AUDIT * (last[0] - first[0])
    _refuse_wrong_slope(loss, audit, 1e-7 * (last[0] - first[0]))
    narrowest = 2 * np.finfo(float).eps * max(abs(first[0]), abs(last[0]))
    left, right = first[np.newaxis], last[np.newaxis]  # the intervals still to be tested
    rows = np.stack([first, last])
    while True:
        wrong = _error(loss, left, right, audit, slope_tolerance) > 1
        halve = wrong & (right[:, 0] - left[:, 0] > narrowest)
        if not halve.any():
            break
        left, right = left[halve], right[halve]
        middle = _finite_rows(loss, (left[:, 0] + right[:, 0]) / 2)
        rows = np.concatenate([rows, middle])
        if len(rows) > MOST_ROWS:
            _refuse_wrong_slope(loss, middle[:, 0], (right[:, 0] - left[:, 0]) / 1000)
            where = f"{loss.variable.name} = {middle[0, 0]:g}"
            raise ValueError(
                f"curve is too wild to be drawn near {where}: it needs more than {MOST_ROWS} rows"
            )
        left, right = _interleave(left, middle), _interleave(middle, right)
    return _spread(loss, rows[np.argsort(rows[:, 0])], audit, slope_tolerance)[1:-1]


def _interleave(a: Array, b: Array) -> Array:
    return np.stack([a, b], axis=1).reshape(-1, 3)


def _error(loss: Loss, left: Array, right: Array, audit: Array, slope_tolerance: float) -> Array:
    """For each interval, find the largest error of the cubic as a share of what is allowed."""
    width = right[:, 0] - left[:, 0]
    probes = left[:, :1] + width[:, np.newaxis] * PROBES
    # The interval of an audit point is the last one that begins before it.
    interval = np.searchsorted(left[:, 0], audit, side="right") - 1
    inside = (interval >= 0) & (audit < right[interval, 0])
    u = np.concatenate([probes.ravel(), audit[inside]])
    interval = np.concatenate([np.repeat(np.arange(len(left)), len(PROBES)), interval[inside]])

    value, slope = _hermite(left[interval], right[interval], u)
    _, true_value, true_slope = _finite_rows(loss, u).T
    value_error = np.abs(value - true_value) / (VALUE_TOLERANCE * np.maximum(1, np.abs(true_value)))
    slope_error = np.abs(slope - true_slope) / (slope_tolerance * np.maximum(1, np.abs(true_slope)))
    largest = np.zeros(len(left))
    np.maximum.at(largest, interval, np.maximum(value_error, slope_error))
    return largest


def _spread(loss: Loss, rows: Array, audit: Array, slope_tolerance: float) -> Array:
    """Move the rows so that every interval has about the same error; a third fewer are then enough."""
    error = _error(loss, rows[:-1], rows[1:], audit, slope_tolerance)
    if len(rows) == 2 or error.max() > 1:
        return rows
    need = np.concatenate([[0], np.cumsum(error**0.25)])  # the error grows with the fourth power of the width
    for spare in (1.02, 1.05, 1.1, 1.2):
        count = int(np.ceil(spare * need[-1]))
        u = np.interp(np.linspace(0, need[-1], count + 1)[1:-1], need, rows[:, 0])
        fewer = np.concatenate([rows[:1], _finite_rows(loss, u), rows[-1:]])
        if (_error(loss, fewer[:-1], fewer[1:], audit, slope_tolerance) <= 1).all():
            return fewer
    return rows


def _refuse_wrong_slope(loss: Loss, u: Array, step: Array | float) -> None:
    """Raise ValueError where ``curve_slope`` is not between the slopes of the chords to the left and right.

    At a kink it may be anything between the two. Where the curve is smooth they agree, and so must it.
    """
    low, value, high = loss.curve(u - step), loss.curve(u), loss.curve(u + step)
    slope = loss.curve_slope(u)
    with np.errstate(invalid="ignore"):  # 0 / 0 in a window too narrow to tell: NaN, which refuses nothing
        backward, forward = (value - low) / (u - (u - step)), (high - value) / ((u + step) - u)
    rounding = 8 * np.finfo(float).eps * (np.abs(value) + np.abs(u * slope)) / step
    allowed = SLOPE_TOLERANCE / 2 * np.maximum(1, np.abs(slope)) + rounding
    wrong = (slope < np.minimum(backward, forward) - allowed) | (
        slope > np.maximum(backward, forward) + allowed
    )
    if wrong.any():
        i = int(np.argmax(wrong))
        raise ValueError(
            f"curve_slope is not the slope of curve: at {loss.variable.name} = {u[i]:g} it should be about "
            f"{(backward[i] + forward[i]) / 2:g}, but it is {slope[i]:g}"
        )
