"""A few examples under one line, and how hard each of them pulls at it: the score of one loss, taken apart.

The logit of an example is ``weight · x + bias``. Each example *pulls* at its logit as hard as its loss
changes with it; the gradient of the score is the mean of these pulls, each times ``(x, 1)``. An example whose
loss is flat pulls with 0: it is *silent*.

``js/src/pulling.js`` does the same in the page, on the sampled curve of the loss; a test compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from lossviz.landscape import SIZE, Ends, Landscape, axis
from lossviz.loss import Loss
from lossviz.variables import Array, as_numbers

MARGINS = ("margin", "binary margin")
CLASSES = ({-1.0, 1.0}, {0.0, 1.0})  # how two classes can be written


class LineScore:
    """The score of every line ``weight · x + bias`` under one loss, with its gradient and its pulls.

    Parameters
    ----------
    loss : Loss
        A loss of the error, or of a margin.
    x : array, shape (n,)
        The examples.
    actual : array, shape (n,)
        What the line should say: numbers for a loss of the error; for one of a margin two classes, −1 and +1
        or 0 and 1.

    Attributes
    ----------
    signs, offsets : array, shape (n,)
        The variable of the loss is ``signs · logit − offsets``.

    Raises
    ------
    TypeError, ValueError
        If an argument makes no sense, or the loss cannot score a line; the message says why.

    Examples
    --------
    >>> from lossviz import hinge
    >>> score = LineScore(hinge, [-2, 0.5, 1], [-1, -1, 1])
    >>> float(score([1, 0]))  # weight 1, bias 0: only the middle one is on the wrong side
    0.5
    >>> score.pulls([1, 0])
    array([0., 1., 0.])
    >>> score.gradient([1, 0]).round(3)
    array([0.167, 0.333])
    """

    def __init__(self, loss: Loss, x: ArrayLike, actual: ArrayLike) -> None:
        self.loss = check_line_loss(loss)
        self.x, self.actual = check_examples(x, actual)
        if loss.variable.name in MARGINS:
            check_two_classes(loss, self.actual)
            self.signs, self.offsets = np.where(self.actual > 0, 1.0, -1.0), np.zeros_like(self.x)
        else:
            self.signs, self.offsets = np.ones_like(self.x), self.actual

    def __call__(self, lines: ArrayLike) -> Array:
        """Return the score of each line: the mean loss, shape () or (k,).

        Parameters
        ----------
        lines : array, shape (2,) or (k, 2)
            Weight and bias.
        """
        return _mean(self.loss.curve(self._measure(lines)))

    def gradient(self, lines: ArrayLike) -> Array:
        """Return the slopes of the score in weight and bias, shape (2,) or (k, 2)."""
        slopes = self._slopes(lines)
        return np.stack([_mean(slopes * self.x), _mean(slopes)], axis=-1)

    def pulls(self, lines: ArrayLike) -> Array:
        """Return how hard each example pulls at its logit, ``|d loss / d logit|``, shape (n,) or (k, n)."""
        return np.abs(self._slopes(lines))

    def landscape(self, weight: Ends, bias: Ends, *, size: int = SIZE) -> LineLandscape:
        """Return the score over all lines.

        Parameters
        ----------
        weight, bias : (float, float)
            From where to where each runs.
        size : int
            How many nodes along each axis.

        Examples
        --------
        >>> from lossviz import mse
        >>> LineScore(mse, [0, 1], [1, 3]).landscape((0, 4), (-1, 3))
        Landscape(mean squared error over weight 0 to 4 and bias -1 to 3)
        """
        across, up = axis("weight", weight, size), axis("bias", bias, size)
        nodes = np.stack(np.meshgrid(across, up), axis=-1)
        slopes = self.gradient(nodes)
        names = ("weight", "bias")
        return LineLandscape(
            across, up, self(nodes), slopes[..., 0], slopes[..., 1], names, self.loss.title, self
        )

    def reach(self, weight: Ends, bias: Ends) -> float:
        """Return the largest value, by size, that the variable of the loss takes among these lines.

        Examples
        --------
        >>> from lossviz import hinge
        >>> LineScore(hinge, [1, -2], [1, -1]).reach((0, 4), (-1, 3))
        9.0
        """
        corners = [(w, b) for w in weight for b in bias]
        return float(max(np.abs(self._measure(corner)).max() for corner in corners))

    def _measure(self, lines: ArrayLike) -> Array:
        at = np.asarray(lines, dtype=float)
        return self.signs * (at[..., :1] * self.x + at[..., 1:]) - self.offsets

    def _slopes(self, lines: ArrayLike) -> Array:
        return self.signs * self.loss.curve_slope(self._measure(lines))


@dataclass(frozen=True, eq=False, repr=False)
class LineLandscape(Landscape):
    """The score over all lines: drawn from its grid as any landscape, but read and walked exactly."""

    score: LineScore = None  # type: ignore[assignment] # always given

    def value_at(self, places: ArrayLike) -> Array:
        """Return the score of each line, also beyond the edge."""
        return self.score(places)

    def slope_at(self, places: ArrayLike) -> Array:
        """Return the gradient of the score at each line."""
        return self.score.gradient(places)


def check_examples(x: ArrayLike, actual: ArrayLike) -> tuple[Array, Array]:
    """Return the examples and what the line should say of each, or say what is wrong with them.

    Examples
    --------
    >>> check_examples([1, 2], [1])
    Traceback (most recent call last):
    ValueError: actual must have one number an example, shape (2,); got shape (1,)
    """
    places, truths = as_numbers("x", x), as_numbers("actual", actual)
    if places.ndim != 1:
        raise ValueError(f"x must have shape (n,), a number for each example; got {places.shape}")
    if truths.shape != places.shape:
        raise ValueError(
            f"actual must have one number an example, shape {places.shape}; got shape {truths.shape}"
        )
    return places.copy(), truths.copy()


def check_line_loss(loss: Loss) -> Loss:
    """Return a loss that can score a line, or refuse another with TypeError or ValueError.

    Examples
    --------
    >>> from lossviz import brier
    >>> check_line_loss(brier)
    Traceback (most recent call last):
    ValueError: losses must score a logit, any number; brier is one of the probability: take brier.from_logits
    """
    if not isinstance(loss, Loss):
        raise TypeError(f"losses must be Loss objects, such as hinge; got {loss!r}")
    if loss.variable.name not in ("error", *MARGINS):
        way_out = f": take {loss.name}.from_logits" if loss.variable.name == "probability" else ""
        raise ValueError(
            f"losses must score a logit, any number; {loss.name} is one of the {loss.variable.name}{way_out}"
        )
    if np.isfinite(loss.domain).any():
        raise ValueError(
            f"losses must be defined for every logit, but {loss.name} has the domain "
            f"from {loss.domain[0]:g} to {loss.domain[1]:g}"
        )
    return loss


def check_two_classes(loss: Loss, actual: Array) -> None:
    """Refuse labels that a loss of a margin cannot score."""
    if not any(set(actual.tolist()) <= classes for classes in CLASSES):
        got = ", ".join(f"{label:g}" for label in actual[:6])
        raise ValueError(f"actual must be -1 or +1 (or 0 and 1) for {loss.name}; got {got}")


def _mean(each: Array) -> Array:
    """Return the mean of each row, added up from first to last: so the page comes to the same last digit."""
    return np.add.accumulate(each, axis=-1)[..., -1] / each.shape[-1]
