"""The loss functions of the book: each one is a curve of one natural variable.

>>> mse(actual=[100, 100], predicted=[99, 90])  # the score: the mean over the examples, low is good
50.5
>>> mse.each([100, 100], [99, 90])  # one loss per example
array([  1., 100.])
>>> mse.slope([100, 100], [99, 90])  # how fast each of them changes with its prediction
array([ -2., -20.])

A formula stands in this file and nowhere else. Figures, exercises and the page sample the curves from here.

At a kink a curve has no single slope. Here it is the subgradient that is smallest in size: 0 for the absolute
error at 0, and 0 for the hinge at margin 1. The 0-1 loss is flat wherever it has a slope: 0 everywhere.

References
----------
G. W. Brier (1950). Verification of forecasts expressed in terms of probability. Monthly Weather Review
78, 1-3. (His score adds up the squared errors of all classes; with two classes it is twice the one here.)
P. J. Huber (1964). Robust estimation of a location parameter. Annals of Mathematical Statistics 35, 73-101.
T. Gneiting, A. E. Raftery (2007). Strictly proper scoring rules, prediction, and estimation. Journal of the
American Statistical Association 102, 359-378. (Cross-entropy is the logarithmic score with its sign turned.)
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from math import isfinite

import numpy as np

from lossviz.loss import Loss
from lossviz.variables import Array

# -------------------------------------------------------------------------------------- curves of the error e


def _square(e: Array) -> Array:
    return e**2


def _square_slope(e: Array) -> Array:
    return 2 * e


def _huber(e: Array, delta: float) -> Array:
    size = np.abs(e)
    return np.where(size <= delta, size**2 / 2, delta * size - delta**2 / 2)


def _huber_slope(e: Array, delta: float) -> Array:
    return np.clip(e, -delta, delta)


# -------------------------------------------------------------------------------- curves of the probability p


def _surprise(p: Array) -> Array:
    return 0.0 - np.log(p)  # a plain minus would turn log(1) into -0.0


def _surprise_slope(p: Array) -> Array:
    return -1 / p


def _brier(p: Array) -> Array:
    return (1 - p) ** 2


def _brier_slope(p: Array) -> Array:
    return 2 * (p - 1)


# ------------------------------------------------------------------------------------- curves of the margin m


def _hinge(m: Array) -> Array:
    return np.maximum(0, 1 - m)


def _hinge_slope(m: Array) -> Array:
    return np.where(m < 1, -1.0, 0.0)


def _squared_hinge(m: Array) -> Array:
    return np.maximum(0, 1 - m) ** 2


def _squared_hinge_slope(m: Array) -> Array:
    return 2 * np.minimum(0, m - 1)


def _logistic(m: Array) -> Array:
    return np.logaddexp(0, -m)  # log(1 + exp(-m)) without overflow


def _logistic_slope(m: Array) -> Array:
    # -1 / (1 + exp(m)), written with logarithms: no overflow, and full precision however large m is.
    return 0.0 - np.exp(-np.logaddexp(0, m))


def _brier_of_sigmoid(m: Array) -> Array:
    # (1 - sigmoid(m))**2, by logarithms for the same reason: log(1 - sigmoid(m)) = -log(1 + exp(m)).
    return np.exp(-2 * np.logaddexp(0, m))


def _brier_of_sigmoid_slope(m: Array) -> Array:
    return 0.0 - 2 * np.exp(-2 * np.logaddexp(0, m) - np.logaddexp(0, -m))


def _wrong(m: Array) -> Array:
    return np.where(m <= 0, 1.0, 0.0)  # a margin of exactly 0 decides nothing, which counts as wrong


def _flat(m: Array) -> Array:
    return np.zeros_like(m)


# ------------------------------------------------------------------------------------- the losses of the book


@dataclass(frozen=True, init=False, repr=False, eq=False)
class Huber(Loss):
    """The Huber loss: a parabola inside ±delta, straight lines outside.

    Parameters
    ----------
    delta : float
        Where the parabola ends, in the unit of the error; above 0.

    Raises
    ------
    ValueError
        If ``delta`` is not a finite number above 0.

    Examples
    --------
    >>> huber.each([0, 0], [1, 3])
    array([0.5, 2.5])
    >>> huber.with_delta(2).each([0, 0], [1, 3])
    array([0.5, 4. ])
    >>> huber.with_delta(2)
    Loss('huber', delta=2)
    """

    delta: float

    def __init__(self, delta: float) -> None:
        if isinstance(delta, str) or not (isfinite(delta) and delta > 0):
            raise ValueError(f"delta must be a finite number above 0; got {delta!r}")
        which = "" if delta == 1 else f" (δ = {delta:g})"
        super().__init__(
            "huber",
            "error",
            partial(_huber, delta=float(delta)),
            partial(_huber_slope, delta=float(delta)),
            formula=r"\begin{cases} \frac{1}{2} e^2 & |e| \le \delta \\"
            r" \delta |e| - \frac{1}{2} \delta^2 & |e| > \delta \end{cases}",
            breaks=(-delta, delta),
            title="Huber loss" + which,
            label="Huber loss" + which,
        )
        vars(self).update(delta=float(delta))

    def with_delta(self, delta: float) -> Huber:
        """Return the Huber loss whose parabola ends at ±delta."""
        return Huber(delta)

    def __repr__(self) -> str:
        return f"Loss('huber', delta={self.delta:g})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Huber) and self.delta == other.delta

    def __hash__(self) -> int:
        return hash(("huber", self.delta))


mse = Loss("mse", "error", _square, _square_slope, "e^2", title="mean squared error", label="squared error")
mae = Loss(
    "mae", "error", np.abs, np.sign, "|e|", breaks=[0], title="mean absolute error", label="absolute error"
)
huber = Huber(delta=1)

LOGISTIC = r"\log(1 + \exp(-m))"
SURPRISE = r"-\log p"  # the natural logarithm

cross_entropy = Loss(
    "cross_entropy",
    "class probability",
    _surprise,
    _surprise_slope,
    SURPRISE,
    title="cross-entropy",
    logits=Loss(
        "cross_entropy.from_logits",
        "class margin",
        _logistic,
        _logistic_slope,
        LOGISTIC,
        title="cross-entropy",
    ),
)
binary_cross_entropy = Loss(
    "binary_cross_entropy",
    "probability",
    _surprise,
    _surprise_slope,
    SURPRISE,
    title="binary cross-entropy",
    logits=Loss(
        "binary_cross_entropy.from_logits",
        "binary margin",
        _logistic,
        _logistic_slope,
        LOGISTIC,
        title="binary cross-entropy",
        label="sigmoid + cross-entropy",
    ),
)
brier = Loss(
    "brier",
    "probability",
    _brier,
    _brier_slope,
    "(1 - p)^2",
    title="Brier score",
    label="squared error of the probability",
    logits=Loss(
        "brier.from_logits",
        "binary margin",
        _brier_of_sigmoid,
        _brier_of_sigmoid_slope,
        r"\left(\frac{1}{1 + \exp(m)}\right)^2",
        title="Brier score",
        label="sigmoid + squared error",
    ),
)

hinge = Loss("hinge", "margin", _hinge, _hinge_slope, r"\max(0, 1 - m)", breaks=[1], title="hinge loss")
squared_hinge = Loss(
    "squared_hinge",
    "margin",
    _squared_hinge,
    _squared_hinge_slope,
    r"\max(0, 1 - m)^2",
    breaks=[1],
    title="squared hinge loss",
)
logistic = Loss("logistic", "margin", _logistic, _logistic_slope, LOGISTIC, title="logistic loss")
zero_one = Loss(
    "zero_one",
    "margin",
    _wrong,
    _flat,
    r"\begin{cases} 1 & m \le 0 \\ 0 & m > 0 \end{cases}",
    breaks=[0],
    title="0–1 loss",
)

ALL = (mse, mae, huber, cross_entropy, binary_cross_entropy, brier, hinge, squared_hinge, logistic, zero_one)
