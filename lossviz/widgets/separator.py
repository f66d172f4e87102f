"""Separator: a line between two classes of points, moved by hand or trained by gradient descent."""

from typing import TYPE_CHECKING, Any

import numpy as np
import traitlets
from numpy.typing import ArrayLike

from lossviz.loss import Loss
from lossviz.losses import hinge, logistic
from lossviz.separating import check_penalty, objective, safe_rate, train
from lossviz.variables import Array
from lossviz.widgets import _separator
from lossviz.widgets._separator_state import SeparatorState
from lossviz.widgets._shared import warn_if_thinned

if TYPE_CHECKING:
    from matplotlib.figure import Figure as StillFigure


class Separator(SeparatorState):
    """A line between two classes of points: move it, turn it, train it, and see which points still matter.

    The band is where the margin lies between −1 and +1. A margin is a distance, so a unit is as long up as
    across; give both columns in comparable units, or standardise them: ``(x - x.mean(0)) / x.std(0)``.

    Parameters
    ----------
    x : array, shape (n, 2)
        The points. Of more than 5,000, evenly chosen 5,000 are taken, with a warning.
    actual : array, shape (n,)
        The class of each: −1 or +1, and both must occur.
    *losses : Loss
        Losses of the margin that can score and train the line; `hinge` and `logistic` if none is given.
    name : str
        The figure's name, unique on its page.
    x_labels, class_names : tuple of str, optional
        What the two axes are, a unit in brackets at the end; and the two classes, −1 first.
    weights, bias : tuple of float and float, optional
        The line at first: the logit is ``weights · x + bias``.
    loss : str, optional
        The name of the loss that scores and trains at first. The default is the first of `losses`.
    penalty : float, optional
        λ of the objective that training makes small: ``½ λ ‖weights‖²`` plus the sum of the losses.
    rate : float, optional
        Each step is minus the slope of the objective times this. The default is
        ``1 / (2 · Σ(‖x‖² + 1) + penalty)``, with which a step never overshoots (see
        :func:`lossviz.separating.safe_rate`).
    movable : bool, optional
        Whether points can be dragged. "Original points" undoes it, and what was added or removed.
    outlier : tuple (x1, x2, label), optional
        The point that the button "Add an outlier" adds. Without it there is no such button.
    removable : bool, optional
        Whether there is a button that removes the silent points: those whose loss has no slope. After
        training it spares those that get one back within 50 more steps, because a line trained on a loss
        with a kink never quite rests: points on the edge of the band fall silent and speak in turns.

    Raises
    ------
    TypeError
        If an argument is unknown or a loss is not a `Loss`.
    ValueError
        If the points are not two classes in the plane, or a loss cannot score them; the message says why.
    traitlets.TraitError
        If another value cannot be shown; the message says why.

    Examples
    --------
    >>> from lossviz import Separator
    >>> x, actual = [[-2, 0], [-0.5, 1], [0.5, -1], [2, 0]], [-1, -1, 1, 1]
    >>> line = Separator(x, actual, name="four")
    >>> print(line.describe())
    Line 1·x1 + 0·x2 + 0 = 0: score 0.25 (mean hinge loss of 4 points). 2 points still matter, 0 are on the wrong side.
    >>> line.train(200)
    >>> round(line.score, 3), line.matter, line.steps
    (0.011, 2, 200)
    """  # noqa: E501 (what describe says is one line)

    def __init__(
        self,
        x: ArrayLike,
        actual: ArrayLike,
        *losses: Loss,
        name: str,
        x_labels: tuple[str, str] = ("x1", "x2"),
        class_names: tuple[str, str] = ("−1", "+1"),
        weights: tuple[float, float] = (1.0, 0.0),
        bias: float = 0.0,
        loss: str | None = None,
        penalty: float = 1.0,
        rate: float | None = None,
        movable: bool = False,
        outlier: tuple[float, float, float] | None = None,
        removable: bool = False,
    ) -> None:
        points, total = _separator.check_points(x, actual)
        losses = _separator.check_losses(losses or (hinge, logistic))
        outlier = _separator.check_outlier(outlier)
        super().__init__(
            name=name, x_labels=x_labels, class_names=class_names, weights=weights, bias=bias,
            penalty=penalty, rate=safe_rate(points[:, :2], check_penalty(penalty)) if rate is None else rate,
        )  # fmt: skip
        self._base, self._total = points, total
        self.set_trait("losses", losses)
        self.set_trait("movable", movable)
        self.set_trait("outlier", outlier)
        self.set_trait("removable", removable)
        frame = _separator.frame(points, losses, self._line, outlier)
        with self.hold_sync():
            self.loss = losses[0].name if loss is None else loss
            self._x_range, self._y_range, self._limit = frame.x_range, frame.y_range, frame.limit
            self._curves = frame.curves
            columns = zip(("x1", "x2", "actual"), points.T, strict=True)
            self._points = {name: column.tobytes() for name, column in columns}
            self._start = [*self.weights, self.bias]
            self._follow(None)
            self._rewrite(None)
        self._ready = True
        warn_if_thinned("x and actual", total)

    # ------------------------------------------------------------------------------------ what Python reads

    @property
    def margins(self) -> Array:
        """The margin of each point: its class times its logit."""
        return self.actual * (self.x @ np.array(self.weights) + self.bias)

    @property
    def score(self) -> float:
        """The score of the present line: the mean loss."""
        return float(np.mean(self._scorer.curve(self.margins)))

    @property
    def objective(self) -> float:
        """What training makes small: ``½ · penalty · ‖weights‖²`` plus the sum of the losses."""
        return objective(self._scorer, self.x, self.actual, self.weights, self.bias, self.penalty)

    @property
    def matter(self) -> int:
        """How many points still matter: their loss has a slope, so they pull at the line."""
        return int(np.count_nonzero(self._scorer.curve_slope(self.margins)))

    @property
    def wrong(self) -> int:
        """How many points are on the wrong side, or exactly on the line."""
        return int(np.count_nonzero(self.margins <= 0))

    def figure(self) -> "StillFigure":
        """Return the present state as a matplotlib figure."""
        from lossviz.plots_separator import separator

        return separator(
            self.x,
            self.actual,
            self.weights,
            self.bias,
            self._scorer,
            x_range=self._x_range,
            y_range=self._y_range,
            x_labels=self.x_labels,
            class_names=self.class_names,
        )

    def describe(self) -> str:
        """Return the present line, its score, and how many points matter or are wrong, in two sentences."""
        return _separator.describe(self)

    def __repr__(self) -> str:
        names = ", ".join(loss.name for loss in self.losses)
        one, two = self.weights
        return (
            f"Separator({len(self.x)} points, {names}, name={self.name!r}, "
            f"weights=({one:g}, {two:g}), bias={self.bias:g})"
        )

    # --------------------------------------------------------------------------------------- what Python does

    def train(self, steps: int = 200) -> None:
        """Take steps of gradient descent from the present line, as the button does, on the exact loss.

        Parameters
        ----------
        steps : int
            How many.

        Raises
        ------
        ValueError
            If the rate is so large that the line runs away.
        """
        lines = train(
            self._scorer, self.x, self.actual, self.weights, self.bias,
            penalty=self.penalty, rate=self.rate, steps=steps,
        )  # fmt: skip
        one, two, bias = lines[-1].tolist()
        if _separator.largest_margin(lines[-1], self._x_range, self._y_range) > self._limit:
            raise ValueError(
                f"rate {self.rate:g} lets the line run away: after {steps} steps its margins pass "
                f"{self._limit:g}; take a smaller rate or a larger penalty"
            )
        self._set_line((one, two), bias, self.steps + steps)

    def reset(self) -> None:
        """Go back to the line and the points as the figure was made."""
        with self.hold_trait_notifications():
            self._moved, self._added, self._removed = [], [], []
        one, two, bias = self._start
        self._set_line((one, two), bias, 0)

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Take over what the page says; it counts its steps itself."""
        self._counting = True
        try:
            super().set_state(sync_data)
        finally:
            self._counting = False

    def _set_line(self, weights: tuple[float, float], bias: float, steps: int) -> None:
        self._counting = True
        try:
            with self.hold_sync(), self.hold_trait_notifications():
                self.weights, self.bias, self.steps = weights, bias, steps
        finally:
            self._counting = False

    # ----------------------------------------------------------------------------------- what follows what

    @traitlets.observe("_moved", "_added", "_removed")
    def _follow(self, _: Any) -> None:
        """Let `x` and `actual` follow what was dragged, added and removed in the page."""
        x, actual = _separator.edited(self._base, self._moved, self._added, self._removed)
        for array in (x, actual):
            array.flags.writeable = False  # a change inside the array would go unseen
        with self.hold_trait_notifications():
            self.set_trait("x", x)
            self.set_trait("actual", actual)

    @traitlets.observe("weights", "bias", "loss", "penalty", "rate", "_moved", "_added", "_removed")
    def _forget(self, _: Any) -> None:
        if not self._counting:
            self.steps = 0  # what follows is trained from here

    @traitlets.observe("x_labels", "class_names")
    def _rewrite(self, _: Any) -> None:
        if hasattr(self, "_total"):
            self._texts = _separator.write_texts(self)
