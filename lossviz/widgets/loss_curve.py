"""LossCurve: one or several losses over their natural variable, with a value to drag."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import traitlets

from lossviz.loss import Loss
from lossviz.sampling import Samples, interpolate, one_sided_slopes, sample
from lossviz.text import short
from lossviz.widgets._base import Figure, check_ends, outside

if TYPE_CHECKING:
    from matplotlib.figure import Figure as StillFigure


class LossCurve(Figure):
    """Losses as curves: drag a value of their natural variable and read each loss and its slope.

    Parameters
    ----------
    *losses : Loss
        One or more losses of the same natural variable.
    name : str
        The figure's name, unique on its page.
    value : float, optional
        Where the figure stands at first. The default is a third of the way from the right end.
    range : tuple of float, optional
        The ends of the axis. The default is the natural variable's own.
    loss_range : tuple of float, optional
        The ends of the loss axis. The default shows the curves whole, unless they are infinite.
    marks : sequence of float, optional
        Values to mark, such as the rows of a table; each also gets a button.
    marks_label : str, optional
        What the marks are, written before their buttons.
    show_slope : bool, optional
        Whether to show the slope, as a tangent and as a number.

    Raises
    ------
    TypeError
        If an argument is unknown or a loss is not a `Loss`.
    traitlets.TraitError
        If a value, a range or a mark cannot be shown; the message says why.

    Examples
    --------
    >>> from lossviz import LossCurve, mse
    >>> curve = LossCurve(mse, name="bowl", value=2)
    >>> print(curve.describe())
    Error 2: squared error 4, slope 4.
    >>> curve.value = -1.5
    >>> print(curve.describe())
    Error −1.5: squared error 2.25, slope −3.
    """

    _view = traitlets.Unicode("loss-curve").tag(sync=True)
    _curves: traitlets.List[Any] = traitlets.List().tag(sync=True)
    _window = traitlets.Tuple(traitlets.Float(), traitlets.Float()).tag(sync=True)
    _texts = traitlets.Dict().tag(sync=True)

    losses = traitlets.Tuple(help="tuple of Loss: what is drawn; all of one natural variable. No default.")
    value = traitlets.Float(
        help="float: the present value of the natural variable, in its unit; within `range`."
    ).tag(sync=True)
    range = traitlets.Tuple(
        traitlets.Float(),
        traitlets.Float(),
        help="(float, float): the ends of the axis, in the variable's unit. Default: the variable's own.",
    ).tag(sync=True)
    loss_range = traitlets.Tuple(
        traitlets.Float(),
        traitlets.Float(),
        default_value=None,
        allow_none=True,
        help="(float, float) or None: the ends of the loss axis. Default None: fitted to the curves.",
    )
    marks = traitlets.List(
        traitlets.Float(), help="list of float: values to mark on every curve, within `range`. Default: none."
    ).tag(sync=True)
    marks_label = traitlets.Unicode(
        "Go to", help="str: what the marks are, written before their buttons. Default: 'Go to'."
    )
    show_slope = traitlets.Bool(
        True, help="bool: whether to show the slope, as a tangent and as a number. Default: True."
    ).tag(sync=True)

    def __init__(
        self,
        *losses: Loss,
        name: str,
        value: float | None = None,
        range: tuple[float, float] | None = None,
        loss_range: tuple[float, float] | None = None,
        marks: Sequence[float] = (),
        marks_label: str = "Go to",
        show_slope: bool = True,
    ) -> None:
        losses = _same_variable(losses)
        low, high = check_ends("range", losses[0].variable.default_range if range is None else range)
        _check_drawable(losses, (low, high))  # before `value`, whose message would lead astray
        super().__init__(
            losses=losses,
            name=name,
            value=low + (high - low) * 2 / 3 if value is None else value,
            range=(low, high),
            loss_range=loss_range,
            marks=list(marks),
            marks_label=marks_label,
            show_slope=show_slope,
        )

    @traitlets.validate("losses")
    def _check_losses(self, proposal: Any) -> tuple[Loss, ...]:
        losses = _same_variable(proposal.value)
        _check_drawable(losses, self.range)
        return losses

    @traitlets.validate("range")
    def _check_range(self, proposal: Any) -> tuple[float, float]:
        low, high = check_ends("range", proposal.value)
        _check_drawable(self.losses, (low, high))
        for trait, number in [("value", self.value), *(("marks", mark) for mark in self.marks)]:
            if not low <= number <= high:
                raise traitlets.TraitError(
                    f"{outside(trait, number, low, high)} "
                    f"(to change both, do it inside `with figure.hold_trait_notifications():`)"
                )
        return proposal.value

    @traitlets.validate("value")
    def _check_value(self, proposal: Any) -> float:
        return self._within("value", proposal.value)

    @traitlets.validate("marks")
    def _check_marks(self, proposal: Any) -> list[float]:
        return [self._within("marks", mark) for mark in proposal.value]

    @traitlets.validate("loss_range")
    def _check_loss_range(self, proposal: Any) -> tuple[float, float] | None:
        if proposal.value is None:
            return None
        return check_ends("loss_range", proposal.value)

    @traitlets.observe("losses", "range", "loss_range", "marks_label", "show_slope")
    def _sample(self, _: Any) -> None:
        samples = [sample(loss, *self.range) for loss in self.losses]
        with self.hold_sync():  # the page hears of all three at once
            self._texts = self._write_texts()
            self._window = self.loss_range or _fit(samples)
            self._curves = [
                {
                    "name": loss.name,
                    "label": loss.label,
                    "u": each.u.tobytes(),
                    "value": each.value.tobytes(),
                    "slope": each.slope.tobytes(),
                }
                for loss, each in zip(self.losses, samples, strict=True)
            ]

    def _within(self, trait: str, value: float) -> float:
        low, high = self.range
        if not low <= value <= high:
            raise traitlets.TraitError(outside(trait, value, low, high))
        for loss in self.losses:
            start, end = sample(loss, low, high).resolved
            if low < value < start or end < value < high:
                raise traitlets.TraitError(
                    f"{trait} = {value:g} is too close to where {loss.name} is infinite; "
                    f"stay within {start:g} to {end:g}, or take the end itself"
                )
        return value

    def _write_texts(self) -> dict[str, str]:
        """Return every word the page shows, so that Python and the page cannot disagree."""
        variable = self.losses[0].variable.label
        short_name = variable.split(" (")[0]
        return {
            "label": f"{', '.join(loss.label for loss in self.losses)} against the {short_name}",
            "variable": short_name,
            "axis": variable,
            "loss": "loss of one example",
            "slope": "slope",
            "corner": "{left} to {right}",
            "marks": self.marks_label,
            "sentence": short_name.capitalize() + " {u}: {each}.",
            "each": "{label} {value}, slope {slope}" if self.show_slope else "{label} {value}",
        }

    def figure(self) -> "StillFigure":
        """Return the present state as a matplotlib figure."""
        from lossviz.plots import loss_curve

        return loss_curve(
            self.losses,
            self.value,
            value_range=self.range,
            loss_range=self._window,
            marks=self.marks,
            show_slope=self.show_slope,
        )

    def describe(self) -> str:
        """Return the present value, losses and slopes in a sentence."""
        each = [
            self._texts["each"].format(
                label=loss.label, value=short(float(loss.curve(self.value))), slope=self._slope_in_words(loss)
            )
            for loss in self.losses
        ]
        return self._texts["sentence"].format(u=short(self.value), each="; ".join(each))

    def _slope_in_words(self, loss: Loss) -> str:
        sides = one_sided_slopes(sample(loss, *self.range), self.value)
        if sides is None or sides[0] == sides[1]:
            return short(float(loss.curve_slope(self.value)))
        return self._texts["corner"].format(left=short(sides[0]), right=short(sides[1]))

    def __repr__(self) -> str:
        names = ", ".join(loss.name for loss in self.losses)
        return f"LossCurve({names}, name={self.name!r}, value={self.value:g})"


def _check_drawable(losses: Sequence[Loss], ends: tuple[float, float]) -> None:
    """Refuse a curve that cannot be drawn, before anything has changed."""
    for loss in losses:
        if ends[0] < loss.domain[0] or ends[1] > loss.domain[1]:
            raise traitlets.TraitError(
                f"range ({ends[0]:g}, {ends[1]:g}) leaves the domain of {loss.name}, "
                f"from {loss.domain[0]:g} to {loss.domain[1]:g}"
            )
        sample(loss, *ends)


def _same_variable(losses: Sequence[Loss]) -> tuple[Loss, ...]:
    """Refuse what cannot share one axis."""
    if not losses:
        raise TypeError("losses is empty; give at least one, such as LossCurve(mse, name='bowl')")
    for loss in losses:
        if not isinstance(loss, Loss):
            raise TypeError(f"losses must be Loss objects, such as mse; got {loss!r}")
    if len(set(losses)) < len(losses):
        raise ValueError(f"losses must all be different; got {', '.join(loss.name for loss in losses)}")
    if len({loss.variable.symbol for loss in losses}) > 1:
        told = ", ".join(f"{loss.name} has {loss.variable.name}" for loss in losses)
        raise ValueError(f"losses must share one natural variable, but {told}; draw one figure for each")
    return tuple(losses)


def _fit(samples: Sequence[Samples]) -> tuple[float, float]:
    """Return round ends for the loss axis; an infinite curve is followed to 1 % before its end."""
    low, high = 0.0, 0.0
    for each in samples:
        margin = 0.01 * (each.u[-1] - each.u[0])
        at_ends = interpolate(each, np.array([each.u[0] + margin, each.u[-1] - margin]))[0]
        whole = np.isfinite(each.value).all()
        heights = each.value if whole else at_ends
        low, high = min(low, heights.min()), max(high, heights.max())
    if low > -1e-9 * high:  # rounding, not a negative loss
        low = 0.0
    # The distance of about five ticks, rounded to 1, 2 or 5 by the rule of D3, which draws them.
    rough = ((high - low) or 1.0) / 5
    power = 10.0 ** np.floor(np.log10(rough))
    step = power * next(n for n, limit in [(10, 50), (5, 10), (2, 2), (1, 0)] if rough / power >= limit**0.5)
    return float(np.floor(low / step) * step), float(np.ceil((high or 1.0) / step) * step)
