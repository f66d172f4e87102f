"""The still face of LineFit: points with a line, and the landscape of all lines beside them."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.patheffects import AbstractPathEffect, withStroke
from matplotlib.ticker import MaxNLocator

from lossviz.contours import levels
from lossviz.fitting import Line
from lossviz.look import ink, look, stroke
from lossviz.loss import Loss
from lossviz.plots import panels, terrain_colours
from lossviz.text import short
from lossviz.variables import Array

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Ends = tuple[float, float]
GRID = 61  # lines along each side of the landscape
HANDLES = (0.02, 0.98)  # where the rings are, as shares of the x range: beyond the points
PULL = 0.4  # inches: the arrow of an error a quarter as large as the picture is high; in the page 40 px
FAINTEST = 0.3  # of the steps in a trail
SHORTEST_PULL = 0.01  # inches


def line_fit(
    x: Array,
    y: Array,
    line: Line,
    loss: Loss,
    *,
    x_range: Ends,
    y_range: Ends,
    weight_range: Ends,
    bias_range: Ends,
    x_label: str = "x",
    y_label: str = "y",
    errors: str = "bars",
    show_points: bool = True,
    show_pulls: bool = False,
    best: Line | None = None,
    refits: Mapping[Loss, Line] | None = None,
    landscape: bool = True,
    trail: Sequence[tuple[float, float]] = (),
) -> Figure:
    """Draw a line through points, and where it stands among all lines.

    Parameters
    ----------
    x, y : array, shape (n,)
        The points.
    line : Line
        The present line.
    loss : Loss
        What scores it.
    x_range, y_range, weight_range, bias_range : tuple of float
        The ends of the axes.
    x_label, y_label : str
        What the points are, with units.
    errors : {"bars", "squares", "none"}
        How each point's error is drawn.
    show_points : bool
        Whether to draw the points, with their errors and pulls.
    show_pulls : bool
        Whether to draw how each point pulls the line.
    best : Line, optional
        The best line, if it is to be drawn.
    refits : mapping from Loss to Line, optional
        The best line for each of several losses.
    landscape : bool
        Whether to draw the score of every line, with this one as a dot.
    trail : sequence of (weight, bias)
        The lines before this one, to be drawn on the landscape.

    Returns
    -------
    matplotlib.figure.Figure

    Examples
    --------
    >>> from lossviz import mse
    >>> ends = {"x_range": (0, 2), "y_range": (0, 4), "weight_range": (0, 4), "bias_range": (-1, 3)}
    >>> figure = line_fit(np.array([0.0, 2.0]), np.array([1.0, 3.0]), Line(1, 2), mse, **ends)
    >>> [axes.get_xlabel() for axes in figure.axes]
    ['x', 'weight']
    """
    figure, (left, *right) = panels(3.9 if landscape else 4.4, 1 + landscape)
    score = short(loss(y, line(x)))
    figure.suptitle(f"score {score} ({loss.title})", x=0.01, ha="left", weight="bold", color=ink("text"))
    left.set(xlim=x_range, ylim=y_range)
    left.set_xlabel(x_label, parse_math=False)
    _title(left, y_label)
    if errors == "bars" and show_points:
        bars = np.stack([np.column_stack([x, y]), np.column_stack([x, line(x)])], axis=1)
        left.add_collection(LineCollection(list(bars), colors=ink("accent"), linewidths=0.8, alpha=0.45))
    if show_pulls and show_points:
        _pulls(left, x, y, line(x), loss, y_range)
    if show_points:
        size = 9 if len(x) > 100 else 30
        left.scatter(x, y, s=size, color=ink("muted"), alpha=0.7, linewidths=0, zorder=3, clip_on=False)
    _lines(left, line, best, refits or {}, x_range)
    if right:
        _landscape(right[0], x, y, loss, weight_range, bias_range)
        _trail(right[0], trail)
        _dots(right[0], line, best, refits or {})
    handles, labels = left.get_legend_handles_labels()
    if len(labels) > 1:
        figure.legend(handles, labels, loc="outside lower left", ncols=2, frameon=False, handlelength=4)
    if errors == "squares" and show_points:
        figure.draw_without_rendering()  # only now is it known how wide a unit is on paper,
        figure.set_layout_engine("none")  # and it stays so
        _squares(left, x, y, line)
    return figure


def scores(x: Array, y: Array, loss: Loss, weights: Array, biases: Array) -> Array:
    """Return the score of every line with one of the weights and one of the biases.

    Parameters
    ----------
    x, y : array, shape (n,)
        The points.
    loss : Loss
        A loss of the error.
    weights : array, shape (w,)
        The weights.
    biases : array, shape (b,)
        The biases.

    Returns
    -------
    array, shape (b, w)
        Row `i` and column `j` hold the score of the line with bias `i` and weight `j`.

    Examples
    --------
    >>> from lossviz import mse
    >>> scores(np.array([0.0, 1.0]), np.array([0.0, 2.0]), mse, np.array([0.0, 2.0]), np.array([0.0]))
    array([[2., 0.]])
    """
    # A column at a time, so that a table of every line and every point is never needed.
    columns = [loss.curve(weight * x + biases[:, np.newaxis] - y).mean(axis=1) for weight in weights]
    return np.column_stack(columns)


def _title(axes: "Axes", text: str) -> None:
    """Name the upright axis above it, where it can be read without turning one's head."""
    size = look()["size"]["font"] - 2
    axes.set_title(text, loc="left", fontsize=size, color=ink("text"), parse_math=False)


