"""What turns inputs into predictions: parameters in, predictions out.

A linear model gives a *logit*, its raw output: any number, the larger the surer. (Texts on support
vector machines call it the decision value.) `sigmoid` squashes one logit into a probability, `softmax` a row
of them.

>>> logit = linear_logit([[1.0, 2.0]], weights=[0.5, 1.0], bias=-0.5)
>>> logit
array([2.])
>>> sigmoid(logit).round(3)
array([0.881])
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from lossviz.variables import Array, as_numbers


def linear_logit(x: ArrayLike, weights: ArrayLike, bias: float) -> Array:
    """Return the logit of each example: ``x @ weights + bias``.

    Parameters
    ----------
    x : array, shape (n, d), or one example, shape (d,)
        The examples.
    weights : array, shape (d,)
        How much each input counts, and in which direction.
    bias : float
        The logit where every input is 0.

    Returns
    -------
    array, shape (n,), or one number

    Raises
    ------
    ValueError
        If an argument is not finite numbers, or the shapes do not fit; the message names it.

    Examples
    --------
    >>> linear_logit([[1, 2], [3, -1]], weights=[0.5, 1], bias=-2)
    array([ 0.5, -1.5])
    """
    rows, slopes, height = as_numbers("x", x), as_numbers("weights", weights), as_numbers("bias", bias)
    if slopes.ndim != 1:
        raise ValueError(
            f"weights must have shape (d,), got {slopes.shape}; for one column use weights.ravel()"
        )
    if rows.ndim not in (1, 2) or rows.shape[-1] != len(slopes):
        raise ValueError(
            f"x must have shape (n, {len(slopes)}), a column for each of the weights; got {rows.shape}"
        )
    if height.ndim:
        raise ValueError(f"bias must be one number; got shape {height.shape}")
    return rows @ slopes + height


def sigmoid(logit: ArrayLike) -> Array:
    """Squash logits into probabilities: ``1 / (1 + exp(-logit))``, without overflow.

    Parameters
    ----------
    logit : array, any shape, or one number

    Returns
    -------
    array, the shape of ``logit``
        From 0 to 1, and ½ at logit 0. In float64 it is exactly 1 from a logit of 37 on.

    Raises
    ------
    ValueError
        If a logit is not a finite number.

    Examples
    --------
    >>> sigmoid([-1000, 0, 1000])
    array([0. , 0.5, 1. ])
    """
    z = as_numbers("logit", logit)
    small = np.exp(-np.abs(z))  # never above 1, so that nothing overflows
    return np.where(z >= 0, 1.0, small) / (1 + small)


def softmax(logits: ArrayLike) -> Array:
    """Turn each row of logits into probabilities that add up to 1, without overflow.

    Parameters
    ----------
    logits : array, shape (n, K), or one example, shape (K,)
        A logit for each of the K classes.

    Returns
    -------
    array, the shape of ``logits``

    Raises
    ------
    ValueError
        If a logit is not a finite number, or there are fewer than two classes.

    Examples
    --------
    >>> softmax([2.0, 1.0, 0.0]).round(3)
    array([0.665, 0.245, 0.09 ])
    >>> softmax([1000, 1000])
    array([0.5, 0.5])
    """
    rows = as_numbers("logits", logits)
    if rows.ndim not in (1, 2) or rows.shape[-1] < 2:
        raise ValueError(f"logits must have shape (n, K) or (K,), for 2 or more classes; got {rows.shape}")
    # The largest is taken out first, so that no exponential overflows; it cancels in the fraction.
    share = np.exp(rows - rows.max(axis=-1, keepdims=True))
    return share / share.sum(axis=-1, keepdims=True)
