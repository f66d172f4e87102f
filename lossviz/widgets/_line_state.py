"""The state of LineFit: its typed traits, what follows from them, and what is refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import traitlets

from lossviz.fitting import Line, best_line, check_points
from lossviz.loss import Loss
from lossviz.variables import Array
from lossviz.widgets import _line_fit
from lossviz.widgets._base import Figure
from lossviz.widgets._shared import check_choice, kept


class LineState(Figure):
    """What a LineFit is told and knows; :class:`lossviz.LineFit` adds its faces."""

    _view = traitlets.Unicode("line-fit").tag(sync=True)
    _points = traitlets.Dict().tag(sync=True)
    _moved: traitlets.List[Any] = traitlets.List().tag(sync=True)
    _trail: traitlets.List[Any] = traitlets.List().tag(sync=True)
    _curves: traitlets.List[Any] = traitlets.List().tag(sync=True)
    _start = traitlets.Tuple(traitlets.Float(), traitlets.Float()).tag(sync=True)
    _x_range = traitlets.Tuple(traitlets.Float(), traitlets.Float()).tag(sync=True)
    _y_range = traitlets.Tuple(traitlets.Float(), traitlets.Float()).tag(sync=True)
    _weight_range = traitlets.Tuple(traitlets.Float(), traitlets.Float()).tag(sync=True)
    _bias_range = traitlets.Tuple(traitlets.Float(), traitlets.Float()).tag(sync=True)
    _texts = traitlets.Dict().tag(sync=True)

    x = traitlets.Any(help="array, shape (n,): the points' places, in the unit of `x_label`. No default.")
    y = traitlets.Any(help="array, shape (n,): the points' heights, in the unit of `y_label`. No default.")
    losses = traitlets.Tuple(help="tuple of Loss: what can score the line. Default: (mse,).")
    x_label = traitlets.Unicode("x", help="str: what `x` is, with its unit. Default: 'x'.")
    y_label = traitlets.Unicode("y", help="str: what `y` is, with its unit. Default: 'y'.")
    weight = traitlets.Float(help="float: the line's slope, in units of y per unit of x. Default: 0.").tag(
        sync=True
    )
    bias = traitlets.Float(
        help="float: the line's height at x = 0, in the unit of y. Default: the mean of y."
    ).tag(sync=True)
    loss = traitlets.Unicode(
        help="str: the name of the loss that scores, one of `losses`. Default: the first."
    ).tag(sync=True)
    errors = traitlets.Enum(
        ["bars", "squares", "none"],
        "bars",
        help="'bars', 'squares' or 'none': how each point's error is drawn. Default: 'bars'.",
    ).tag(sync=True)
    show_points = traitlets.Bool(
        True,
        help="bool: whether to draw the points, with their errors and pulls; they count all the same. "
        "Default: True.",
    ).tag(sync=True)
    show_pulls = traitlets.Bool(
        False, help="bool: whether to draw each point's pull, minus the slope of its loss. Default: False."
    ).tag(sync=True)
    show_best = traitlets.Bool(
        False, help="bool: whether to draw the best line for `loss`. Default: False."
    ).tag(sync=True)
    refit = traitlets.Bool(
        False, help="bool: whether to draw the best line for each of `losses`. Default: False."
    ).tag(sync=True)
    movable = traitlets.Bool(False, help="bool: whether points can be dragged. Default: False.").tag(
        sync=True
    )
    landscape = traitlets.Bool(
        True, help="bool: whether to draw the score of every line, with this one as a dot. Default: True."
    ).tag(sync=True)
    goal = traitlets.Float(
        None, allow_none=True, help="float or None: the challenge, a score to get below. Default: None."
    ).tag(sync=True)
    moves = traitlets.Int(
        None, allow_none=True, help="int or None: the most moves the challenge allows. Default: None, any."
    ).tag(sync=True)
    history = traitlets.List(
        traitlets.Float(), help="list of float: the score after each of the reader's moves. Default: empty."
    ).tag(sync=True)

    _loaded: tuple[Any, ...] = ()  # what the page was last told of
    _base: tuple[Array, Array]  # the points before any was dragged
    _following = False  # whether x and y change because a point was dragged
    _scored: str | None = None  # the loss that the page names now, if it sends scores with it

    @property
    def best(self) -> Line:
        """Weight and bias of the best line there is for `loss`."""
        return best_line(self._scorer, *self._shown)

    @property
    def _line(self) -> Line:
        return Line(self.weight, self.bias)

    @property
    def _scorer(self) -> Loss:
        return next(loss for loss in self.losses if loss.name == self.loss)

    @property
    def _shown(self) -> tuple[Array, Array]:
        shown = kept(len(self.x))
        return self.x[shown], self.y[shown]

    def _score(self, line: Line) -> float:
        x, y = self._shown
        return self._scorer(y, line(x))

    def _frame(self, x: Array, y: Array, losses: Sequence[Loss]) -> _line_fit.Frame:
        return _line_fit.frame(x, y, losses, self._line, self.movable, self.errors)

    def _with_moved(self, moved: Sequence[Sequence[Any]]) -> tuple[Array, Array]:
        x, y = (row.copy() for row in self._base)
        shown = kept(len(x))
        for index, to_x, to_y in moved:
            x[shown[index]], y[shown[index]] = to_x, to_y
        return x, y

    # --------------------------------------------------------------------------------------- what is refused

    @traitlets.validate("x", "y")
    def _check_points(self, proposal: Any) -> Array:
        name = proposal.trait.name
        pair = {"x": self.x, "y": self.y, name: proposal.value}
        try:
            checked = dict(zip("xy", check_points(**pair), strict=True))
        except ValueError as error:
            raise traitlets.TraitError(
                f"{error} (to change both, do it inside `with figure.hold_trait_notifications():`)"
            ) from None
        if self._loaded and not self._following:
            self._frame(checked["x"], checked["y"], self.losses)  # can it be drawn?
        checked[name].flags.writeable = False  # a change inside the array would go unseen
        return checked[name]

    @traitlets.validate("losses")
    def _check_losses(self, proposal: Any) -> tuple[Loss, ...]:
        losses = _line_fit.check_losses(proposal.value)
        if self._loaded:
            self._frame(self.x, self.y, losses)  # can they all be drawn?
        return losses

    @traitlets.validate("loss")
    def _check_loss(self, proposal: Any) -> str:
        return check_choice(proposal.value, self.losses)

    @traitlets.validate("weight", "bias")
    def _check_line(self, proposal: Any) -> float:
        name, value = proposal.trait.name, proposal.value
        if not np.isfinite(value):
            raise traitlets.TraitError(f"{name} must be a finite number; got {value:g}")
        if self._loaded:
            low, high = self._weight_range if name == "weight" else self._bias_range
            if not low <= value <= high:
                raise traitlets.TraitError(
                    f"{name} must lie in the range from {low:g} to {high:g}; got {value:g} "
                    f"(a line further out can be given when the figure is made)"
                )
        return value

    @traitlets.validate("_moved")
    def _check_moved(self, proposal: Any) -> list[list[float]]:
        try:
            check_points(*self._with_moved(proposal.value))
        except (ValueError, TypeError, IndexError) as error:
            raise traitlets.TraitError(f"_moved must be a list of [index, x, y]: {error}") from None
        return proposal.value

    @traitlets.validate("goal")
    def _check_goal(self, proposal: Any) -> float | None:
        goal = proposal.value
        if goal is not None:
            lowest = self._score(self.best)
            if not (np.isfinite(goal) and goal > lowest):
                raise traitlets.TraitError(
                    f"goal must be above {lowest:.6g}, the best line's score; got {goal:g}"
                )
        return goal

    @traitlets.validate("moves")
    def _check_moves(self, proposal: Any) -> int | None:
        if proposal.value is not None:
            if proposal.value < 1:
                raise traitlets.TraitError(f"moves must be 1 or more, or None; got {proposal.value}")
            if self.goal is None:
                raise traitlets.TraitError("moves needs a goal: give both, or neither")
        return proposal.value
