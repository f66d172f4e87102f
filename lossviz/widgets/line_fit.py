"""LineFit: a line to lay through points, its score, and its place on the landscape of all lines."""

import operator
from typing import TYPE_CHECKING, Any

import traitlets
from numpy.typing import ArrayLike

from lossviz.fitting import best_line, check_points
from lossviz.loss import Loss
from lossviz.losses import mse
from lossviz.widgets import _line_fit
from lossviz.widgets._line_state import LineState
from lossviz.widgets._shared import warn_if_thinned

if TYPE_CHECKING:
    from matplotlib.figure import Figure as StillFigure


class LineFit(LineState):
    """A line through points: move it, read its score, and see where it stands among all lines.

    Parameters
    ----------
    x, y : array, shape (n,)
        The points; two or more, not all at one `x`. Of more than 5,000, evenly chosen 5,000 are drawn and
        scored, with a warning.
    *losses : Loss
        Losses of the error that can score the line; `mse` if none is given. With several the reader chooses.
    name : str
        The figure's name, unique on its page.
    x_label, y_label : str, optional
        What the points are, with units.
    weight, bias : float, optional
        The line at first. The default is flat, at the mean of `y`.
    loss : str, optional
        The name of the loss that scores at first. The default is the first of `losses`.
    errors : {"bars", "squares", "none"}, optional
        How each point's error is drawn.
    show_points : bool, optional
        Whether to draw the points, with their errors and pulls; hidden ones count all the same, so that only
        the score guides the reader.
    show_pulls : bool, optional
        Whether to draw how each point pulls the line: minus the slope of the loss at its error.
    show_best : bool, optional
        Whether to draw the best line there is. The reader can switch it: in a challenge once that is won or
        lost, with `refit` never.
    refit : bool, optional
        Whether to draw the best line for each of the losses; they follow a point that is dragged.
    movable : bool, optional
        Whether points can be dragged.
    landscape : bool, optional
        Whether to draw the score of every line beside the points, with this line as a dot.
    goal, moves : float and int, optional
        The challenge: get the score below `goal`, in at most `moves` moves.

    Raises
    ------
    TypeError
        If an argument is unknown or a loss is not a `Loss`.
    ValueError
        If the points determine no line or a loss cannot score one; the message says why.
    traitlets.TraitError
        If another value cannot be shown; the message says why.

    Examples
    --------
    >>> from lossviz import LineFit
    >>> line = LineFit([0, 1, 2, 3], [1, 3, 5, 8], name="four", weight=2, bias=1)
    >>> print(line.describe())
    Weight 2, bias 1: score 0.25 (mean squared error of 4 points).
    >>> line.bias = 1.25
    >>> line.score
    0.1875
    """

    def __init__(
        self,
        x: ArrayLike,
        y: ArrayLike,
        *losses: Loss,
        name: str,
        x_label: str = "x",
        y_label: str = "y",
        weight: float = 0.0,
        bias: float | None = None,
        loss: str | None = None,
        errors: str = "bars",
        show_points: bool = True,
        show_pulls: bool = False,
        show_best: bool = False,
        refit: bool = False,
        movable: bool = False,
        landscape: bool = True,
        goal: float | None = None,
        moves: int | None = None,
    ) -> None:
        x, y = check_points(x, y)
        losses = _line_fit.check_losses(losses or (mse,))
        super().__init__(
            x=x,
            y=y,
            losses=losses,
            name=name,
            x_label=x_label,
            y_label=y_label,
            weight=weight,
            bias=_line_fit.rounded_mean(y) if bias is None else bias,
            loss=losses[0].name if loss is None else loss,
            errors=errors,
            show_points=show_points,
            show_pulls=show_pulls,
            show_best=show_best,
            refit=refit,
            movable=movable,
            landscape=landscape,
            goal=goal,
            moves=moves,
        )

    # ------------------------------------------------------------------------------------ what Python reads

    @property
    def score(self) -> float:
        """The score of the present line: the mean loss over the points shown."""
        return self._score(self._line)

    @property
    def best_score(self) -> float | None:
        """The lowest score of `history`; None before the first move."""
        return min(self.history, default=None)

    def figure(self) -> "StillFigure":
        """Return the present state as a matplotlib figure."""
        from lossviz.plots_line import line_fit

        x, y = self._shown
        return line_fit(
            x,
            y,
            self._line,
            self._scorer,
            x_range=self._x_range,
            y_range=self._y_range,
            weight_range=self._weight_range,
            bias_range=self._bias_range,
            x_label=self.x_label,
            y_label=self.y_label,
            errors=self.errors,
            show_points=self.show_points,
            show_pulls=self.show_pulls,
            best=self.best if self.show_best else None,
            refits={loss: best_line(loss, x, y) for loss in self.losses} if self.refit else {},
            landscape=self.landscape,
            trail=self._trail,
        )

    def describe(self) -> str:
        """Return the present line, its score and what else is shown in a few sentences."""
        return _line_fit.describe(self)

    def __repr__(self) -> str:
        names = ", ".join(loss.name for loss in self.losses)
        return (
            f"LineFit({len(self.x)} points, {names}, name={self.name!r}, "
            f"weight={self.weight:g}, bias={self.bias:g})"
        )

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Take over what the page says: scores that come with another loss are that loss's."""
        self._scored = sync_data.get("loss") if "history" in sync_data else None
        try:
            super().set_state(sync_data)
        finally:
            self._scored = None

    # ----------------------------------------------------------------------------------- what follows what

    @property
    def _inputs(self) -> tuple[Any, ...]:
        """What the page's axes and curves follow from."""
        return (self.x, self.y, self.losses, self.movable, self.errors == "squares")

    @traitlets.observe("x", "y", "losses", "movable", "errors")
    def _load(self, _: Any) -> None:
        """Hand the page its points, its curves and the ends of its axes."""
        inputs = self._inputs
        if self._following or (self._loaded and all(map(operator.is_, inputs, self._loaded))):
            return  # the axes stay while a point is dragged; or this was done, and several changed at once
        new_points = not self._loaded or inputs[0] is not self._loaded[0] or inputs[1] is not self._loaded[1]
        frame = self._frame(self.x, self.y, self.losses)
        self._loaded = inputs
        with self.hold_sync():  # the page hears of all of it at once
            if self.loss not in [loss.name for loss in self.losses]:
                self.loss = self.losses[0].name
            self._curves = frame.curves
            self._x_range, self._y_range = frame.x_range, frame.y_range
            self._weight_range, self._bias_range = frame.weight_range, frame.bias_range
            if new_points:
                warn_if_thinned("x and y", len(self.x))
                self._base, self._start = (self.x, self.y), (self.weight, self.bias)
                x, y = self._shown
                self._points, self._moved, self.history = {"x": x.tobytes(), "y": y.tobytes()}, [], []
            self._texts = _line_fit.write_texts(self)

    @traitlets.observe("x_label", "y_label", "goal", "moves")
    def _rewrite(self, _: Any) -> None:
        self._texts = _line_fit.write_texts(self)

    @traitlets.observe("loss")
    def _forget(self, change: Any) -> None:
        if change["new"] != self._scored:
            self.history = []  # scores of another loss cannot be compared

    @traitlets.observe("history")
    def _begin_again(self, _: Any) -> None:
        if not self.history:
            self._trail = []

    @traitlets.observe("_moved")
    def _follow(self, _: Any) -> None:
        """Let `x` and `y` follow a point that was dragged in the page."""
        self._following = True
        try:
            with self.hold_trait_notifications():
                self.x, self.y = self._with_moved(self._moved)
        finally:
            self._following = False
        self._loaded = self._inputs
