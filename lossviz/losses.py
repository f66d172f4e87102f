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
P. J. Huber (1964). Robust estimation of a location parameter. Annals of Mathematical Statistics 35, 73-101.
T. Gneiting, A. E. Raftery (2007). Strictly proper scoring rules, prediction, and estimation. Journal of the
American Statistical Association 102, 359-378. (Cross-entropy is the logarithmic score with its sign turned.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from math import inf, isfinite
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lossviz.variables import VARIABLES, Array, Variable, chain_rule

Function = Callable[[Any], Any]  # from an array of u to an array of the same shape


@dataclass(frozen=True)
class Curve:
    """A function of the natural variable, with its input and its result checked.

    Attributes
    ----------
    function : function
        The formula itself: takes an array, returns an array of the same shape.
    role : str
        ``"curve"`` or ``"curve_slope"``: what an error message calls it.
    variable : str
        The name of what it takes, for an error message too.
    domain : (float, float)
        Where it is defined, ends included.

    Examples
    --------
    >>> mse.curve([1, 2, 3])
    array([1., 4., 9.])
    >>> cross_entropy.curve(1.5)
    Traceback (most recent call last):
    ValueError: class probability is 1.5, outside the domain from 0 to 1
    """

    function: Function
    role: str
    variable: str
    domain: tuple[float, float]

    def __call__(self, u: ArrayLike) -> Array:
        """Evaluate at every ``u``; shape in, same shape out."""
        u = np.asarray(u, dtype=np.float64)
        low, high = self.domain
        outside = ~((u >= low) & (u <= high))  # written so that NaN is outside too
        if outside.any():
            raise ValueError(
                f"{self.variable} is {u[outside][0]:g}, outside the domain from {low:g} to {high:g}"
            )
        try:
            with np.errstate(all="ignore"):  # an infinite loss is a true answer; NaN is refused below
                # On a copy, so that a formula may work in place without spoiling its caller's data.
                result = np.asarray(self.function(u.copy()), dtype=np.float64)
        except Exception as error:
            error.add_note(
                f"{self.role} gets a NumPy array: np.maximum, np.exp, np.where; not max, math.exp, if"
            )
            raise
        if result.shape != u.shape:
            raise ValueError(
                f"{self.role} returned shape {result.shape} for input of shape {u.shape}; "
                "it must return one value per input value (for a constant use np.full_like)"
            )
        undefined = np.isnan(result)
        if undefined.any():
            raise ValueError(f"{self.role} returned NaN at {self.variable} = {u[undefined][0]:g}")
        return result[()]  # an array without dimensions becomes a plain number


@dataclass(frozen=True, init=False, repr=False)
class Loss:
    """A loss function: it says how bad a prediction is.

    Parameters
    ----------
    name : str
        Short name in code, such as ``"mse"``.
    variable : str or Variable
        What the loss is a curve of: ``"error"``, ``"margin"``, ``"probability"``, ``"class probability"``,
        ``"binary margin"`` or ``"class margin"``. It decides what ``actual`` and ``predicted`` have to be.
    curve, curve_slope : function
        The loss, and its slope, at every value of an array; same shape in and out.
    formula : str
        LaTeX, without dollar signs.
    domain : (float, float)
        Where the curve is defined, ends included; never more than what the variable can be.
    breaks : numbers
        Where the curve has a kink, a jump or a sudden change of curvature.
    title, label : str
        The name in full, and the short one for a legend. Both are ``name`` when left out.
    logits : Loss
        The same loss computed from logits; what ``from_logits`` returns.

    Raises
    ------
    TypeError
        If ``curve`` or ``curve_slope`` is not a function.
    ValueError
        If another argument makes no sense; the message names it.

    Examples
    --------
    A loss of your own, a softened absolute error:

    >>> soft = Loss("soft", "error", lambda e: np.sqrt(1 + e**2) - 1, lambda e: e / np.sqrt(1 + e**2))
    >>> soft
    Loss('soft')
    >>> round(soft([0, 0], [0, 10]), 4)
    4.5249
    """

    name: str
    variable: Variable
    curve: Curve
    curve_slope: Curve
    formula: str
    domain: tuple[float, float]
    breaks: tuple[float, ...]
    title: str
    label: str
    logits: Loss | None

    def __init__(
        self,
        name: str,
        variable: str | Variable,
        curve: Function,
        curve_slope: Function,
        formula: str = "",
        domain: tuple[float, float] = (-inf, inf),
        breaks: Iterable[float] = (),
        title: str = "",
        label: str = "",
        logits: Loss | None = None,
    ) -> None:
        if not isinstance(name, str) or not name:
            raise ValueError(f"name must be a word; got {name!r}")
        kind = VARIABLES.get(variable) if isinstance(variable, str) else variable
        if not isinstance(kind, Variable):
            raise ValueError(f"variable must be one of {', '.join(map(repr, VARIABLES))}; got {variable!r}")
        for role, function in (("curve", curve), ("curve_slope", curve_slope)):
            if not callable(function):
                raise TypeError(f"{role} must be a function of {kind.name}; got {function!r}")
        low, high = max(domain[0], kind.domain[0]), min(domain[1], kind.domain[1])
        if not low < high:
            raise ValueError(f"domain must run from low to high within {kind.domain}; got {domain}")
        places = tuple(sorted({float(b) for b in breaks}))
        for b in places:
            if not (isfinite(b) and low <= b <= high):
                raise ValueError(f"breaks must lie in the domain from {low:g} to {high:g}; got {b:g}")
        vars(self).update(  # the class is frozen: this is its one moment of writing
            name=name,
            variable=kind,
            curve=Curve(curve, "curve", kind.name, (low, high)),
            curve_slope=Curve(curve_slope, "curve_slope", kind.name, (low, high)),
            formula=formula,
            domain=(low, high),
            breaks=places,
            title=title or name,
            label=label or title or name,
            logits=logits,
        )

    def __repr__(self) -> str:
        return f"Loss({self.name!r})"

    def __call__(self, actual: ArrayLike, predicted: ArrayLike) -> float:
        """Return the score: the mean loss over the examples.

        Parameters
        ----------
        actual : array, shape (n,), or one number
            The truth: numbers, labels or class indices, as the variable of the loss asks.
        predicted : array, shape (n,) or (n, K), or one prediction
            What the model says.

        Raises
        ------
        ValueError
            If ``actual`` or ``predicted`` cannot be right; the message names it and the way out.

        Examples
        --------
        >>> mae(actual=[1, 2, 6], predicted=[1, 3, 4])
        1.0
        """
        return float(np.mean(self.each(actual, predicted)))

    def each(self, actual: ArrayLike, predicted: ArrayLike) -> Array:
        """Return one loss per example, shape (n,); arguments as for the score.

        Examples
        --------
        >>> hinge.each(actual=[+1, +1, -1], predicted=[2.0, 0.5, 0.5])
        array([0. , 0.5, 1.5])
        """
        u, _ = self.variable.measure(actual, predicted)
        return self.curve(u)

    def slope(self, actual: ArrayLike, predicted: ArrayLike) -> Array:
        """Return how fast each example's loss changes with its prediction, the same shape as ``predicted``.

        Examples
        --------
        >>> cross_entropy.from_logits.slope(actual=[0], predicted=[[0.0, 0.0]])
        array([[-0.5,  0.5]])
        """
        u, du = self.variable.measure(actual, predicted)
        return chain_rule(self.curve_slope(u), du)

    @property
    def from_logits(self) -> Loss:
        """The same loss computed from logits, which never overflows. Only losses of a probability have one.

        Examples
        --------
        >>> binary_cross_entropy.from_logits(actual=1, predicted=-1000)
        1000.0
        """
        if self.logits is None:
            raise AttributeError(f"{self.name} has no from_logits: its predictions are no probabilities")
        return self.logits


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
            label="Huber" + which,
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


mse = Loss("mse", "error", _square, _square_slope, "e^2", title="mean squared error", label="MSE")
mae = Loss("mae", "error", np.abs, np.sign, "|e|", breaks=[0], title="mean absolute error", label="MAE")
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
    ),
)

hinge = Loss(
    "hinge", "margin", _hinge, _hinge_slope, r"\max(0, 1 - m)", breaks=[1], title="hinge loss", label="hinge"
)
squared_hinge = Loss(
    "squared_hinge",
    "margin",
    _squared_hinge,
    _squared_hinge_slope,
    r"\max(0, 1 - m)^2",
    breaks=[1],
    title="squared hinge loss",
    label="squared hinge",
)
logistic = Loss(
    "logistic", "margin", _logistic, _logistic_slope, LOGISTIC, title="logistic loss", label="logistic"
)
zero_one = Loss(
    "zero_one", "margin", _wrong, _flat, r"[\,m \le 0\,]", breaks=[0], title="0–1 loss", label="0–1"
)

ALL = (mse, mae, huber, cross_entropy, binary_cross_entropy, hinge, squared_hinge, logistic, zero_one)
