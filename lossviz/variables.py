"""The natural variables: the one number per example that a loss is a curve of.

A regression loss sees only the *error*, a probability loss only the *probability* of the correct class, and a
classifier's loss only the *margin*. Each variable knows how to be measured from ``(actual, predicted)``, how
it changes with ``predicted``, and which input to refuse.

An example is one number, or one row; several examples are ``n`` of them. Everything here takes both.
"""

from __future__ import annotations

import reprlib
from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Measure = Callable[[Any, Any], tuple[Array, Array]]


@dataclass(frozen=True)
class Variable:
    """One number per example, that a loss is a curve of.

    Attributes
    ----------
    name : str
        How a user asks for it: one of ``VARIABLES``.
    symbol : str
        Its letter in a formula.
    label : str
        What to write on an axis.
    default_range : (float, float)
        The stretch worth drawing when nobody says otherwise.
    domain : (float, float)
        The values it can take, ends included.
    measure : function
        ``u, du = measure(actual, predicted)``: the variable, shape ``(n,)``, and how fast it changes with
        the prediction, d u / d predicted, the same shape as ``predicted``. Raises ValueError on bad input.

    Examples
    --------
    >>> u, du = VARIABLES["margin"].measure([+1, -1], [2.0, 2.0])
    >>> u
    array([ 2., -2.])
    >>> du
    array([ 1., -1.])
    """

    name: str
    symbol: str
    label: str
    default_range: tuple[float, float]
    domain: tuple[float, float]
    measure: Measure = field(repr=False)


def chain_rule(slope_in_u: Array, du: Array) -> Array:
    """Turn a slope in the variable into a slope in the prediction.

    Parameters
    ----------
    slope_in_u : array, shape (n,)
        How fast the loss of each example changes with its variable.
    du : array, shape (n,) or (n, K)
        How fast the variable changes with the prediction.

    Returns
    -------
    array, the shape of ``du``

    Examples
    --------
    >>> chain_rule(np.array([-1.0, 0.0]), np.array([1.0, -1.0]))
    array([-1.,  0.])
    """
    if du.ndim > slope_in_u.ndim:
        slope_in_u = slope_in_u[..., np.newaxis]
    # Where the prediction does not matter the slope is 0, even on an infinitely steep curve (inf * 0 is NaN).
    slope = np.multiply(slope_in_u, du, where=du != 0, out=np.zeros_like(du))
    return slope + 0.0  # turns -0.0 into 0.0


# --------------------------------------------------------------------------------------- how each is measured


def _error(actual: ArrayLike, predicted: ArrayLike) -> tuple[Array, Array]:
    y, prediction = _two_rows(actual, predicted)
    return prediction - y, np.ones_like(prediction)


def _margin(actual: ArrayLike, predicted: ArrayLike) -> tuple[Array, Array]:
    sign, logit = _two_rows(actual, predicted)
    _refuse(np.abs(sign) != 1, "actual must be -1 or +1; for 0/1 labels use 2*y - 1", sign)
    return sign * logit, sign


def _binary_margin(actual: ArrayLike, predicted: ArrayLike) -> tuple[Array, Array]:
    y, logit = _two_rows(actual, predicted)
    sign = 2 * _zero_one_labels(y) - 1
    return sign * logit, sign


def _binary_probability(actual: ArrayLike, predicted: ArrayLike) -> tuple[Array, Array]:
    y, p = _two_rows(actual, predicted)
    _zero_one_labels(y)
    _probabilities(p)
    return np.where(y == 1, p, 1 - p), 2 * y - 1


def _class_probability(actual: ArrayLike, predicted: ArrayLike) -> tuple[Array, Array]:
    correct, p = _classes(actual, predicted)
    _probabilities(p)
    total = p.sum(axis=-1)
    _refuse(
        np.abs(total - 1) > 1e-6,
        "predicted must hold rows that sum to 1 (for logits use .from_logits); the sum",
        total,
    )
    return p[correct].reshape(total.shape), correct.astype(float)


def _class_margin(actual: ArrayLike, predicted: ArrayLike) -> tuple[Array, Array]:
    """Measure z_y − logsumexp(the other logits): then p of the correct class is the sigmoid of it."""
    correct, logits = _classes(actual, predicted)
    others = np.where(correct, -inf, logits)
    largest = others.max(axis=-1, keepdims=True)  # taken out first, so that no exponential overflows
    weight = np.exp(others - largest)
    total = weight.sum(axis=-1, keepdims=True)
    z = logits[correct].reshape(largest.shape)
    margin = (z - largest) - np.log(total)
    return margin[..., 0], correct - weight / total


# --------------------------------------------------------------------------------------------------- the door


