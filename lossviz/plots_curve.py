"""The still face of LossCurve."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox, TransformedBbox, offset_copy

from lossviz.interpolation import Samples, jumps, one_sided_slopes
from lossviz.look import ink, look, stroke
from lossviz.loss import Loss
from lossviz.plots import panels
from lossviz.sampling import sample
from lossviz.variables import Array

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Ends = tuple[float, float]
CROWDED = 20  # more ends of steps than these would hide the steps
TANGENT = 0.28  # half its length, as a share of the width


def loss_curve(
    losses: Sequence[Loss],
    value: float,
    *,
    value_range: Ends,
    loss_range: Ends,
    loss_label: str = "loss of one example",
    marks: Sequence[float] = (),
    show_slope: bool = True,
    slope_axis: dict[str, Any] | None = None,
) -> Figure:
    """Draw losses over their natural variable, with the present value and its tangents.

    Parameters
    ----------
    losses : sequence of Loss
        Losses of one natural variable.
    value : float
        The present value, in the unit of the natural variable.
    value_range, loss_range : tuple of float
        The ends of the two axes.
    loss_label : str
        What the loss axis shows.
    marks : sequence of float
        Values to mark on every curve.
    show_slope : bool
        Whether to draw the tangent at the present value; a corner and a jump have none.
    slope_axis : dict, optional
        The logarithmic axis of a panel below, with the sizes of the slopes: its ``label``, its ends ``low``
        and ``high``, and its ``ticks``, each with ``at`` and ``text``. Without it there is no such panel.

    Returns
    -------
    matplotlib.figure.Figure

    Examples
    --------
    >>> from lossviz import mse
    >>> loss_curve([mse], 2.0, value_range=(-3, 3), loss_range=(0, 9)).axes[0].get_xlabel()
    'error (predicted − actual)'
    """
    figure, every = panels(5.6, heights=(5, 3)) if slope_axis else panels(4.0)
    axes, lowest = every[0], every[-1]
    axes.set(xlim=value_range, ylim=loss_range)
    _title(axes, loss_label)
    lowest.set_xlabel(losses[0].variable.label)
    lowest.tick_params(axis="x", pad=16)  # leaves room for the ring
    if slope_axis:
        _slopes(lowest, losses, value, value_range, slope_axis)
    for place, loss in enumerate(losses):
        samples = draw_curve(axes, loss, value_range, place)
        at, slope = float(loss.curve(value)), float(loss.curve_slope(value))
        smooth = np.isfinite(slope) and one_sided_slopes(samples, value) is None
        if show_slope and smooth:
            _tangent(axes, value, at, slope)
        for mark in marks:
            if loss_range[0] <= (height := float(loss.curve(mark))) <= loss_range[1]:
                colour, _ = stroke(loss.name, place)
                axes.plot(mark, height, "D", color=colour, markerfacecolor=ink("surface"), clip_on=False)
        _dot(axes, value, at, loss, place)
    highest = min(max(float(loss.curve(value)) for loss in losses), loss_range[1])
    _guide(axes, value, highest)
    # The ring hangs under the axis, where it hides nothing.
    under = offset_copy(lowest.transData, figure, y=-9, units="points")
    lowest.plot(
        value, lowest.get_ylim()[0], "o", color=ink("surface"), markeredgecolor=ink("accent"),
        markeredgewidth=3, markersize=12, clip_on=False, zorder=6, transform=under,
    )  # fmt: skip
    if len(losses) > 1:
        handles, labels = axes.get_legend_handles_labels()
        once = dict(zip(labels, handles, strict=True))
        axes.legend(once.values(), once.keys(), frameon=False, handlelength=3)
    return figure


def draw_curve(axes: "Axes", loss: Loss, ends: Ends, place: int = 0) -> Samples:
    """Draw a loss over its natural variable, and return the samples it was drawn from.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Where to draw; its limits are set already.
    loss : Loss
        What to draw.
    ends : tuple of float
        From where to where.
    place : int
        Its place among others, which colours a loss that the book does not know.
    """
    samples = sample(loss, *ends)
    for u, z in _runs(samples.u, samples.value, ends, loss.curve):
        _line(axes, u, z, loss, place)
    _jumps(axes, samples, loss, place)
    return samples


def _slopes(
    axes: "Axes", losses: Sequence[Loss], value: float, value_range: Ends, axis: dict[str, Any]
) -> None:
    """Draw the sizes of the slopes; a slope of 0 is below every logarithmic axis."""
    _title(axes, axis["label"])
    axes.set(yscale="log", ylim=(axis["low"], axis["high"]))
    axes.set_yticks([tick["at"] for tick in axis["ticks"]], [tick["text"] for tick in axis["ticks"]])
    axes.minorticks_off()
    for place, loss in enumerate(losses):

        def size(u: Array, slope: Callable[[Array], Array] = loss.curve_slope) -> Array:
            return np.maximum(np.abs(slope(u)), axis["low"] / 100)

        samples = sample(loss, *value_range)
        rows = np.maximum(np.abs(samples.slope), axis["low"] / 100)
        for u, z in _runs(samples.u, rows, value_range, size):
            _line(axes, u, z, loss, place)
        _dot(axes, value, abs(float(loss.curve_slope(value))), loss, place)
    _guide(axes, value, axis["high"])


def _title(axes: "Axes", text: str) -> None:
    size = look()["size"]["font"] - 2
    axes.set_title(text, loc="left", fontsize=size, color=ink("text"), parse_math=False)


def _line(axes: "Axes", u: Array, z: Array, loss: Loss, place: int) -> None:
    """Draw a piece of a loss's curve in its colour and dash."""
    colour, dash = stroke(loss.name, place)
    line = axes.plot(u, z, color=colour, linewidth=2.5, label=loss.label, dash_capstyle="butt")[0]
    if dash:
        line.set_dashes([d / 2.5 for d in dash])
    # A line that runs along the edge of the picture keeps its whole width.
    line.set_clip_path(None)
    line.set_clip_box(TransformedBbox(Bbox([[0, -0.01], [1, 1.01]]), axes.transAxes))


