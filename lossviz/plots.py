"""The still face of every figure: what paper, GitHub and a page without JavaScript show."""

import io
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import offset_copy

from lossviz.look import ink, look, stroke
from lossviz.loss import Loss
from lossviz.sampling import one_sided_slopes, sample
from lossviz.text import short

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DPI = 160
WIDTH = 7.0  # inches


def png(figure: Figure) -> bytes:
    """Return a figure as PNG; the same figure gives the same bytes."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=DPI, metadata={"Software": None})
    return buffer.getvalue()


def loss_curve(
    losses: Sequence[Loss],
    value: float,
    *,
    value_range: tuple[float, float],
    loss_range: tuple[float, float],
    marks: Sequence[float] = (),
    show_slope: bool = True,
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
    marks : sequence of float
        Values to mark on every curve.
    show_slope : bool
        Whether to draw the tangent at the present value; a corner and a jump have none.

    Returns
    -------
    matplotlib.figure.Figure

    Examples
    --------
    >>> from lossviz import mse
    >>> loss_curve([mse], 2.0, value_range=(-3, 3), loss_range=(0, 9)).axes[0].get_xlabel()
    'error (predicted − actual)'
    """
    figure, (axes,) = panels(4.0)
    axes.tick_params(axis="x", pad=16)  # leaves room for the ring
    axes.set(xlim=value_range, ylim=loss_range, xlabel=losses[0].variable.label)
    axes.set_title("loss of one example", loc="left", fontsize=look()["size"]["font"] - 2, color=ink("text"))
    for place, loss in enumerate(losses):
        colour, dash = stroke(loss.name, place)
        samples = sample(loss, *value_range)
        for u, z in _runs(samples.u, samples.value, (value_range[1] - value_range[0]) / 400, loss):
            line = axes.plot(u, z, color=colour, linewidth=2.5, label=loss.label, dash_capstyle="butt")[0]
            if dash:
                line.set_dashes([d / 2.5 for d in dash])
        at, slope = float(loss.curve(value)), float(loss.curve_slope(value))
        smooth = np.isfinite(slope) and one_sided_slopes(samples, value) is None
        if show_slope and smooth:
            _tangent(axes, value, at, slope)
        for mark in marks:
            if loss_range[0] <= (height := float(loss.curve(mark))) <= loss_range[1]:
                axes.plot(mark, height, "D", color=colour, markerfacecolor=ink("surface"), clip_on=False)
        inside = min(at, loss_range[1])
        shape = "o" if at <= loss_range[1] else "^"
        axes.plot(value, inside, shape, color=colour, markersize=9, clip_on=False, zorder=5)
    highest = min(max(float(loss.curve(value)) for loss in losses), loss_range[1])
    axes.plot(
        [value, value], [loss_range[0], highest], color=ink("accent"), linestyle=(0, (1, 2)), linewidth=1.2
    )
    # The ring hangs under the axis, where it hides nothing.
    under = offset_copy(axes.transData, figure, y=-9, units="points")
    axes.plot(
        value, loss_range[0], "o", color=ink("surface"), markeredgecolor=ink("accent"), markeredgewidth=3,
        markersize=12, clip_on=False, zorder=6, transform=under,
    )  # fmt: skip
    if len(losses) > 1:
        handles, labels = axes.get_legend_handles_labels()
        once = dict(zip(labels, handles, strict=True))
        axes.legend(once.values(), once.keys(), frameon=False, handlelength=3)
    return figure


def question(text: str, choices: Sequence[str], feedback: str = "") -> Figure:
    """Write a question and its choices, as they stand on paper.

    Parameters
    ----------
    text : str
        The question.
    choices : sequence of str
        The answers offered.
    feedback : str
        What is said of the answer given, if one was given.

    Returns
    -------
    matplotlib.figure.Figure
    """
    lines: list[tuple[str, str, str]] = [(line, "text", "bold") for line in textwrap.wrap(text, 78)]
    for letter, choice in zip("ABCDEFGH", choices, strict=False):
        wrapped = textwrap.wrap(choice, 74)
        lines += [(f"{letter}   {wrapped[0]}", "text", "normal")]
        lines += [(f"     {line}", "text", "normal") for line in wrapped[1:]]
    lines += [(line, "muted", "normal") for line in textwrap.wrap(feedback, 82)]
    height = 0.28 * len(lines) + 0.25
    figure = Figure(figsize=(WIDTH, height), facecolor=ink("surface"))
    for row, (line, colour, weight) in enumerate(lines):
        y = 1 - (0.25 + 0.28 * row) / height
        # Text is shown as it is: a dollar sign in a question is money, not mathematics.
        figure.text(0.02, y, line, color=ink(colour), weight=weight, size=11, va="center", parse_math=False)
    return figure


def panels(height: float, count: int = 1) -> "tuple[Figure, list[Axes]]":
    """Return an empty figure in the book's look, with panels side by side.

    Examples
    --------
    >>> figure, (left, right) = panels(3.0, 2)
    >>> len(figure.axes)
    2
    """
    style: dict[Any, Any] = {
        "axes.edgecolor": ink("line"),
        "axes.labelcolor": ink("text"),
        "grid.color": ink("grid"),
        "xtick.color": ink("muted"),
        "ytick.color": ink("muted"),
        "font.size": look()["size"]["font"] - 2,
    }
    with mpl.rc_context(style):
        figure = Figure(figsize=(WIDTH, height), facecolor=ink("surface"), layout="constrained")
        each = list(figure.subplots(1, count, squeeze=False)[0])
        for axes in each:
            axes.grid(axis="y")
            axes.set_axisbelow(True)
            axes.spines[["left", "right", "top"]].set_visible(False)
            axes.tick_params(axis="y", length=0, pad=9)
            for axis in (axes.xaxis, axes.yaxis):
                axis.set_major_formatter(lambda number, _: short(number))
            axes.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
    return figure, each


def _runs(u: np.ndarray, value: np.ndarray, step: float, loss: Loss) -> "list[tuple[np.ndarray, np.ndarray]]":
    """Cut a sampled curve at its jumps, and make it dense enough for a straight pen between the cuts."""
    finite = np.isfinite(value)
    jump = (np.diff(u) == 0) & (np.diff(value) != 0)
    cuts = np.flatnonzero(jump | ~finite[1:] | ~finite[:-1]) + 1
    runs = []
    for nodes, values in zip(np.split(u, cuts), np.split(value, cuts), strict=True):
        if len(nodes) < 2:
            continue
        between = np.arange(nodes[0], nodes[-1], step)[1:]
        dense = np.concatenate([nodes, between])
        heights = np.concatenate([values, loss.curve(between)])
        order = np.argsort(dense, kind="stable")
        runs.append((dense[order], heights[order]))
    return runs


def _tangent(axes: "Axes", value: float, at: float, slope: float) -> None:
    """Draw a piece of tangent that is equally long on paper however steep it is."""
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    length = 0.13 / np.hypot(1 / (right - left), slope / (high - low))
    u = np.array([value - length, value + length])
    axes.plot(u, at + slope * (u - value), color=ink("accent"), linewidth=2, solid_capstyle="round")
