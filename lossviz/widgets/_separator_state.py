"""The state of Separator: its typed traits, what follows from them, and what is refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import traitlets

from lossviz.loss import Loss
from lossviz.separating import check_penalty, check_rate
from lossviz.variables import Array
from lossviz.widgets import _separator
from lossviz.widgets._base import Figure
from lossviz.widgets._shared import check_choice


class SeparatorState(Figure):
    """What a Separator is told and knows; :class:`lossviz.Separator` adds its faces."""

    _view = traitlets.Unicode("separator").tag(sync=True)
    _points = traitlets.Dict().tag(sync=True)
    _moved: traitlets.List[Any] = traitlets.List().tag(sync=True)
    _added: traitlets.List[Any] = traitlets.List().tag(sync=True)
    _removed: traitlets.List[Any] = traitlets.List().tag(sync=True)
    _curves: traitlets.List[Any] = traitlets.List().tag(sync=True)
    _start: traitlets.List[Any] = traitlets.List().tag(sync=True)
    _x_range = traitlets.Tuple(traitlets.Float(), traitlets.Float(), default_value=(0.0, 1.0)).tag(sync=True)
    _y_range = traitlets.Tuple(traitlets.Float(), traitlets.Float(), default_value=(0.0, 1.0)).tag(sync=True)
    _limit = traitlets.Float().tag(sync=True)
    _texts = traitlets.Dict().tag(sync=True)

    x = traitlets.Any(
        read_only=True, help="array, shape (n, 2): the present points, with dragged, added and removed ones."
    )
    actual = traitlets.Any(read_only=True, help="array, shape (n,): the class of each, −1 or +1.")
    losses = traitlets.Tuple(read_only=True, help="tuple of Loss: what can score the line.")
    x_labels = traitlets.Tuple(
        traitlets.Unicode(),
        traitlets.Unicode(),
        default_value=("x1", "x2"),
        help="(str, str): what the axes are, a unit in brackets at the end. Default: ('x1', 'x2').",
    )
    class_names = traitlets.Tuple(
        traitlets.Unicode(),
        traitlets.Unicode(),
        default_value=("−1", "+1"),
        help="(str, str): the classes −1 and +1. Default: ('−1', '+1').",
    )
    weights = traitlets.Tuple(
        traitlets.Float(),
        traitlets.Float(),
        default_value=(1.0, 0.0),
        help="(float, float): across the line, towards +1; the band is 2 / ‖weights‖ wide. Default: (1, 0).",
    ).tag(sync=True)
    bias = traitlets.Float(help="float: the logit at (0, 0). Default: 0.").tag(sync=True)
    loss = traitlets.Unicode(
        help="str: the name of the loss that scores and trains, one of `losses`. Default: the first."
    ).tag(sync=True)
    penalty = traitlets.Float(
        1.0, help="float: what long weights cost in the objective; 0 or more. Default: 1."
    ).tag(sync=True)
    rate = traitlets.Float(
        help="float: the learning rate of a step. Default: `lossviz.separating.safe_rate` of the points."
    ).tag(sync=True)
    steps = traitlets.Int(0, min=0, help="int: steps trained since the last change by hand. Default: 0.").tag(
        sync=True
    )
    movable = traitlets.Bool(
        False, read_only=True, help="bool: whether points can be dragged. Default: False."
    ).tag(sync=True)
    outlier = traitlets.Any(
        None, read_only=True, help="(x1, x2, label) or None: what the button adds. Default: None, no button."
    ).tag(sync=True)
    removable = traitlets.Bool(
        False, read_only=True, help="bool: whether a button removes the silent points. Default: False."
    ).tag(sync=True)

    _base: Array  # the points as they were given: x1, x2, class
    _total: int  # how many there are, if not all are shown
    _ready = False
    _counting = False  # whether the steps are told together with the change

    @property
    def _scorer(self) -> Loss:
        return next(loss for loss in self.losses if loss.name == self.loss)

    @property
    def _line(self) -> Array:
        return np.array([*self.weights, self.bias])

    # --------------------------------------------------------------------------------------- what is refused

    @traitlets.validate("weights", "bias")
    def _check_line(self, proposal: Any) -> Any:
        name, value = proposal.trait.name, proposal.value
        if not np.isfinite(value).all():
            raise traitlets.TraitError(f"{name} must be finite; got {value}")
        if self._ready:
            line = {"weights": self.weights, "bias": self.bias, name: value}
            numbers = np.array([*line["weights"], line["bias"]])
            margin = _separator.largest_margin(numbers, self._x_range, self._y_range)
            if margin > self._limit:
                raise traitlets.TraitError(
                    f"{name} {value} gives margins of {margin:g} in the picture, which holds {self._limit:g} "
                    f"(such a line can be given when the figure is made)"
                )
        return value

    @traitlets.validate("loss")
    def _check_loss(self, proposal: Any) -> str:
        return check_choice(proposal.value, self.losses)

    @traitlets.validate("penalty", "rate")
    def _check_number(self, proposal: Any) -> float:
        check = {"penalty": check_penalty, "rate": check_rate}[proposal.trait.name]
        try:
            return check(proposal.value)
        except ValueError as error:
            raise traitlets.TraitError(str(error)) from None

    @traitlets.validate("_moved", "_added", "_removed")
    def _check_edits(self, proposal: Any) -> Sequence[Any]:
        name = proposal.trait.name
        edits = {"_moved": self._moved, "_added": self._added, "_removed": self._removed}
        try:
            _separator.edited(self._base, *{**edits, name: proposal.value}.values())
        except (ValueError, TypeError, IndexError) as error:
            raise traitlets.TraitError(f"{name} does not fit the points: {error}") from None
        return proposal.value