def _jumps(axes: "Axes", samples: Samples, loss: Loss, place: int) -> None:
    """At a jump, fill the end that the curve takes there, and leave open the one it only comes close to."""
    colour, _ = stroke(loss.name, place)
    low, high = axes.get_ylim()
    ends = jumps(samples)
    for u, end, taken in ends if len(ends) <= CROWDED else ():
        fill = colour if taken else ink("surface")
        if low <= end <= high:
            axes.plot(u, end, "o", color=colour, markerfacecolor=fill, clip_on=False, zorder=4)


def _dot(axes: "Axes", value: float, at: float, loss: Loss, place: int) -> None:
    """Draw the present value of a curve; outside the picture it waits at the edge, as an arrow."""
    low, high = axes.get_ylim()
    shape = "^" if at > high else "v" if at < low else "o"
    colour, _ = stroke(loss.name, place)
    inside = min(max(at, low), high)
    axes.plot(value, inside, shape, color=colour, markersize=9, clip_on=False, zorder=5)


def _guide(axes: "Axes", value: float, upto: float) -> None:
    bottom = axes.get_ylim()[0]
    axes.plot([value, value], [bottom, upto], color=ink("accent"), linestyle=(0, (1, 2)), linewidth=1.2)


def _runs(
    u: Array, heights: Array, ends: Ends, function: Callable[[Array], Array]
) -> list[tuple[Array, Array]]:
    """Cut a sampled function at its jumps, and make it dense enough for a straight pen between the cuts."""
    step = (ends[1] - ends[0]) / 400
    finite = np.isfinite(heights)
    jump = (np.diff(u) == 0) & (np.diff(heights) != 0)
    cuts = np.flatnonzero(jump | ~finite[1:] | ~finite[:-1]) + 1
    runs = []
    for nodes, values in zip(np.split(u, cuts), np.split(heights, cuts), strict=True):
        if len(nodes) < 2:
            continue
        between = np.arange(nodes[0], nodes[-1], step)[1:]
        dense = np.concatenate([nodes, between])
        z = np.concatenate([values, function(between)])
        order = np.argsort(dense, kind="stable")
        runs.append((dense[order], z[order]))
    return runs


def _tangent(axes: "Axes", value: float, at: float, slope: float) -> None:
    """Draw a piece of tangent that is equally long on paper however steep it is."""
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    length = TANGENT / np.hypot(1 / (right - left), slope / (high - low))
    u = np.array([value - length, value + length])
    line = at + slope * (u - value)
    # Under the curves: along a straight one it would hide the dashes.
    axes.plot(u, line, color=ink("accent"), linewidth=4, solid_capstyle="round", zorder=1.9)