def as_numbers(name: str, values: ArrayLike) -> Array:
    """Return ``values`` as a float64 array, or say what is wrong with them.

    Raises
    ------
    ValueError
        If they are not numbers, ragged, empty, or hold NaN or an infinity; the message names ``name``.

    Examples
    --------
    >>> as_numbers("actual", [1, 2, 3])
    array([1., 2., 3.])
    >>> as_numbers("actual", [1, float("nan")])
    Traceback (most recent call last):
    ValueError: actual holds NaN at index 1; leave out or fill in what is missing
    """
    try:
        array = np.asarray(values)
    except ValueError:  # rows of different lengths
        raise ValueError(f"{name} must be numbers in a regular array; got {reprlib.repr(values)}") from None
    if array.dtype.kind not in "biuf":
        raise ValueError(f"{name} must hold numbers and nothing else; got {reprlib.repr(values)}")
    if array.size == 0:
        raise ValueError(f"{name} is empty; give at least one example")
    array = array.astype(np.float64, copy=False)
    finite = np.isfinite(array)
    if not finite.all():
        where, value = _first(~finite, array)
        if np.isnan(value):
            raise ValueError(f"{name} holds NaN{where}; leave out or fill in what is missing")
        raise ValueError(f"{name} holds {value}{where}; every number must be finite")
    return array


def _two_rows(actual: ArrayLike, predicted: ArrayLike) -> tuple[Array, Array]:
    """One actual and one predicted number per example."""
    y, prediction = as_numbers("actual", actual), as_numbers("predicted", predicted)
    for name, array in (("actual", y), ("predicted", prediction)):
        if array.ndim > 1:
            raise ValueError(
                f"{name} must have shape (n,), got {array.shape}; for one column use {name}.ravel()"
            )
    if y.shape != prediction.shape:
        raise ValueError(
            f"predicted has shape {prediction.shape} but actual has {y.shape}; make them the same"
        )
    return y, prediction


def _classes(actual: ArrayLike, predicted: ArrayLike) -> tuple[NDArray[np.bool_], Array]:
    """One class index and one row of K numbers per example; the index comes back as True in the row."""
    y, rows = as_numbers("actual", actual), as_numbers("predicted", predicted)
    if y.ndim > 1:
        raise ValueError(
            f"actual must hold class indices, shape (n,), got {y.shape}; "
            "for one-hot rows use actual.argmax(axis=1)"
        )
    if rows.shape[:-1] != y.shape or rows.ndim != y.ndim + 1:
        expected = f"({y.size}, K)" if y.ndim else "(K,)"
        raise ValueError(f"predicted must have shape {expected}, a column per class; got {rows.shape}")
    classes = rows.shape[-1]
    if classes < 2:
        raise ValueError(
            f"predicted must have a column for each of 2 or more classes; got shape {rows.shape}"
        )
    _refuse(y != np.floor(y), "actual must hold class indices, which are whole numbers", y)
    _refuse((y < 0) | (y >= classes), f"actual must hold class indices from 0 to {classes - 1}", y)
    return np.arange(classes) == y[..., np.newaxis], rows


def _zero_one_labels(y: Array) -> Array:
    _refuse((y != 0) & (y != 1), "actual must be 0 or 1; for -1/+1 labels use (y + 1) / 2", y)
    return y


def _probabilities(p: Array) -> None:
    _refuse((p < 0) | (p > 1), "predicted must be probabilities, from 0 to 1; for logits use .from_logits", p)


def _refuse(bad: NDArray[np.bool_], message: str, array: Array) -> None:
    """Raise ValueError if anything is bad, with the message and the first bad value."""
    if np.any(bad):
        where, value = _first(bad, array)
        raise ValueError(f"{message} (got {value:g}{where})")


def _first(bad: NDArray[np.bool_], array: Array) -> tuple[str, float]:
    """Tell where the first bad value is, in words, and what it is."""
    if array.ndim == 0:
        return "", float(array)
    index = tuple(int(i) for i in np.argwhere(bad)[0])
    return f" at index {index[0] if len(index) == 1 else index}", float(array[index])


# -------------------------------------------------------------------------------------------------- the table

VARIABLES: dict[str, Variable] = {
    variable.name: variable
    for variable in (
        Variable("error", "e", "error (predicted − actual)", (-3, 3), (-inf, inf), _error),
        Variable("margin", "m", "margin (actual · logit)", (-3, 3), (-inf, inf), _margin),
        Variable(
            "binary margin",
            "m",
            "logit (towards the correct class)",
            (-3, 3),
            (-inf, inf),
            _binary_margin,
        ),
        Variable(
            "class margin",
            "m",
            "margin (correct logit against the others)",
            (-3, 3),
            (-inf, inf),
            _class_margin,
        ),
        Variable("probability", "p", "probability of the correct class", (0, 1), (0, 1), _binary_probability),
        Variable(
            "class probability", "p", "probability of the correct class", (0, 1), (0, 1), _class_probability
        ),
    )
}
