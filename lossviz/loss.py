"""What a loss is: a curve of one natural variable, its slope, and a mean over examples.

The losses of the book stand in ``losses.py``; a loss of one's own is made from ``Loss`` just the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
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
    >>> from lossviz import mse, cross_entropy
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
        The name of the score, and of one example's loss in a legend. Both are ``name`` when left out.
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

    >>> import numpy as np
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
        >>> from lossviz import mae
        >>> mae(actual=[1, 2, 6], predicted=[1, 3, 4])
        1.0
        """
        return float(np.mean(self.each(actual, predicted)))

    def each(self, actual: ArrayLike, predicted: ArrayLike) -> Array:
        """Return one loss per example, shape (n,); arguments as for the score.

        Examples
        --------
        >>> from lossviz import hinge
        >>> hinge.each(actual=[+1, +1, -1], predicted=[2.0, 0.5, 0.5])
        array([0. , 0.5, 1.5])
        """
        u, _ = self.variable.measure(actual, predicted)
        return self.curve(u)

    def slope(self, actual: ArrayLike, predicted: ArrayLike) -> Array:
        """Return how fast each example's loss changes with its prediction, the same shape as ``predicted``.

        Examples
        --------
        >>> from lossviz import cross_entropy
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
        >>> from lossviz import binary_cross_entropy
        >>> binary_cross_entropy.from_logits(actual=1, predicted=-1000)
        1000.0
        """
        if self.logits is None:
            raise AttributeError(f"{self.name} has no from_logits: its predictions are no probabilities")
        return self.logits
