"""A small neural network: all its weights in one row of numbers, so that it can be trained and sliced.

>>> network = MLP((2, 16, 16, 1))  # two inputs, two hidden layers of 16, one logit
>>> network.count
337
>>> parameters = network.initial(seed=0)
>>> network.logit(parameters, [[0.5, -1.0], [0.0, 0.0]]).round(3)
array([0.466, 0.   ])

A descent needs the score at one row of parameters and its gradient there, a landscape the score at very many
rows. Those share the work: see `MLP.scores`.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import prod
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lossviz.loss import Loss
from lossviz.variables import Array, as_numbers

# What the activations of one block of rows may take, unless one row alone takes more: they stay in the cache.
_BLOCK_BYTES = 2**21

# These losses take the logit as it is. Each of their variables is a straight line in the prediction.
_VARIABLES = ("error", "margin", "binary margin")


@dataclass(frozen=True)
class MLP:
    """A multilayer perceptron: hidden layers of tanh units, and one linear output.

    It only describes the network. The parameters are a row of numbers, shape (d,), that every method is
    given: layer after layer, first the weights, a row for each unit, then the biases.

    Parameters
    ----------
    widths : sequence of int
        How many inputs, how many units in each hidden layer, and 1 for the output.

    Raises
    ------
    ValueError
        If the widths are not such a list.

    Examples
    --------
    Trained on the exclusive or, which no line can separate:

    >>> from lossviz import logistic
    >>> from lossviz.descent import descend
    >>> network, x, actual = MLP((2, 4, 1)), [[-1, -1], [-1, 1], [1, -1], [1, 1]], [-1, 1, 1, -1]
    >>> score = network.scores(logistic, x, actual)
    >>> def slope(parameters):
    ...     return network.gradient(logistic, parameters, x, actual)
    >>> path = descend(score, slope, network.initial(seed=0), rate=0.5, steps=200)
    >>> np.sign(network.logit(path.points[-1], x))
    array([-1.,  1.,  1., -1.])
    """

    widths: tuple[int, ...]

    def __post_init__(self) -> None:
        widths = self.widths
        if not isinstance(widths, tuple | list) or not all(isinstance(w, int | np.integer) for w in widths):
            raise ValueError(f"widths must be whole numbers, such as (2, 16, 16, 1); got {widths!r}")
        if len(widths) < 2 or min(widths) < 1 or widths[-1] != 1:
            raise ValueError(
                f"widths must run from the number of inputs to 1 output, each 1 or more; got {widths!r}"
            )
        object.__setattr__(self, "widths", tuple(int(width) for width in widths))

    # ------------------------------------------------------------------------------------- its parameters

    @property
    def shapes(self) -> tuple[tuple[int, ...], ...]:
        """The shapes of the arrays that lie one after another in the row of parameters.

        For each layer the weights, (units, inputs), and the biases, (units,). A row of weights is what one
        unit sees of its inputs: a *filter*.

        Examples
        --------
        >>> MLP((2, 16, 1)).shapes
        ((16, 2), (16,), (1, 16), (1,))
        """
        pairs = zip(self.widths[1:], self.widths[:-1], strict=True)
        return tuple(shape for units, inputs in pairs for shape in ((units, inputs), (units,)))

    @property
    def count(self) -> int:
        """How many parameters there are: d."""
        return sum(prod(shape) for shape in self.shapes)

    def layers(self, parameters: ArrayLike) -> list[tuple[Array, Array]]:
        """Return the weights and the biases of each layer, as they stand in the parameters.

        Parameters
        ----------
        parameters : array, shape (d,) or (k, d)

        Returns
        -------
        list of (array, array)
            Shapes (units, inputs) and (units,), with k in front if there are k rows. They are views: who
            changes them changes the parameters.

        Examples
        --------
        >>> MLP((2, 1)).layers([1.0, 2.0, 3.0])
        [(array([[1., 2.]]), array([3.]))]
        """
        rows = self._parameters(parameters)
        arrays, start = [], 0
        for shape in self.shapes:
            arrays.append(rows[..., start : start + prod(shape)].reshape(*rows.shape[:-1], *shape))
            start += prod(shape)
        return list(zip(arrays[::2], arrays[1::2], strict=True))

    def initial(self, seed: int = 0) -> Array:
        """Return parameters to start a training from, shape (d,): Glorot's uniform initialisation.

        Weights are drawn evenly from ±√(6 / (inputs + units)), so that neither the activations nor the
        gradients fade or blow up from layer to layer; biases are 0.

        References
        ----------
        Glorot and Bengio (2010), "Understanding the difficulty of training deep feedforward neural networks",
        AISTATS. https://proceedings.mlr.press/v9/glorot10a.html
        """
        random = np.random.default_rng(seed)
        parameters = np.zeros(self.count)
        for weights, _ in self.layers(parameters):
            most = np.sqrt(6 / sum(weights.shape))
            weights[:] = random.uniform(-most, most, weights.shape)
        return parameters

    # ------------------------------------------------------------------------------------- what it predicts

    def logit(self, parameters: ArrayLike, x: ArrayLike) -> Array:
        """Return the logit of each example.

        Parameters
        ----------
        parameters : array, shape (d,) or (k, d)
        x : array, shape (n, inputs)
            The examples.

        Returns
        -------
        array, shape (n,) or (k, n)
            Each row is the same, to the bit, with whatever other rows it is computed.

        Raises
        ------
        ValueError
            If an argument is not finite numbers, or its shape does not fit; the message names it.
        """
        rows, inputs = self._parameters(parameters), self._inputs(x)
        blocks = [logits for _, logits in self._blocks(np.atleast_2d(rows), inputs)]
        return np.concatenate(blocks).reshape(*rows.shape[:-1], -1)

    def scores(self, loss: Loss, x: ArrayLike, actual: ArrayLike) -> Scores:
        """Return the score as a function of the parameters: of one row, or of many at once.

        Parameters
        ----------
        loss : Loss
            A loss of the error or of the margin, or the ``from_logits`` of a binary one.
        x : array, shape (n, inputs)
            The examples.
        actual : array, shape (n,)
            The truth for each.

        Returns
        -------
        Scores
            ``scores(parameters)``: from (d,) to a number, from (k, d) to (k,).

        Examples
        --------
        >>> from lossviz import mse
        >>> scores = MLP((1, 1)).scores(mse, x=[[0], [1]], actual=[1, 3])
        >>> scores([2, 1]), scores([[2, 1], [0, 1]])
        (0.0, array([0., 2.]))
        """
        return Scores(self, loss, self._inputs(x), as_numbers("actual", actual).copy())

    def gradient(self, loss: Loss, parameters: ArrayLike, x: ArrayLike, actual: ArrayLike) -> Array:
        """Return the slope of the score in each parameter, by backpropagation.

        Parameters
        ----------
        loss : Loss
            As for `scores`.
        parameters : array, shape (d,)
        x : array, shape (n, inputs)
        actual : array, shape (n,)

        Returns
        -------
        array, shape (d,)

        Raises
        ------
        ValueError
            If an argument cannot be right; the message names it.

        Examples
        --------
        >>> from lossviz import mse
        >>> MLP((1, 1)).gradient(mse, [0.0, 1.0], x=[[0], [1]], actual=[1, 3])
        array([-2., -2.])
        """
        row, inputs = self._parameters(parameters), self._inputs(x)
        if row.ndim != 1:
            raise ValueError(f"parameters must be one row, shape ({self.count},); got {row.shape}")
        _check_loss(loss)
        hidden = [np.ones(shape) for shape in self._hidden(1, inputs)]
        logits = self._forward(row[np.newaxis], inputs, hidden)[0]
        # How fast the score changes with what enters each unit, from the last layer to the first.
        pull = (loss.slope(actual, logits) / len(logits))[np.newaxis]
        gradient = np.zeros_like(row)
        seen = [inputs, *(outputs[0] for outputs in hidden)]
        layers = zip(self.layers(row), self.layers(gradient), seen, strict=True)
        for (weights, _), (weight_slopes, bias_slopes), outputs in reversed(list(layers)):
            slopes = pull @ outputs.T
            weight_slopes[:], bias_slopes[:] = slopes[:, :-1], slopes[:, -1]
            if outputs is not inputs:
                pull = (weights.T @ pull) * (1 - outputs[:-1] ** 2)  # the slope of tanh is 1 − tanh²
        return gradient

    # ------------------------------------------------------------------------------------- how it computes
    #
    # Examples stand in columns, units in rows, and the last row is 1 throughout, so that one matrix product
    # adds the biases too.

    def _hidden(self, rows: int, inputs: Array) -> list[tuple[int, ...]]:
        """Return the shapes of what the units of each hidden layer put out, with the row of ones."""
        return [(rows, units + 1, inputs.shape[1]) for units in self.widths[1:-1]]

    def _blocks(self, parameters: Array, inputs: Array) -> Iterator[tuple[slice, Array]]:
        """Compute the logits of many rows, block by block: which rows they are, and their logits."""
        most = max(1, _BLOCK_BYTES // (inputs[0].nbytes * sum(self.widths)))
        hidden = _room(self._hidden(most, inputs))
        for start in range(0, len(parameters), most):
            block = parameters[start : start + most]
            yield slice(start, start + len(block)), self._forward(block, inputs, hidden)

    def _forward(self, parameters: Array, inputs: Array, hidden: list[Array]) -> Array:
        """Compute the logits of a block of k rows, shape (k, n); fill `hidden` on the way."""
        *matrices, last = [
            np.concatenate([weights, biases[..., np.newaxis]], axis=-1)
            for weights, biases in self.layers(parameters)
        ]
        outputs = inputs
        for matrix, room in zip(matrices, hidden, strict=True):
            room = room[: len(parameters)]
            _tanh(np.matmul(matrix, outputs, out=room[:, :-1]))
            outputs = room
        return (last @ outputs)[:, 0]

    def _parameters(self, parameters: ArrayLike) -> Array:
        rows = as_numbers("parameters", parameters)
        if rows.ndim not in (1, 2) or rows.shape[-1] != self.count:
            raise ValueError(
                f"parameters must have shape ({self.count},) or (k, {self.count}) for widths {self.widths}; "
                f"got {rows.shape}"
            )
        return rows

    def _inputs(self, x: ArrayLike) -> Array:
        """Return the examples as columns, and a last row of ones."""
        examples = as_numbers("x", x)
        if examples.ndim != 2 or examples.shape[1] != self.widths[0]:
            raise ValueError(
                f"x must have shape (n, {self.widths[0]}), a row for each example; got {examples.shape}"
            )
        return np.vstack([examples.T, np.ones(len(examples))])


@dataclass(frozen=True, eq=False)
class Scores:
    """The score of a network on its examples, as a function of its parameters; `MLP.scores` makes it.

    It is safe to call from several threads at once, and can be sent to another process. The score of a row is
    the same, to the bit, with whatever other rows it is computed.

    Attributes
    ----------
    network : MLP
    loss : Loss
    inputs : array, shape (inputs + 1, n)
        The examples as columns, and a last row of ones.
    actual : array, shape (n,)
    """

    network: MLP
    loss: Loss
    inputs: Array = field(repr=False)
    actual: Array = field(repr=False)

    def __post_init__(self) -> None:
        _check_loss(self.loss)
        if self.actual.shape != self.inputs[0].shape:
            raise ValueError(
                f"actual must have shape ({self.inputs.shape[1]},), a number for each row of x; "
                f"got {self.actual.shape}"
            )
        self.loss.variable.measure(self.actual, np.zeros_like(self.actual))  # refuses wrong labels

    def __call__(self, parameters: ArrayLike) -> Any:
        """Return the score of one row of parameters, or shape (k,) of k rows."""
        rows = self.network._parameters(parameters)
        # What the loss is a curve of is a straight line in the logit: where it starts, and how it rises.
        start, rise = self.loss.variable.measure(self.actual, np.zeros_like(self.actual))
        scores = np.empty(rows.size // rows.shape[-1])
        for block, logits in self.network._blocks(np.atleast_2d(rows), self.inputs):
            logits *= rise
            logits += start
            scores[block] = self.loss.curve(logits).mean(axis=-1)
        return scores if rows.ndim == 2 else float(scores[0])


def _check_loss(loss: Loss) -> None:
    if loss.variable.name not in _VARIABLES:
        raise ValueError(
            f"loss must take the logit as it is, as mse, logistic or binary_cross_entropy.from_logits do; "
            f"{loss.name} takes a {loss.variable.name}"
        )


_kept = threading.local()


def _room(shapes: list[tuple[int, ...]]) -> list[Array]:
    """Return arrays full of ones, each thread's own: the same as last time, if it asks for the same shapes.

    To ask the system for them in every call would take an eighth of the whole time.
    """
    arrays: list[Array] = getattr(_kept, "arrays", [])
    if [array.shape for array in arrays] != shapes:
        arrays = _kept.arrays = [np.ones(shape) for shape in shapes]
    return arrays


def _tanh(z: Array) -> None:
    """Replace numbers by their hyperbolic tangent, to within 4e-16.

    ``np.tanh`` is right to the last digit of small results too, which no score sees, and takes twice as long
    where NumPy has no AVX-512.
    """
    with np.errstate(over="ignore"):  # an infinite exponential gives exactly 1
        z *= 2
        np.exp(z, out=z)
        z += 1
        np.divide(-2, z, out=z)  # tanh z = 1 − 2 / (exp(2z) + 1)
        z += 1
