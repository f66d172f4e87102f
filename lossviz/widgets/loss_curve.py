"""LossCurve: one or several losses over their natural variable, with a value to drag."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import traitlets

from lossviz.interpolation import one_sided_slopes
from lossviz.loss import Loss
from lossviz.text import short
from lossviz.widgets import _loss_curve as work
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
    loss_label : str, optional
        What the loss axis shows, with its unit.
    marks : sequence of float, optional
        Values to mark, such as the rows of a table; each also gets a button.
    marks_label : str, optional
        What the marks are, written before their buttons.
    show_slope : bool, optional
        Whether to show the slope, as a tangent and as a number.
    show_bits : bool, optional
        Whether to give each loss in bits too: in units of log 2. For losses that are logarithms.
    slope_panel : bool, optional
        Whether to draw the sizes of the slopes below the losses, on a logarithmic axis.

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
    _step = traitlets.Float().tag(sync=True)  # from one stop of the slider to the next
    _decimals = traitlets.Int().tag(sync=True)  # that tell one stop from the next
    _slope_axis = traitlets.Dict().tag(sync=True)  # empty: no panel
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
    loss_label = traitlets.Unicode(
        "loss of one example",
        help="str: what the loss axis shows, with its unit. Default: 'loss of one example'.",
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
    show_bits = traitlets.Bool(
        False, help="bool: whether to give each loss, which is in nats, in bits too. Default: False."
    )
    slope_panel = traitlets.Bool(
        False, help="bool: whether to draw the sizes of the slopes in a panel below. Default: False."
    )

    def __init__(
        self,
        *losses: Loss,
        name: str,
        value: float | None = None,
        range: tuple[float, float] | None = None,
        loss_range: tuple[float, float] | None = None,
        loss_label: str = "loss of one example",
        marks: Sequence[float] = (),
        marks_label: str = "Go to",
        show_slope: bool = True,
        show_bits: bool = False,
        slope_panel: bool = False,
    ) -> None:
        losses = work.same_variable(losses)
        low, high = check_ends("range", losses[0].variable.default_range if range is None else range)
        work.check_drawable(losses, (low, high))  # before `value`, whose message would lead astray
        super().__init__(
            losses=losses,
            name=name,
            value=low + (high - low) * 2 / 3 if value is None else value,
            range=(low, high),
            loss_range=loss_range,
            loss_label=loss_label,
            marks=list(marks),
            marks_label=marks_label,
            show_slope=show_slope,
            show_bits=show_bits,
            slope_panel=slope_panel,
        )

    @traitlets.validate("losses")
    def _check_losses(self, proposal: Any) -> tuple[Loss, ...]:
        losses = work.same_variable(proposal.value)
        work.check_drawable(losses, self.range)
        return losses

    @traitlets.validate("range")
    def _check_range(self, proposal: Any) -> tuple[float, float]:
        low, high = check_ends("range", proposal.value)
        work.check_drawable(self.losses, (low, high))
        for trait, number in [("value", self.value), *(("marks", mark) for mark in self.marks)]:
            if not low <= number <= high:
                raise traitlets.TraitError(
                    f"{outside(trait, number, low, high)} "
                    f"(to change both, do it inside `with figure.hold_trait_notifications():`)"
                )
        return proposal.value

    @traitlets.validate("value")
    def _check_value(self, proposal: Any) -> float:
        return work.check_within("value", proposal.value, self.losses, self.range)

    @traitlets.validate("marks")
    def _check_marks(self, proposal: Any) -> list[float]:
        return [work.check_within("marks", mark, self.losses, self.range) for mark in proposal.value]

    @traitlets.validate("loss_range")
    def _check_loss_range(self, proposal: Any) -> tuple[float, float] | None:
        if proposal.value is None:
            return None
        return check_ends("loss_range", proposal.value)

    @traitlets.observe(
        *("losses", "range", "loss_range", "loss_label", "marks_label"),
        *("show_slope", "show_bits", "slope_panel"),
    )
    def _sample(self, _: Any) -> None:
        low, high = self.range
        samples = [work.sampled(loss, low, high) for loss in self.losses]
        with self.hold_sync():  # the page hears of all of it at once
            self._texts = work.texts(
                self.losses,
                loss_label=self.loss_label,
                marks_label=self.marks_label,
                show_slope=self.show_slope,
                show_bits=self.show_bits,
            )
            self._step = work.tick_step(low, high, work.STOPS)
            self._decimals = work.decimals(self._step)
            self._window = self.loss_range or work.fit(samples)
            self._slope_axis = work.slope_axis(samples) if self.slope_panel else {}
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

    def figure(self) -> StillFigure:
        """Return the present state as a matplotlib figure."""
        from lossviz.plots_curve import loss_curve

        return loss_curve(
            self.losses,
            self.value,
            value_range=self.range,
            loss_range=self._window,
            loss_label=self.loss_label,
            marks=self.marks,
            show_slope=self.show_slope,
            slope_axis=self._slope_axis,
        )

    def describe(self) -> str:
        """Return the present value, losses and slopes in a sentence."""
        each = []
        for loss in self.losses:
            value = float(loss.curve(self.value))
            words = {"value": short(value), "slope": self._slope_in_words(loss)}
            if self.show_bits:
                bits = short(value / np.log(2))
                words["bits"] = self._texts["bit" if bits == "1" else "bits"].format(bits=bits)
            each.append(self._texts["each"].format(label=loss.label, **words))
        return self._texts["sentence"].format(u=short(self.value, self._decimals), each="; ".join(each))

    def _slope_in_words(self, loss: Loss) -> str:
        sides = one_sided_slopes(work.sampled(loss, *self.range), self.value)
        if sides is None or sides[0] == sides[1]:
            return short(float(loss.curve_slope(self.value)))
        return self._texts["corner"].format(left=short(sides[0]), right=short(sides[1]))

    def __repr__(self) -> str:
        names = ", ".join(loss.name for loss in self.losses)
        return f"LossCurve({names}, name={self.name!r}, value={self.value:g})"
