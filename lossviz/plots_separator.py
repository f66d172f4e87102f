"""The still face of Separator: two classes of points, the ring of each loss, the line and its band."""

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.collections import EllipseCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from lossviz.look import ink, look, stroke
from lossviz.loss import Loss
from lossviz.plots import panels
from lossviz.text import short
from lossviz.variables import Array

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Ends = tuple[float, float]
POINT = 0.72  # a pixel of the page, in points of the paper: 7 inches for 700 px
SHAPES = {-1: ("minus", "o"), 1: ("plus", "D")}  # the colour and the mark of each class


def separator(
    x: Array,
    actual: Array,
    weights: tuple[float, float],
    bias: float,
    loss: Loss,
    *,
    x_range: Ends,
    y_range: Ends,
    x_labels: tuple[str, str] = ("x1", "x2"),
    class_names: tuple[str, str] = ("−1", "+1"),
) -> Figure:
    """Draw a separating line with its band, and every point with a ring as large as its loss.

    Parameters
    ----------
    x : array, shape (n, 2)
        The points.
    actual : array, shape (n,)
        The class of each: −1 or +1.
    weights, bias : tuple of float and float
        The line; with both weights 0 there is none.
    loss : Loss
        What scores it: a loss of the margin.
    x_range, y_range : tuple of float
        What the axes show at least; one of them shows more, so that a unit is as long up as across.
    x_labels, class_names : tuple of str
        What the axes are, and the classes −1 and +1.

    Returns
    -------
    matplotlib.figure.Figure

    Examples
    --------
    >>> from lossviz import hinge
    >>> points, classes = np.array([[-2.0, 0.0], [2.0, 0.0]]), np.array([-1.0, 1.0])
    >>> figure = separator(points, classes, (1, 0), 0.0, hinge, x_range=(-3, 3), y_range=(-2, 2))
    >>> figure.axes[0].get_xlabel()
    'x1'
    """
    figure, (axes,) = panels(5.6)
    margin = actual * (x @ np.array(weights) + bias)
    matters = loss.curve_slope(margin) != 0
    counts = f"{short(matters.sum())} of {short(len(x))} points still matter"
    figure.suptitle(
        f"score {short(float(np.mean(loss.curve(margin))))} ({loss.title}) · {counts}",
        x=0.01, ha="left", weight="bold", color=ink("text"),
    )  # fmt: skip
    axes.set(xlim=x_range, ylim=y_range)
    axes.set_xlabel(x_labels[0], parse_math=False)
    size = look()["size"]["font"] - 2
    axes.set_title(x_labels[1], loc="left", fontsize=size, color=ink("text"), parse_math=False)
    _rings(axes, x, loss.curve(margin), stroke(loss.name)[0])
    _points(axes, x, actual, margin, matters)
    figure.legend(
        handles=_key(class_names, stroke(loss.name)[0]), loc="outside lower left", ncols=3, frameon=False
    )
    _same_unit(figure, axes)
    if any(weights):
        _line(axes, np.array(weights), bias)
    return figure


def _same_unit(figure: Figure, axes: "Axes") -> None:
    """Widen the shorter axis until a unit is as long up as across."""
    figure.draw_without_rendering()  # only now is it known how large the axes are on paper,
    figure.set_layout_engine("none")  # and they stay so
    box = axes.get_window_extent()
    spans = np.ptp(axes.get_xlim()), np.ptp(axes.get_ylim())
    unit = min(box.width / spans[0], box.height / spans[1])
    for length, get, put in (
        (box.width, axes.get_xlim, axes.set_xlim),
        (box.height, axes.get_ylim, axes.set_ylim),
    ):
        middle = sum(get()) / 2
        put(middle - length / unit / 2, middle + length / unit / 2)


def _rings(axes: "Axes", x: Array, losses: Array, colour: str) -> None:
    """Draw circles whose area beyond the mark is the loss: so a small one shows."""
    corner = np.sqrt(_size(x) / 2)  # how far a diamond reaches
    width = 2 * np.hypot(corner, POINT * look()["size"]["loss_ring"] * np.sqrt(losses)) * (losses > 0)
    axes.add_collection(
        EllipseCollection(
            width, width, np.zeros(len(x)), units="points", offsets=x, offset_transform=axes.transData,
            facecolors=(colour, 0.1), edgecolors=colour, linewidths=0.8,
        )
    )  # fmt: skip


def _size(x: Array) -> int:
    """Return the area of a mark's square, in points of the paper: many points are drawn smaller."""
    return 18 if len(x) > 60 else 36


def _points(axes: "Axes", x: Array, actual: Array, margin: Array, matters: Array) -> None:
    """Draw each point in the mark of its class: filled if it matters, crossed if it is wrong."""
    size = _size(x)
    for label, (name, shape) in SHAPES.items():
        for heard in (False, True):
            these = x[(actual == label) & (matters == heard)]
            fill, edge = (ink(name), ink("surface")) if heard else (ink("surface"), ink(name))
            axes.scatter(
                these[:, 0],
                these[:, 1],
                s=size,
                marker=shape,
                facecolor=fill,
                edgecolor=edge,
                lw=0.8,
                zorder=3,
            )
    wrong = x[margin <= 0]
    axes.scatter(
        wrong[:, 0], wrong[:, 1], s=1.8 * size, marker="x", color=ink("wrong"), linewidths=1.5, zorder=4
    )


def _line(axes: "Axes", weights: Array, bias: float) -> None:
    """Draw the line, and the band where the margin lies between −1 and +1."""
    normal = weights / np.hypot(*weights)
    along = np.array([-normal[1], normal[0]])
    foot = -bias / np.hypot(*weights) * normal
    half = normal / np.hypot(*weights)
    far = 1e3 * np.ptp([*axes.get_xlim(), *axes.get_ylim()]) * along
    edges = [np.array([foot + side - far, foot + side + far]) for side in (-half, half)]
    axes.fill(*np.vstack([edges[0], edges[1][::-1]]).T, color=ink("accent"), alpha=0.07, linewidth=0)
    for edge in edges:
        axes.plot(*edge.T, color=ink("accent"), linewidth=1, dashes=(5, 4), scalex=False, scaley=False)
    ends = np.array([foot - far, foot + far])
    axes.plot(*ends.T, color=ink("accent"), linewidth=2.5, scalex=False, scaley=False, zorder=5)


def _key(class_names: tuple[str, str], colour: str) -> list[Line2D]:
    """Return what the legend shows."""
    marks = [
        Line2D([], [], marker=shape, color=ink(name), linestyle="none", label=class_name)
        for (name, shape), class_name in zip(SHAPES.values(), class_names, strict=True)
    ]
    hollow: dict[str, Any] = {"markerfacecolor": ink("surface"), "linestyle": "none"}
    return [
        *marks,
        Line2D([], [], marker="o", color=ink("minus"), label="hollow: silent", **hollow),
        Line2D([], [], marker="o", color=colour, markersize=10, label="ring: loss", **hollow),
        Line2D([], [], marker="x", color=ink("wrong"), linestyle="none", label="wrong side"),
        Line2D([], [], color=ink("accent"), dashes=(5, 4), linewidth=1, label="band: margin −1 to +1"),
    ]