def _squares(axes: "Axes", x: Array, y: Array, line: Line) -> None:
    """Draw every error as a square that is one on paper, whatever the units."""
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    box = axes.get_window_extent()
    heights = line(x)
    side = (heights - y) * (box.height / (high - low)) * ((right - left) / box.width)
    if line.weight < 0:
        side = -side  # to the side on which a square does not cross the line
    corners = [
        np.column_stack([x, y]),
        np.column_stack([x, heights]),
        np.column_stack([x + side, heights]),
        np.column_stack([x + side, y]),
    ]
    faint = np.clip(6 / len(x), 0.02, 0.25)
    axes.add_collection(
        PolyCollection(list(np.stack(corners, axis=1)), facecolors=ink("accent"), alpha=faint, linewidths=0)
    )


def _pulls(axes: "Axes", x: Array, y: Array, heights: Array, loss: Loss, y_range: Ends) -> None:
    """Draw arrows that pull at the line, minus the slope, on a scale that is fixed for each loss."""
    usual = abs(float(loss.curve_slope((y_range[1] - y_range[0]) / 4))) or 1.0
    lengths = -loss.curve_slope(heights - y) * PULL / usual
    seen = (np.abs(lengths) >= SHORTEST_PULL) & (heights >= y_range[0]) & (heights <= y_range[1])
    axes.quiver(
        x[seen], heights[seen], np.zeros(seen.sum()), lengths[seen], scale_units="inches", scale=1,
        width=0.005 if len(x) <= 30 else 0.003, color=ink("text"), alpha=0.7, zorder=4,
    )  # fmt: skip


def _lines(axes: "Axes", line: Line, best: Line | None, refits: Mapping[Loss, Line], ends: Ends) -> None:
    at = np.array(ends)
    for place, (loss, fitted) in enumerate(refits.items()):
        colour, dash = stroke(loss.name, place)
        _dashed(axes, at, fitted, colour, dash, f"best for {loss.label}")
    if best is not None:
        _dashed(axes, at, best, ink("best"), look()["ink"]["best"]["dash"], "best line")
    axes.plot(at, line(at), color=ink("accent"), linewidth=2.5, label="this line", zorder=5)
    handles = ends[0] + np.array(HANDLES) * (ends[1] - ends[0])
    axes.plot(
        handles, line(handles), "o", color=ink("surface"), markeredgecolor=ink("accent"), markeredgewidth=3,
        markersize=11, zorder=6,
    )  # fmt: skip


def _dashed(axes: "Axes", at: Array, line: Line, colour: str, dash: list[int], label: str) -> None:
    drawn = axes.plot(at, line(at), color=colour, linewidth=2, label=label, dash_capstyle="butt", zorder=4)[0]
    if dash:
        drawn.set_dashes([length / 2 for length in dash])


def _landscape(axes: "Axes", x: Array, y: Array, loss: Loss, weights: Ends, biases: Ends) -> None:
    """Draw the score of every line as a contour map."""
    across, up = np.linspace(*weights, GRID), np.linspace(*biases, GRID)
    heights = scores(x, y, loss, across, up)
    axes.grid(False)
    axes.set(xlim=weights, ylim=biases, xlabel="weight")
    _title(axes, "bias")
    axes.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
    lines = levels(float(heights.min()), float(heights.max()))
    if not lines:
        return  # every line scores the same
    axes.contourf(across, up, heights, [heights.min(), *lines, heights.max()], cmap=terrain_colours())
    contours = axes.contour(across, up, heights, lines, colors=ink("surface"), linewidths=0.7)
    around: list[AbstractPathEffect] = [withStroke(linewidth=2.5, foreground=ink("surface"))]
    for label in axes.clabel(contours, fmt=lambda level: short(level), fontsize=8, colors=ink("text")):
        label.set_path_effects(around)


def _trail(axes: "Axes", places: Sequence[tuple[float, float]]) -> None:
    """Draw the walk so far; the older a step, the fainter."""
    for step in range(1, len(places)):
        weights, biases = np.transpose(places[step - 1 : step + 1])
        shade = FAINTEST + (1 - FAINTEST) * step / (len(places) - 1)
        axes.plot(
            weights, biases, ".-", color=ink("surface"), alpha=shade, linewidth=1.2, markersize=5, zorder=4
        )


def _dots(axes: "Axes", line: Line, best: Line | None, refits: Mapping[Loss, Line]) -> None:
    edge: dict[str, Any] = {
        "markeredgecolor": ink("surface"),
        "markeredgewidth": 1.5,
        "linestyle": "none",
        "zorder": 5,
    }
    for place, (loss, fitted) in enumerate(refits.items()):
        axes.plot(*fitted, "D", color=stroke(loss.name, place)[0], markersize=7, **edge)
    if best is not None:
        axes.plot(*best, "*", color=ink("best"), markersize=15, **edge)
    axes.plot(*line, "o", color=ink("accent"), markersize=11, clip_on=False, **edge)
